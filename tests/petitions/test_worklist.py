"""待办: what waits for an officer, and only that."""

from tests.cast import Cast, Life
from xinfang.petitions import queries
from xinfang.petitions.codes import AssignmentKind


def waiting(life: Life, name: str) -> bool:
    return queries.worklist(life.cast.again(name)).filter(pk=life.pk).exists()


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
    assert queries.assignments_waiting(cast.again("dispatcher")).filter(petition=life.pk).exists()
    assert not queries.assignments_waiting(cast.again("street_handler")).filter(petition=life.pk).exists()


def test_a_closed_petition_waits_for_the_archivist_and_not_for_a_paper_rating(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    assert waiting(life, "archivist")
    assert not waiting(life, "registrar")
