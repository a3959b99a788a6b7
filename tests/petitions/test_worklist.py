"""待办: what waits for an officer, and only that."""

from typing import Any

from tests.cast import MORNING, Cast, Life, intake
from xinfang.petitions import actions, worklists
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import AssignmentKind, DuplicateOutcome, MatterKind, Procedure, Purpose, Way
from xinfang.petitions.models import Petition
from xinfang.trace.acts import PETITIONER


def waiting(life: Life, name: str) -> bool:
    return worklists.worklist(life.cast.again(name)).filter(pk=life.pk).exists()


def test_while_a_unit_has_the_work_nobody_at_the_bureau_waits(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("deliver")
    assert not any(waiting(life, name) for name in ("dispatcher", "supervisor", "bureau_head"))


def test_a_reported_result_waits_for_the_supervisor_until_the_day_of_feedback(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("report")
    assert waiting(life, "supervisor")
    assert life.petition.due_on == life.assignment.feedback_due


def test_a_checked_result_waits_for_the_dispatcher_to_close_it(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("check_result")
    assert waiting(life, "dispatcher")


def test_what_the_bureau_handles_itself_stands_in_its_own_work(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.SELF).until("sign_for")
    assert worklists.assignments_waiting(cast.again("dispatcher")).filter(petition=life.pk).exists()
    assert not worklists.assignments_waiting(cast.again("street_handler")).filter(petition=life.pk).exists()


def test_a_closed_petition_waits_for_the_archivist_and_not_for_a_paper_rating(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    assert waiting(life, "archivist")
    assert not waiting(life, "registrar")


def at_the_street(cast: Cast, way: Way | None, **changes: Any) -> Petition:
    """Registered by the street, and proposed there."""
    by = cast.street_handler
    petition = actions.register(intake(**changes), organ=cast.street, by=by, at=MORNING).petition
    if way:
        why = {"outcome": DuplicateOutcome.INITIAL, "reason": "无"}
        actions.check_duplicate(petition, **why, by=by, at=MORNING)
        unit = cast.street if way == Way.SELF else cast.dept
        facts = {"kind": MatterKind.APPEAL_CLAIM, "procedure": Procedure.PETITION_PROCEDURE, "category": "040200"}
        actions.propose(petition, Disposition(**facts, way=way, lead_unit=unit, opinion="请办。"), by=by, at=MORNING)
    return Petition.objects.get(pk=petition.pk)


def from_elsewhere(cast: Cast, name: str) -> set[int]:
    return set(worklists.waits_at_the_bureau(cast.again(name)).values_list("pk", flat=True))


def test_what_a_street_registered_and_the_bureau_alone_moves_on_waits_at_the_bureau(cast: Cast) -> None:
    transferred, assigned = at_the_street(cast, Way.TRANSFER), at_the_street(cast, Way.ASSIGN)
    at_the_street(cast, Way.SELF)
    at_the_street(cast, None)
    assert from_elsewhere(cast, "dispatcher") == {transferred.pk}  # what is assigned waits for the street's head first
    actions.approve(assigned, note="同意。", by=cast.street_head, at=MORNING)
    assert from_elsewhere(cast, "dispatcher") == {transferred.pk, assigned.pk}
    assert from_elsewhere(cast, "street_head") == set()
    work = actions.transfer(transferred, by=cast.dispatcher, at=MORNING)
    assert from_elsewhere(cast, "dispatcher") == {assigned.pk}
    actions.cancel(work, reason="交错。", by=cast.bureau_head, at=MORNING)
    assert from_elsewhere(cast, "dispatcher") == {transferred.pk, assigned.pk}


def test_every_accusation_that_is_not_routed_out_waits_for_those_who_keep_them(cast: Cast) -> None:
    street = at_the_street(cast, None, purpose=Purpose.ACCUSE)
    portal = actions.register(intake(purpose=Purpose.ACCUSE), organ=cast.bureau, by=PETITIONER, at=MORNING).petition
    assert from_elsewhere(cast, "supervisor") == set()
    cast.keeper()
    assert from_elsewhere(cast, "supervisor") == {street.pk, portal.pk}
    assert from_elsewhere(cast, "dispatcher") == set()
