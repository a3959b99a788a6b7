"""Giving and taking duties: who may, hand-over, cover; an administrator holds nothing else."""

import pytest

from tests.organizations.cast import DAY, LOADER, again
from xinfang.foundation.errors import Refused
from xinfang.organizations.actions import officers, posts, tenures
from xinfang.organizations.errors import NoContentDuty, NotForYourself, NotYourOffice
from xinfang.organizations.models import Duty, Officer, Tenure
from xinfang.organizations.policies import holds
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry


def acts() -> list[str]:
    return list(Entry.objects.order_by("recorded_at", "id").values_list("act", flat=True))


def test_the_bureaus_head_gives_a_duty_and_the_trace_says_who(cast, county, post_of, today, now):
    post = post_of(county.bureau, Duty.DISPATCHER)
    tenure = tenures.begin(post, officer=cast.newcomer, since=today, by=cast.bureau_head, at=now)
    entry = Entry.objects.get(act="tenure.begin", subject_id=tenure.pk)
    assert (entry.officer_id, entry.post, entry.unit) == (cast.bureau_head.pk, "bureau_head", county.bureau.code)
    assert entry.facts["officer"] == cast.newcomer.pk
    assert cast.newcomer.name not in str(entry.facts)
    assert holds(again(cast.newcomer), (Duty.DISPATCHER,))


def test_a_units_head_seats_the_desks_of_his_own_unit(cast, county, post_of, today, now):
    desk, village_desk = post_of(county.street, Duty.CASE_HANDLER), post_of(county.village, Duty.VILLAGE_COLLECTOR)
    tenures.begin(desk, officer=cast.newcomer, since=today, by=cast.street_head, at=now)
    tenures.begin(village_desk, officer=cast.newcomer, since=today, by=cast.street_head, at=now)
    assert {seat.duty for seat in again(cast.newcomer).seats} == {Duty.CASE_HANDLER, Duty.VILLAGE_COLLECTOR}


def test_a_units_head_cannot_make_another_head_nor_reach_into_another_unit(cast, county, post_of, today, now):
    for post in (post_of(county.street, Duty.UNIT_HEAD), post_of(county.department, Duty.CASE_HANDLER)):
        with pytest.raises(NotYourOffice):
            tenures.begin(post, officer=cast.newcomer, since=today, by=cast.street_head, at=now)


def test_an_administrator_makes_accounts_but_gives_no_duty(cast, county, post_of, now, today):
    officer = officers.enrol(username="li.si", name="李四", by=cast.administrator, at=now)
    with pytest.raises(NotYourOffice):
        tenures.begin(
            post_of(county.bureau, Duty.REGISTRAR), officer=officer, since=today, by=cast.administrator, at=now
        )


def test_the_bureaus_head_gives_duties_but_makes_no_account(cast, now):
    with pytest.raises(NotYourOffice):
        officers.enrol(username="li.si", name="李四", by=cast.bureau_head, at=now)


def test_nobody_gives_a_duty_to_himself(cast, county, post_of, today, now):
    with pytest.raises(NotForYourself):
        tenures.begin(
            post_of(county.bureau, Duty.REGISTRAR), officer=cast.bureau_head, since=today, by=cast.bureau_head, at=now
        )


def test_an_administrator_holds_no_content_duty(cast, county, post_of, today, now):
    with pytest.raises(NoContentDuty):
        tenures.begin(
            post_of(county.bureau, Duty.REGISTRAR), officer=cast.administrator, since=today, by=LOADER, at=now
        )


def test_one_with_a_content_duty_even_a_future_one_does_not_administer(cast, county, post_of, today, now):
    tenures.begin(post_of(county.bureau, Duty.REGISTRAR), officer=cast.newcomer, since=today + DAY, by=LOADER, at=now)
    with pytest.raises(NoContentDuty):
        tenures.begin(post_of(county.bureau, Duty.ADMINISTRATOR), officer=cast.newcomer, since=today, by=LOADER, at=now)


def test_an_administrator_does_not_cover_for_anyone(cast, tenure_of, today, now):
    with pytest.raises(NoContentDuty):
        tenures.cover(
            tenure_of(cast.registrar),
            officer=cast.administrator,
            since=today,
            last_on=today,
            by=cast.bureau_head,
            at=now,
        )


def test_the_same_post_is_not_given_twice_to_one_officer(cast, county, post_of, today, now):
    with pytest.raises(Refused, match="已在这个岗位上"):
        tenures.begin(post_of(county.bureau, Duty.REGISTRAR), officer=cast.registrar, since=today, by=LOADER, at=now)


def test_handing_over_ends_one_and_begins_the_other_on_the_same_day(cast, tenure_of, today, now):
    before = len(acts())
    after = tenures.hand_over(tenure_of(cast.registrar), to=cast.newcomer, on=today, by=cast.bureau_head, at=now)
    assert again(cast.registrar).seats == ()
    assert holds(again(cast.newcomer), (Duty.REGISTRAR,))
    assert tenure_of(cast.registrar).until == after.since == today
    entries = Entry.objects.filter(act__startswith="tenure.").order_by("recorded_at", "id")[:3]
    assert sorted(acts()[before:]) == ["tenure.begin", "tenure.end", "tenure.hand_over"]
    assert len(entries) == 3


