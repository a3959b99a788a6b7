"""补充材料: one list, once, and no clock stands still."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import moment, refused, running, said
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions, sweeps
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Supplement
from xinfang.trace.models import Entry

UNTIL = date(2026, 7, 1)


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("handle")


def ask(life: Life, until: date = UNTIL, missing: str = "房产证复印件。") -> Supplement:
    return actions.ask_supplement(life.assignment, missing=missing, until=until, by=life.handler, at=life.later())


def test_the_petitioner_is_told_once_what_is_missing_and_until_when(life: Life) -> None:
    ask(life)
    told = said(PaperKind.SUPPLEMENT_NOTICE, life.petition)
    assert (told["missing"], told["until"]) == ("房产证复印件。", "2026-07-01")
    assert "办理期限照常计算" in told["note"]


def test_the_clocks_run_on(life: Life) -> None:
    before = (running(life.assignment), life.assignment.due_on, life.assignment.handling_due)
    ask(life)
    assert (running(life.assignment), life.assignment.due_on, life.assignment.handling_due) == before


def test_when_it_arrives_the_work_goes_on(life: Life) -> None:
    ask(life)
    actions.end_supplement(life.assignment, is_arrived=True, by=life.handler, at=life.later(days=1))
    assert life.assignment.status == "handling"
    assert Supplement.objects.get().is_arrived is True


def test_before_its_day_has_passed_nobody_gives_up_waiting(life: Life) -> None:
    ask(life)
    with refused("材料可以交到2026-07-01", field="is_arrived"):
        actions.end_supplement(life.assignment, is_arrived=False, by=life.handler, at=moment(UNTIL, 18))


def test_the_day_after_the_system_goes_on_without_it(life: Life) -> None:
    ask(life)
    assert sweeps.end_supplements(moment(UNTIL, 23)) == 0
    assert sweeps.end_supplements(moment(UNTIL + timedelta(days=1), 1)) == 1
    assert sweeps.end_supplements(moment(UNTIL + timedelta(days=1), 2)) == 0
    assert (life.assignment.status, Supplement.objects.get().is_arrived) == ("handling", False)
    assert Entry.objects.get(act="assignment.end_supplement").hand == "system"


def test_it_is_asked_for_once(life: Life) -> None:
    ask(life)
    actions.end_supplement(life.assignment, is_arrived=True, by=life.handler, at=life.later())
    with refused("补充材料只能要求一次", NotReady):
        ask(life)


def test_the_day_leaves_time_and_does_not_pass_the_last_day(life: Life) -> None:
    with refused("提交日期要晚于今天", field="until"):
        ask(life, until=life.now.date())
    with refused("提交日期不能晚于办理期限的最后一日", field="until"):
        ask(life, until=date(2026, 12, 1))


def test_the_list_is_not_empty(life: Life) -> None:
    with refused("请一次列明还缺哪些材料。", field="missing"):
        ask(life, missing=" ")


def test_meanwhile_the_unit_may_go_and_look(life: Life) -> None:
    ask(life)
    actions.log_work(
        life.assignment, kind="site_visit", text="走访。", happened_at=life.now, by=life.handler, at=life.later()
    )
    assert life.assignment.status == "supplement"
