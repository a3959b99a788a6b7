"""不再受理: the procedure is exhausted on the same facts and reasons (条例 三十六)."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.codes import Way
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Ending

OPINIONS = "处理意见2025年3月1日、复查意见2025年5月1日、复核意见2025年7月1日。"


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("propose_final")


def decline_final(life: Life, text: str = OPINIONS) -> Ending:
    return actions.decline_final(life.petition, text=text, by=life.cast.dispatcher, at=life.later())


def test_the_dispatcher_declines_for_good(cast: Cast, life: Life) -> None:
    at = life.later()
    may = hands_that_may(cast, lambda by: actions.decline_final(life.petition, text=OPINIONS, by=by, at=at))
    assert may == {"dispatcher"}


def test_the_chief_approves_it_first(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.propose(way=Way.DECLINE_FINAL, lead_unit=None, ground="final_reviewed_same_facts")
    with refused("该件须经负责人批办后才能交出。", NotReady):
        decline_final(life)
    actions.approve(life.petition, note="同意。", by=cast.bureau_head, at=life.later())
    decline_final(life)
    assert life.petition.status == "declined_final"


def test_the_notice_names_the_opinions_the_basis_and_what_remains_open(life: Life) -> None:
    decline_final(life)
    told = said(PaperKind.FINAL_DECLINE_NOTICE, life.petition)
    assert (told["opinions"], told["basis"]) == (OPINIONS, "《信访工作条例》第三十六条")
    assert "新的信访事项" in told["new_facts"]
    assert "救助" in told["help"]


def test_what_the_courts_ended_is_declined_by_the_articles_that_part_it_from_petitions(cast: Cast) -> None:
    """条例 三十六 is about 复核; 二十八 and 三十一 about what goes to the courts."""
    life = Life(cast).until("check_duplicate")
    life.propose_end(Way.DECLINE_FINAL, "judicial_finally_closed")
    decline_final(life, "省法院终结决定书，2025年3月1日。")
    told = said(PaperKind.FINAL_DECLINE_NOTICE, life.petition)
    assert told["basis"] == "《信访工作条例》第二十八条第二款、第三十一条第（一）项"


def test_the_fifteen_days_stop_and_the_archive_waits(life: Life) -> None:
    decline_final(life)
    assert stopped(life.petition) == {"D2": life.now}
    assert running(life.petition) == {"D20": date(2026, 7, 15)}


def test_without_the_opinions_that_were_given_it_is_refused(life: Life) -> None:
    with refused("请写明处理、复查、复核意见的日期和文号，或者终结的文书。", field="text", article="条例 三十六"):
        decline_final(life, "")


def test_difficulty_or_frequency_is_no_reason(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with refused("请从所列理由中选择一项。", field="ground"):
        life.propose_end(Way.DECLINE_FINAL, "comes_too_often")
