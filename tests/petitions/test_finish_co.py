"""结束协办, 撤销协办: the system's own steps; no hand of a person ends what another unit was asked."""

import pytest

from tests.cast import Cast
from tests.petitions.facts import SYSTEM, hands_that_may, running
from tests.petitions.test_add_co_handler import helped, lead_of
from xinfang.petitions import actions
from xinfang.trace.models import Entry


@pytest.mark.parametrize("verb", ["finish_co", "drop_co"])
def test_no_person_ends_a_helpers_work(cast: Cast, verb: str) -> None:
    life, work = helped(cast, "draft_opinion")
    if verb == "finish_co":
        actions.sign_for(work, by=cast.dept_handler, at=life.later())
        actions.co_work(work, by=cast.dept_handler, at=life.later())
        actions.give_co_opinion(work, text="已备案。", by=cast.dept_head, at=life.later())
        work.refresh_from_db()
    at = life.later()
    assert hands_that_may(cast, lambda by: getattr(actions, verb)(work, by=by, at=at)) == {"system"}


def test_when_nobody_leads_any_more_the_helper_is_let_go_and_no_clock_of_his_runs_on(cast: Cast) -> None:
    life, work = helped(cast)
    actions.cancel(lead_of(life), reason="交错单位。", by=cast.bureau_head, at=life.later())
    work.refresh_from_db()
    assert (work.status, running(work)) == ("cancelled", {})
    assert Entry.objects.get(act="assignment.drop_co").hand == SYSTEM.kind
