"""What an officer may do comes from the seats he holds today."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.organizations.cast import DAY, LOADER, again
from xinfang.organizations.actions import tenures, units
from xinfang.organizations.errors import NotYourOffice
from xinfang.organizations.models import Duty, Post, Tenure, Unit
from xinfang.organizations.policies import holds, seat_of
from xinfang.trace.acts import Hand


def test_an_officer_sits_where_he_was_seated(cast, county):
    (seat,) = cast.street_clerk.seats
    assert (seat.duty, seat.unit_id, seat.unit_kind, seat.unit_name) == (
        Duty.CASE_HANDLER,
        county.street.pk,
        "street",
        "骊山街道办事处",
    )


def test_all_seats_take_one_statement_and_only_the_first_time(cast, django_assert_num_queries):
    officer = again(cast.street_clerk)
    with django_assert_num_queries(1):
        assert officer.seats == officer.seats


def test_a_newcomer_without_a_post_has_no_seat(cast):
    assert cast.newcomer.seats == ()


@pytest.mark.parametrize(
    ("since", "until", "sits"), [(0, None, True), (-5, 1, True), (-5, 0, False), (1, None, False), (0, 0, False)]
)
def test_only_tenures_that_run_today_give_a_seat(cast, county, post_of, today: date, since, until, sits):
    ends = None if until is None else today + until * DAY
    post = post_of(county.department, Duty.CASE_HANDLER)
    Tenure.objects.create(post=post, officer=cast.newcomer, since=today + since * DAY, until=ends)
    assert holds(cast.newcomer, (Duty.CASE_HANDLER,)) is sits


def test_seats_end_with_their_unit(cast, county, today, now):
    units.abolish(county.street, on=today, successor=county.department, by=LOADER, at=now)
    assert again(cast.street_head).seats == ()


def test_an_officer_with_two_posts_chooses_by_duty_and_unit(county, appoint, post_of):
    handler_posts = [post_of(unit, Duty.CASE_HANDLER) for unit in (county.street, county.department)]
    officer = appoint("两处任职", *handler_posts)
    assert seat_of(officer, {Duty.CASE_HANDLER}, unit_id=county.department.pk).unit_id == county.department.pk
    assert seat_of(officer, {Duty.CASE_HANDLER, Duty.REGISTRAR}).unit_id == county.street.pk


def test_without_the_duty_the_refusal_names_it(cast, county):
    with pytest.raises(NotYourOffice, match="这一步需要任“登记接访员”，您目前没有这个岗位。"):
        seat_of(cast.street_clerk, (Duty.REGISTRAR,))
    with pytest.raises(NotYourOffice, match="在该单位任“承办人”"):
        seat_of(cast.street_clerk, (Duty.CASE_HANDLER,), unit_id=county.department.pk)


def test_a_hand_shows_id_post_and_unit_but_no_name(cast, county):
    hand = cast.registrar.hand(cast.registrar.seats[0])
    assert hand == Hand("officer", officer_id=cast.registrar.pk, post="registrar", unit=county.bureau.code)


def test_a_tenure_cannot_end_before_it_begins(cast, county, post_of: Callable[[Unit, Duty], Post], today):
    post = post_of(county.street, Duty.CASE_HANDLER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(post=post, officer=cast.newcomer, since=today, until=today - DAY)


def test_a_cover_without_an_end_cannot_be_written(cast, county, post_of, today):
    post = post_of(county.street, Duty.CASE_HANDLER)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tenure.objects.create(post=post, officer=cast.newcomer, since=today, is_cover=True)


def test_ending_a_tenure_takes_the_seat_away_the_same_day(cast, tenure_of, today, now):
    tenures.end(tenure_of(cast.registrar), on=today, by=cast.bureau_head, at=now)
    assert again(cast.registrar).seats == ()
