"""The trace vouches for what these acts wrote."""

from contextlib import contextmanager
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
        (Tenure, {"until": date(2101, 1, 1)}),
        (Officer, {"is_active": False}),
    ],
)
def test_a_row_changed_behind_the_acts_is_found(cast, model, change):
    place_all()
    model.objects.filter(pk=model.objects.last().pk).update(**change)
    assert verify() is not None


def test_a_duty_or_an_account_that_was_taken_away_and_given_back_behind_the_acts_is_found(
    cast, tenure_of, today, now, raw_update
):
    covered, gone = tenure_of(cast.registrar), tenure_of(cast.street_clerk)
    stand_in = tenures.cover(
        covered, officer=cast.newcomer, since=today, last_on=today + 9 * DAY, by=cast.bureau_head, at=now
    )
    tenures.end(covered, on=today + 5 * DAY, by=cast.bureau_head, at=now)
    officers.leave(cast.street_clerk, by=cast.street_head, at=now)
    place_all()
    assert verify() is None
    for row, change in (
        (covered, {"until": None}),
        (stand_in, {"until": today + 10 * DAY}),
        (gone, {"until": None}),
        (cast.street_clerk, {"is_active": True}),
    ):
        with raw_update(row, **change):
            lie = verify()
            assert lie is not None, change
            assert lie.what == f"{row._meta.label_lower}:{row.pk} 的 {next(iter(change))} 与痕迹所记不符。"
    assert verify() is None


@pytest.fixture
def raw_update():
    """Past every verb, and taken back."""

    @contextmanager
    def update(row, **change):
        rows = type(row).objects.filter(pk=row.pk)
        before = rows.values(*change).get()
        rows.update(**change)
        yield
        rows.update(**before)

    return update
