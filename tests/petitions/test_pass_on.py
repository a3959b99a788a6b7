"""转交同事: within the unit, and no date moves."""

import pytest

from tests.cast import Cast, Life
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.trace.models import Entry


def test_a_colleague_of_the_unit_goes_on_with_it_and_no_date_moves(cast: Cast) -> None:
    life = Life(cast).until("handle")
    before = life.assignment
    actions.pass_on(life.assignment, to=cast.street_head, by=cast.street_handler, at=life.later())
    after = life.assignment
    assert after.handler == cast.street_head
    assert (after.due_on, after.handling_due, after.notice_due) == (
        before.due_on,
        before.handling_due,
        before.notice_due,
    )
    assert Entry.objects.get(act="assignment.pass_on").facts["to_officer"] == cast.street_head.pk


def test_nobody_of_another_unit_can_be_given_it(cast: Cast) -> None:
    life = Life(cast).until("handle")
    with pytest.raises(Refused) as refused:
        actions.pass_on(life.assignment, to=cast.dept_handler, by=cast.street_handler, at=life.later())
    assert refused.value.field == "to"


def test_another_unit_cannot_pass_it_on(cast: Cast) -> None:
    life = Life(cast).until("handle")
    with pytest.raises(Refused):
        actions.pass_on(life.assignment, to=cast.street_head, by=cast.dept_head, at=life.later())
