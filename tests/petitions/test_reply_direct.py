"""直接回复: what can be answered at once is answered, in writing (条例 二十三)."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, paper, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Assignment, Ending

TEXT = "物业费标准已于今年三月公布，附文件。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("propose_reply")


def reply(life: Life, text: str = TEXT) -> Ending:
    return actions.reply_direct(life.petition, text=text, by=life.cast.dispatcher, at=life.later())


def test_the_dispatcher_replies(cast: Cast, life: Life) -> None:
    at = life.later()
    assert hands_that_may(cast, lambda by: actions.reply_direct(life.petition, text=TEXT, by=by, at=at)) == {
        "dispatcher"
    }


def test_the_reply_is_a_paper_and_ends_the_petition(life: Life) -> None:
    ending = reply(life)
    assert (life.petition.status, life.petition.ended_at) == ("replied_direct", life.now)
    assert said(PaperKind.DIRECT_REPLY, life.petition)["reply"] == ending.text == TEXT
    assert paper(PaperKind.DIRECT_REPLY, life.petition).number


def test_the_fifteen_days_stop_and_the_archive_waits(life: Life) -> None:
    reply(life)
    assert stopped(life.petition) == {"D2": life.now}
    assert running(life.petition) == {"D20": date(2026, 7, 15)}


def test_no_unit_is_given_anything(life: Life) -> None:
    reply(life)
    assert not Assignment.objects.exists()


def test_an_empty_reply_is_refused(life: Life) -> None:
    with refused("请写明回复内容。", field="text", article="条例 二十三"):
        reply(life, " ")


def test_what_was_proposed_for_a_unit_is_not_replied_to(cast: Cast) -> None:
    with refused("拟办意见不是“直接回复”。", NotReady):
        reply(Life(cast).until("propose"))


def test_it_is_replied_to_once(life: Life) -> None:
    reply(life)
    with refused("现在不能“直接回复”", NotOnTheRoad):
        reply(life)
