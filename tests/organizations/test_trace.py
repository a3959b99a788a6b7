"""The trace vouches for what these acts wrote."""

from datetime import date

import pytest

from tests.organizations.cast import DAY
from xinfang.organizations.actions import officers, tenures, units
from xinfang.organizations.models import Officer, Post, Tenure, Unit
from xinfang.trace.sequencer import place_all
from xinfang.trace.verify import verify


def test_after_a_busy_day_the_trace_is_true(cast, county, tenure_of, today, now):
    tenures.hand_over(tenure_of(cast.registrar), to=cast.newcomer, on=today, by=cast.bureau_head, at=now)
    officers.leave(cast.street_clerk, by=cast.street_head, at=now)
    units.abolish(county.street, on=today + DAY, successor=county.department, by=cast.administrator, at=now)
    place_all()
    assert verify() is None


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (Unit, {"opened_on": date(2001, 1, 1)}),
        (Post, {"name": "改名"}),
        (Officer, {"username": "renamed"}),
        (Tenure, {"since": date(2001, 1, 1)}),
    ],
)
def test_a_row_changed_behind_the_acts_is_found(cast, model, change):
    place_all()
    model.objects.filter(pk=model.objects.last().pk).update(**change)
    assert verify() is not None