def test_the_parts_of_a_hand_over_are_joined_by_their_cause(cast, tenure_of, today, now):
    tenures.hand_over(tenure_of(cast.registrar), to=cast.newcomer, on=today, by=cast.bureau_head, at=now)
    whole = Entry.objects.get(act="tenure.hand_over")
    assert set(Entry.objects.filter(cause=whole.pk).values_list("act", flat=True)) == {"tenure.begin", "tenure.end"}


def test_a_hand_over_that_cannot_begin_ends_nothing(cast, tenure_of, today, now):
    with pytest.raises(NoContentDuty):
        tenures.hand_over(tenure_of(cast.registrar), to=cast.administrator, on=today, by=cast.bureau_head, at=now)
    assert tenure_of(cast.registrar).until is None


def test_a_head_may_hand_over_his_own_post_to_another(cast, tenure_of, today, now):
    tenures.hand_over(tenure_of(cast.bureau_head), to=cast.newcomer, on=today, by=cast.bureau_head, at=now)
    assert holds(again(cast.newcomer), (Duty.BUREAU_HEAD,))


def test_a_cover_runs_through_its_last_day_beside_the_holder(cast, tenure_of, today, now):
    stand_in = tenures.cover(
        tenure_of(cast.registrar), officer=cast.newcomer, since=today, last_on=today, by=cast.bureau_head, at=now
    )
    assert (stand_in.is_cover, stand_in.until) == (True, today + DAY)
    assert holds(again(cast.newcomer), (Duty.REGISTRAR,))
    assert holds(again(cast.registrar), (Duty.REGISTRAR,))


def test_a_cover_ends_with_the_tenure_it_covers(cast, tenure_of, today, now):
    tenure = tenure_of(cast.registrar)
    tenures.cover(
        tenure, officer=cast.newcomer, since=today - DAY, last_on=today + 9 * DAY, by=cast.bureau_head, at=now
    )
    tenures.end(tenure, on=today, by=cast.bureau_head, at=now)
    assert again(cast.newcomer).seats == ()


@pytest.mark.parametrize(
    ("first", "last", "sentence"),
    [(0, -1, "不能早于第一日"), (-31, 0, "任职期间之内")],
)
def test_a_cover_outside_its_bounds_is_refused(cast, tenure_of, today, now, first, last, sentence):
    with pytest.raises(Refused, match=sentence):
        tenures.cover(
            tenure_of(cast.registrar),
            officer=cast.newcomer,
            since=today + first * DAY,
            last_on=today + last * DAY,
            by=cast.bureau_head,
            at=now,
        )


def test_nobody_covers_for_himself(cast, tenure_of, today, now):
    with pytest.raises(Refused, match="本人代理本人"):
        tenures.cover(
            tenure_of(cast.registrar), officer=cast.registrar, since=today, last_on=today, by=cast.bureau_head, at=now
        )


def test_a_tenure_ends_once(cast, tenure_of, today, now):
    tenures.end(tenure_of(cast.registrar), on=today, by=cast.bureau_head, at=now)
    with pytest.raises(Refused, match="已经结束"):
        tenures.end(tenure_of(cast.registrar), on=today, by=cast.bureau_head, at=now)


def test_who_has_left_has_no_seats_no_account_and_takes_no_post(cast, county, post_of, today, now):
    officers.leave(cast.street_clerk, by=cast.street_head, at=now)
    gone = again(cast.street_clerk)
    assert (gone.is_active, gone.seats) == (False, ())
    assert not Tenure.objects.filter(officer=gone, until__isnull=True).exists()
    with pytest.raises(Refused, match="已离岗"):
        tenures.begin(post_of(county.street, Duty.CASE_HANDLER), officer=gone, since=today, by=cast.street_head, at=now)


def test_another_units_head_cannot_let_an_officer_go(cast, now):
    with pytest.raises(NotYourOffice):
        officers.leave(cast.street_clerk, by=cast.department_head, at=now)


def test_a_head_cannot_close_the_account_of_one_who_also_sits_elsewhere(cast, county, post_of, today, now):
    tenures.begin(
        post_of(county.department, Duty.CASE_HANDLER), officer=cast.street_clerk, since=today, by=LOADER, at=now
    )
    with pytest.raises(NotYourOffice):
        officers.reset_password(again(cast.street_clerk), by=cast.street_head, at=now)


def test_a_user_name_is_taken_once(cast, now):
    with pytest.raises(Refused, match="登录名已被使用。") as refused:
        officers.enrol(username=f" {cast.registrar.username}", name="重名", by=LOADER, at=now)
    assert refused.value.field == "username"


def test_a_bad_user_name_or_no_name_is_refused_beside_its_field(db, now):
    for username, name, field in (("a b", "张三", "username"), ("zhang.san", " ", "name")):
        with pytest.raises(Refused) as refused:
            officers.enrol(username=username, name=name, by=LOADER, at=now)
        assert refused.value.field == field
    assert not Officer.objects.exists()


def test_one_more_post_is_opened_once(cast, county, now):
    posts.open(county.bureau, duty=Duty.REGISTRAR, name="第二接访室", by=cast.administrator, at=now)
    with pytest.raises(Refused, match="已有同名岗位"):
        posts.open(county.bureau, duty=Duty.REGISTRAR, name="第二接访室", by=cast.administrator, at=now)


def test_a_petitioners_hand_opens_no_door_here(cast, county, now):
    with pytest.raises(AssertionError):
        posts.open(county.bureau, duty=Duty.REGISTRAR, name="x", by=PETITIONER, at=now)
