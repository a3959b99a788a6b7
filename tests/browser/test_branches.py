"""The pages of the branches under the same rules as every page (tests/browser/test_axe.py), each where its hand would open it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.browser.test_axe import SitDown, look
from tests.cast import Cast, Life
from tests.petitions.facts import begun
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind

PAGES = [
    *(("check_duplicate", "dispatcher", "propose"), ("propose_decline", "dispatcher", "decline")),
    *(("sign_for", "street_head", "raise_objection"), ("object", "dispatcher", "return_assignment")),
    *(("return_assignment", "dispatcher", "reassign"), ("return_twice", "bureau_head", "decide_owner")),
    *(("ask_withdrawal", "registrar", "withdraw"), ("sign_for", "registrar", "withdrawal")),
    *(("ask_withdrawal", "registrar", "withdrawal/drop"), ("deliver", "bureau_head", "reopen")),
    *(("sign_for", "bureau_head", "cancel"), ("propose_out", "dispatcher", "route_out")),
]
OF_THE_UNIT = {"raise_objection", "return_assignment", "cancel"}


def lately(cast: Cast, days: int = 3) -> Life:
    """Within the days in which a unit may object."""
    return begun(cast, timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(("last", "name", "page"), PAGES, ids=[page for _last, _name, page in PAGES])
def test_a_branch(sit_down: SitDown, cast: Cast, last: str, name: str, page: str) -> None:
    life = lately(cast, days=20 if last == "deliver" else 3).until(last)
    of_the_unit = page in OF_THE_UNIT
    place = f"assignments/{life.assignment.pk}" if of_the_unit else f"petitions/{life.petition.number}"
    assert look(sit_down(name), f"/desk/{place}/{page}/", f"branch-{page.replace('/', '-')}") == []


def test_a_petition_that_came_back_twice(sit_down: SitDown, cast: Cast) -> None:
    life = lately(cast).until("return_twice")
    reason = "“三定”规定第八条。"
    actions.decide_owner(life.petition, unit=cast.dept, reason=reason, by=cast.bureau_head, at=life.later())
    assert look(sit_down("dispatcher"), f"/desk/petitions/{life.petition.number}/", "branch-petition") == []


def test_the_day_of_a_result_that_a_leader_named(sit_down: SitDown, cast: Cast) -> None:
    life = begun(cast, timezone.now() - timedelta(days=3), way=AssignmentKind.ASSIGN).until("approve")
    due = timezone.localdate() + timedelta(days=10)
    actions.instruct(life.petition, leader=cast.leader, text="从速。", due_on=due, by=cast.leader, at=life.later())
    life.dispatch()
    page = f"/desk/assignments/{life.assignment.pk}/move_feedback/"
    assert look(sit_down("bureau_head"), page, "branch-move_feedback") == []


def test_an_objection_in_sight_and_a_page_that_is_not_there(sit_down: SitDown, cast: Cast) -> None:
    life = begun(cast, timezone.now() - timedelta(hours=20)).until("sign_for")
    page = sit_down("street_head")
    assert look(page, f"/desk/petitions/{life.petition.number}/", "branch-objection-in-sight") == []
    assert look(page, "/desk/nowhere/", "branch-not-found") == []
