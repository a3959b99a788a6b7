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
from xinfang.organizations.queries import open_units, successor_of
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
