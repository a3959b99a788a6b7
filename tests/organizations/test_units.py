"""Units are opened and abolished, never removed; their work passes to a successor."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.organizations.cast import DAY, LOADER
from xinfang.foundation.errors import Refused
from xinfang.organizations.actions import units
from xinfang.organizations.errors import NotYourOffice
from xinfang.organizations.models import Unit, UnitKind
from xinfang.organizations.pinyin import initials
from xinfang.organizations.queries import open_units, successor_of, units_called, without_password, without_post
from xinfang.trace.models import Entry


def test_a_unit_is_open_from_its_first_day_until_the_day_before_its_end():
    unit = Unit(opened_on=date(2010, 1, 1), abolished_on=date(2020, 1, 1))
    days = [date(2009, 12, 31), date(2010, 1, 1), date(2019, 12, 31), date(2020, 1, 1)]
    assert [unit.is_open_on(day) for day in days] == [False, True, True, False]


def test_an_administrator_abolishes_a_unit_and_its_work_passes_on(cast, county, today, now):
    units.abolish(county.street, on=today, successor=county.department, by=cast.administrator, at=now)
    street = Unit.objects.get(pk=county.street.pk)
    assert successor_of(street, today) == county.department
    assert successor_of(street, today - DAY) == street
    assert Entry.objects.get(act="unit.abolish").facts["successor"] == county.department.code


def test_work_passes_through_a_chain_of_successors(cast, county, today, now):
    units.abolish(county.street, on=today - DAY, successor=county.department, by=LOADER, at=now)
    units.abolish(county.department, on=today, successor=county.bureau, by=LOADER, at=now)
    assert successor_of(Unit.objects.get(pk=county.street.pk), today) == county.bureau


def test_a_unit_abolished_without_an_heir_has_no_successor(county, today, now):
    assert successor_of(units.abolish(county.street, on=today, successor=None, by=LOADER, at=now), today) is None


def test_successors_in_a_circle_are_no_successor(county, today):
    for unit, heir in ((county.street, county.department), (county.department, county.street)):
        Unit.objects.filter(pk=unit.pk).update(abolished_on=today, successor=heir)
    assert successor_of(Unit.objects.get(pk=county.street.pk), today) is None


def test_a_unit_cannot_be_succeeded_by_itself_or_by_a_closed_one(county, today, now):
    units.abolish(county.department, on=today, successor=None, by=LOADER, at=now)
    for heir in (county.street, Unit.objects.get(pk=county.department.pk)):
        with pytest.raises(Refused, match="承接单位"):
            units.abolish(county.street, on=today, successor=heir, by=LOADER, at=now)


def test_a_unit_is_abolished_once_and_not_before_it_opened(county, today, now):
    with pytest.raises(Refused, match="早于设立日期"):
        units.abolish(county.street, on=date(2000, 1, 1), successor=None, by=LOADER, at=now)
    units.abolish(county.street, on=today, successor=None, by=LOADER, at=now)
    with pytest.raises(Refused, match="已经撤销"):
        units.abolish(county.street, on=today, successor=None, by=LOADER, at=now)


def test_only_an_administrator_opens_and_abolishes(cast, county, today, now):
    for officer in (cast.bureau_head, cast.street_head, cast.registrar):
        with pytest.raises(NotYourOffice):
            units.abolish(county.street, on=today, successor=None, by=officer, at=now)


def test_codes_node_numbers_and_paper_codes_are_given_once(county, now):
    taken = {"code": county.street.code, "serial": 1}
    for field, value in taken.items():
        values = {"code": "6101150000000099299", "serial": 99, field: value}
        with pytest.raises(Refused) as refused:
            units.open(**values, name="新局", kind=UnitKind.DEPT, opened_on=date(2026, 1, 1), by=LOADER, at=now)
        assert refused.value.field == field


def test_the_database_refuses_a_successor_to_a_unit_without_an_end(county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=county.street.pk).update(successor=county.department)


def test_a_list_of_a_day_has_the_open_units_and_villages_last(county, today, now):
    units.abolish(county.department, on=today, successor=None, by=LOADER, at=now)
    assert list(open_units(today)) == [county.street, county.bureau, county.village]
    assert county.department in open_units(today - DAY)


def test_a_clerk_finds_a_unit_by_its_initials(county):
    assert county.bureau.pinyin == "ltqxfj"
    assert initials("12345热线") == "12345rx"


def test_a_unit_moves_under_another_superior_by_ending_and_beginning_again(cast, county, today, now):
    village, code = county.village, "6101150020010000299"
    changes = {"parent": county.department, "division": None, "paper_code": "", "on": today}
    after = units.move(village, code=code, **changes, by=cast.administrator, at=now)
    village.refresh_from_db()
    assert (village.abolished_on, village.successor, village.parent) == (today, after, county.street)
    assert (after.name, after.parent, after.opened_on) == (village.name, county.department, today)
    assert [post.duty for post in after.posts.all()] == [post.duty for post in village.posts.all()]
    whole = Entry.objects.get(act="unit.move")
    assert set(Entry.objects.filter(cause=whole.pk).values_list("act", flat=True)) == {"unit.open", "unit.abolish"}


def test_a_move_under_the_same_superior_or_itself_is_refused(cast, county, today, now):
    for parent in (county.street, county.village):
        with pytest.raises(Refused, match="新的上级") as refused:
            units.move(
                county.village,
                code="6101150020010000299",
                parent=parent,
                division=None,
                paper_code="",
                on=today,
                by=cast.administrator,
                at=now,
            )
        assert refused.value.field == "parent"


def test_a_paper_code_that_is_taken_and_an_empty_name_are_refused_beside_their_fields(cast, county, now):
    said = dict.fromkeys(("paper_code", "address", "telephone", "superior", "superior_above"), "")
    said |= {"name": "甲", "short_name": "甲"}
    units.correct(county.street, **said | {"paper_code": "临甲"}, by=cast.administrator, at=now)
    for changes, field in (({"paper_code": "临甲"}, "paper_code"), ({"name": " "}, "name")):
        with pytest.raises(Refused) as refused:
            units.correct(county.department, **said | changes, by=cast.administrator, at=now)
        assert refused.value.field == field


def test_units_are_found_by_name_code_and_initials(county):
    for words in ("住房", county.department.code, "zfh", " ZFH "):
        assert list(units_called(words)) == [county.department]
    assert units_called("").count() == Unit.objects.count()


def test_accounts_without_a_post_and_without_a_password_are_told_apart(cast, today, now):
    assert list(without_post(today)) == [cast.newcomer]
    cast.newcomer.set_password("a-long-enough-passphrase")
    cast.newcomer.save(update_fields=["password"])
    assert cast.newcomer not in without_password()
    assert cast.registrar in without_password()
