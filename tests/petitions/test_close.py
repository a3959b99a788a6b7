"""办结: the procedure is finished. Whether the dispute is over is another question."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import SYSTEM, hands_that_may, moment, paper, promises_of, refused, running, said
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions import actions, sight
from xinfang.petitions.codes import AssignmentKind, DuplicateOutcome
from xinfang.petitions.errors import NotOnTheRoad, NotReady
from xinfang.petitions.models import Petition


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.ASSIGN).until("check_result")


def test_the_dispatcher_and_the_head_of_the_bureau_close(cast: Cast, life: Life) -> None:
    may = hands_that_may(cast, lambda by: actions.close(life.petition, by=by, at=life.later(minutes=1)))
    assert may == {"dispatcher", "bureau_head", "system"}


def test_closing_opens_the_rating(life: Life) -> None:
    life.close()
    assert (life.petition.status, life.petition.closed_at) == ("closed", life.now)
    assert life.petition.evaluation_status == "pending"
    assert promises_of(life.petition).get(clock="D14").started_on == life.now.date()


def test_with_it_goes_the_form_on_which_the_petitioner_may_rate(life: Life) -> None:
    life.close()
    form = said(PaperKind.EVALUATION_FORM, life.petition)
    last = promises_of(life.petition).get(clock="D14").due_on
    assert (form["people"], form["unit"], form["until"]) == ("王桂兰", "骊山街道办事处", last.isoformat())
    assert form["bureau_rating"] == form["unit_rating"] == "□满意　　□基本满意　　□不满意"
    of = paper(PaperKind.EVALUATION_FORM, life.petition)
    assert of.unit_code == life.cast.bureau.code
    assert sight.reads_paper(life.cast.registrar, life.petition, of)
    assert not sight.reads_paper(life.cast.street_handler, life.petition, of)  # the unit that is rated


def test_who_gave_no_name_has_no_form_to_fill_in(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN, people=()).until("check_result")
    life.close()
    assert not Paper.objects.filter(kind=PaperKind.EVALUATION_FORM).exists()


def test_the_petition_waits_for_the_later_of_its_two_windows(life: Life) -> None:
    life.later(days=10)
    life.close()
    ends = running(life.petition)
    assert ends["D9"] < ends["D14"]
    assert life.petition.due_on == ends["D14"]


def test_the_rating_window_rolls_past_the_holidays(cast: Cast, calendar_of_2026: None) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("check_result")
    actions.close(life.petition, by=cast.dispatcher, at=moment(date(2026, 9, 2)))
    assert running(life.petition)["D14"] == date(2026, 10, 8)


@pytest.mark.parametrize("last", ["dispatch", "accept", "issue_opinion", "deliver", "report"])
def test_it_is_never_just_a_button(cast: Cast, last: str) -> None:
    """C7: without a delivered opinion and, for a 交办, a checked report, nothing closes, not even by the system."""
    life = Life(cast, way=AssignmentKind.ASSIGN).until(last)
    for by in (cast.dispatcher, cast.bureau_head, SYSTEM):
        with refused("主办单位尚未送达处理意见或办结报告尚未审核，不能办结。", NotReady):
            actions.close(life.petition, by=by, at=life.later())


def test_what_was_never_given_to_a_unit_is_not_closed(cast: Cast) -> None:
    life = Life(cast).until("propose")
    with refused("现在不能“办结”：该件当前状态为“已拟办”", NotOnTheRoad):
        actions.close(life.petition, by=cast.dispatcher, at=life.later())


def test_it_is_closed_once(life: Life) -> None:
    life.close()
    with refused("现在不能“办结”：该件当前状态为“已办结”", NotOnTheRoad):
        life.close()


def test_an_anonymous_letter_is_not_rated(cast: Cast) -> None:
    life = Life(cast, people=()).until("deliver")
    assert life.petition.evaluation_status == "unopened"
    assert set(running(life.petition)) == {"D9"}
    assert life.petition.due_on == running(life.petition)["D9"]


def test_a_repeat_is_not_rated_a_second_time(cast: Cast) -> None:
    first, repeat = Life(cast).until("deliver"), Life(cast)
    repeat.now = first.now
    actions.check_duplicate(
        repeat.petition,
        outcome=DuplicateOutcome.REPEAT,
        other=first.petition,
        reason="同人同事",
        by=cast.dispatcher,
        at=repeat.later(),
    )
    for step in ("propose", "dispatch", "sign_for", "accept", "handle", "draft_opinion", "issue_opinion", "deliver"):
        getattr(repeat, step)()
    assert repeat.petition.evaluation_status == "unopened"
    assert Petition.objects.filter(evaluation_status="pending").get() == first.petition


def test_closing_changes_nothing_that_was_handed_in(life: Life) -> None:
    before = life.petition.content()
    life.close()
    assert life.petition.content() == before
    assert life.petition.received_at + timedelta(days=1) < life.petition.closed_at
