"""推定受理: a unit that never accepts cannot hide (条例 二十三、三十四)."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, moment, promises_of, refused, running
from xinfang.petitions import actions, sweeps
from xinfang.petitions.codes import Procedure
from xinfang.petitions.errors import NotReady
from xinfang.trace.models import Entry

LAST_OF_NOTICE, SIXTY_LATER = date(2026, 6, 30), date(2026, 8, 29)
AFTER = moment(date(2026, 7, 1), 1)


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("sign_for")


def test_the_day_after_the_notice_was_due_the_sixty_days_run_from_its_last_day(life: Life) -> None:
    assert sweeps.presume_accepted(moment(LAST_OF_NOTICE, 23)) == 0
    assert sweeps.presume_accepted(AFTER) == 1
    assert running(life.assignment)["D5"] == SIXTY_LATER == life.assignment.handling_due
    assert promises_of(life.assignment).get(clock="D5").started_on == LAST_OF_NOTICE


def test_its_state_and_the_overdue_notice_stay(life: Life) -> None:
    sweeps.presume_accepted(AFTER)
    after = life.assignment
    assert (after.status, after.accepted_at, after.due_on) == ("signed", None, LAST_OF_NOTICE)
    assert running(after)["D4"] == LAST_OF_NOTICE
    assert Entry.objects.get(act="assignment.presume_accepted").hand == "system"


def test_what_was_never_signed_for_is_presumed_too(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    sweeps.presume_accepted(AFTER)
    assert (life.assignment.status, running(life.assignment)["D5"]) == ("awaiting_sign", SIXTY_LATER)


def test_it_is_presumed_once(life: Life) -> None:
    assert [sweeps.presume_accepted(AFTER) for _ in range(2)] == [1, 0]
    with refused("已经推定受理。", NotReady):
        actions.presume_accepted(life.assignment, by=sweeps.HAND, at=AFTER)


def test_before_the_notice_is_due_nothing_is_presumed(life: Life) -> None:
    with refused("书面告知的期限要到 2026-06-30 届满", NotReady):
        actions.presume_accepted(life.assignment, by=sweeps.HAND, at=moment(LAST_OF_NOTICE))


def test_what_was_accepted_in_time_is_left_alone(cast: Cast) -> None:
    Life(cast).until("accept")
    assert sweeps.presume_accepted(AFTER) == 0


def test_an_objection_that_waits_for_its_answer_is_not_presumed(life: Life) -> None:
    actions.raise_objection(
        life.assignment, reason="不属本单位。", basis="权责清单", suggested_unit=None, by=life.head, at=life.later()
    )
    assert sweeps.presume_accepted(AFTER) == 0
    actions.refuse_objection(life.assignment, answer="不成立。", by=life.cast.dispatcher, at=AFTER)
    assert sweeps.presume_accepted(AFTER) == 1
    assert running(life.assignment)["D5"] == SIXTY_LATER


def test_a_late_acceptance_does_not_start_the_sixty_days_again(life: Life) -> None:
    sweeps.presume_accepted(AFTER)
    actions.accept(life.assignment, by=life.handler, at=moment(date(2026, 7, 20)))
    assert promises_of(life.assignment).filter(clock="D5").count() == 1
    assert running(life.assignment) == {"D5": SIXTY_LATER}
    assert life.assignment.handling_due == life.assignment.due_on == SIXTY_LATER
    assert Entry.objects.get(act="assignment.accept").facts["due"] == {"D5": SIXTY_LATER.isoformat()}


def test_accepted_late_before_the_system_came_by_it_is_the_same_day(life: Life) -> None:
    actions.accept(life.assignment, by=life.handler, at=moment(date(2026, 7, 20)))
    assert running(life.assignment) == {"D5": SIXTY_LATER}


def test_another_procedure_ends_the_presumed_sixty_days(life: Life) -> None:
    sweeps.presume_accepted(AFTER)
    actions.accept_procedure(
        life.assignment,
        procedure=Procedure.ARBITRATION,
        right_road="向劳动人事争议仲裁委员会申请仲裁。",
        procedure_due=date(2026, 9, 1),
        by=life.handler,
        at=moment(date(2026, 7, 2)),
    )
    assert set(running(life.assignment)) == {"D13"}


def test_only_the_system_presumes(life: Life, cast: Cast) -> None:
    assignment = life.assignment
    assert hands_that_may(cast, lambda by: actions.presume_accepted(assignment, by=by, at=AFTER)) == {"system"}  # type: ignore[arg-type]
