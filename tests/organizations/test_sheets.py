"""Officers and units from a sheet: all rows or none, errors by row and column, each hand its own half, twice is once."""

import pytest

from tests.organizations.cast import DAY
from xinfang.foundation.errors import Refused
from xinfang.organizations import sheets
from xinfang.organizations.actions.officers import first_passwords
from xinfang.organizations.actions.sheets import bring_officers, bring_units
from xinfang.organizations.errors import BadSheet, NotYourOffice
from xinfang.organizations.models import Division, Duty, Officer, Tenure, Unit
from xinfang.organizations.rehearsal import rehearsed
from xinfang.trace.models import Entry


def officer_rows(*rows: tuple[str, ...]) -> list[sheets.Row]:
    return [(line, dict(zip(sheets.OFFICER_COLUMNS, cells, strict=True))) for line, cells in enumerate(rows, start=2)]


def unit_row(**changes: str) -> dict[str, str]:
    cells = dict.fromkeys(sheets.UNIT_COLUMNS, "") | {
        sheets.CODE: "6101150010020000299",
        sheets.FULL: "骊山街道某某村",
        sheets.SHORT: "某某村",
        sheets.KIND: "村（社区）",
        sheets.OPENED: "2026-01-01",
        sheets.POSTS: "村（社区）信息员",
    }
    return cells | changes


@pytest.fixture
def two(cast, county, today):
    """Two of the street and one account alone."""
    return sheets.officers(
        officer_rows(
            ("li.si", "李四", county.street.name, "承办人", ""),
            ("wang.wu", "王五", county.street.code, "单位负责人", "2026-01-01"),
            ("zhao.liu", "赵六", "", "", ""),
        ),
        day=today,
    )


def test_an_administrator_makes_the_accounts_and_the_posts_wait_for_the_head(cast, two, now):
    done = bring_officers(two, by=cast.administrator, at=now)
    assert [(one.is_enrolled, one.is_seated, one.waits) for one in done] == [
        (True, False, True),
        (True, False, True),
        (True, False, False),
    ]
    assert not Tenure.objects.filter(officer__username="li.si").exists()
    assert bring_officers(two, by=cast.bureau_head, at=now)[0].is_seated
    assert Tenure.objects.get(officer__username="wang.wu").since.isoformat() == "2026-01-01"


def test_the_same_sheet_a_second_time_writes_nothing(cast, two, now):
    bring_officers(two, by=cast.administrator, at=now)
    before = Entry.objects.count()
    with pytest.raises(Refused, match="都已经在系统里"):
        bring_officers(two, by=cast.administrator, at=now)
    assert Entry.objects.count() == before


def test_every_row_leaves_the_entries_of_its_own_verbs_under_one_cause(cast, two, now):
    bring_officers(two, by=cast.administrator, at=now)
    whole = Entry.objects.get(act="officer.bring")
    assert whole.facts["enrolled"] == 3
    assert list(Entry.objects.filter(cause=whole.pk).values_list("act", flat=True)) == ["officer.enrol"] * 3


def test_a_head_who_makes_no_accounts_is_told_who_does(cast, two, now):
    with pytest.raises(BadSheet) as bad:
        bring_officers(two, by=cast.bureau_head, at=now)
    assert [(one.line, one.column) for one in bad.value.defects] == [(n, sheets.USERNAME) for n in (2, 3, 4)]
    assert "系统管理员先上传" in bad.value.defects[0].reason


def test_a_units_head_brings_the_desks_of_his_own_unit_and_no_other(cast, county, today, now):
    own = sheets.officers(officer_rows(("li.si", "李四", county.street.name, "承办人", "")), day=today)
    assert bring_officers(own, by=cast.street_head, at=now)[0].is_seated
    other = sheets.officers(officer_rows(("wu.qi", "吴七", county.department.name, "承办人", "")), day=today)
    with pytest.raises(BadSheet):
        bring_officers(other, by=cast.street_head, at=now)
    assert not Officer.objects.filter(username="wu.qi").exists()


def test_one_wrong_row_and_nothing_is_written(cast, county, today, now):
    rows = officer_rows(
        ("li.si", "李四", "", "", ""),
        ("bad name", "王五", "", "", ""),
        (cast.registrar.username, "不是本人", "", "", ""),
        ("li.si", "李四儿", "", "", ""),
    )
    with pytest.raises(BadSheet) as bad:
        bring_officers(sheets.officers(rows, day=today), by=cast.administrator, at=now)
    assert [(one.line, one.column) for one in bad.value.defects] == [
        (3, sheets.USERNAME),
        (4, sheets.NAME),
        (5, sheets.NAME),
    ]
    assert not Officer.objects.filter(username="li.si").exists()


def test_every_cell_that_cannot_be_read_is_told_by_row_and_column(county, today):
    rows = officer_rows(
        ("", "李四", "", "", ""),
        ("a.b", "", "", "", ""),
        ("a.c", "甲", "没有的单位", "承办人", ""),
        ("a.d", "乙", county.street.name, "", ""),
        ("a.e", "丙", county.street.name, "档案员", ""),
        ("a.f", "丁", county.street.name, "承办人", "明天"),
        ("a.g", "戊" * 41, "", "", ""),
    )
    with pytest.raises(BadSheet) as bad:
        sheets.officers(rows, day=today)
    assert [(one.line, one.column) for one in bad.value.defects] == [
        (2, sheets.USERNAME),
        (3, sheets.NAME),
        (4, sheets.UNIT),
        (5, sheets.POST),
        (6, sheets.POST),
        (7, sheets.SINCE),
        (8, sheets.NAME),
    ]


@pytest.mark.parametrize("rows", [[], [("a", "甲", "", "", "")] * (sheets.MOST_ROWS + 1)])
def test_an_empty_sheet_and_one_too_long_are_refused(db, today, rows):
    with pytest.raises(BadSheet):
        sheets.officers(officer_rows(*rows), day=today)


def test_a_rehearsal_tells_what_would_be_done_and_does_nothing(cast, two, now):
    before = Entry.objects.count()
    assert [one.is_enrolled for one in rehearsed(bring_officers, two, by=cast.administrator, at=now)] == [True] * 3
    assert not Officer.objects.filter(username="li.si").exists()
    assert Entry.objects.count() == before


def test_an_administrator_is_brought_no_second_duty(cast, county, today, now):
    row = (cast.administrator.username, cast.administrator.name, county.bureau.name, "登记接访员", "")
    with pytest.raises(BadSheet, match="1 处") as bad:
        bring_officers(sheets.officers(officer_rows(row), day=today), by=cast.bureau_head, at=now)
    assert "不得兼任" in bad.value.defects[0].reason


def test_units_are_opened_with_their_posts_and_corrected_the_second_time(cast, county, now):
    street, day = county.street, "2026-01-01"
    rows = [
        (2, unit_row(**{sheets.ABOVE: street.code})),
        (3, unit_row(**{sheets.CODE: "6101150010030000299", sheets.FULL: "下村", sheets.ABOVE: "6101150010020000299"})),
    ]
    assert all(one.is_opened for one in bring_units(sheets.units(rows), by=cast.administrator, at=now))
    unit = Unit.objects.get(code="6101150010020000299")
    assert (unit.parent, unit.opened_on.isoformat(), unit.posts.get().duty) == (street, day, Duty.VILLAGE_COLLECTOR)
    with pytest.raises(Refused, match="都已经在系统里"):
        bring_units(sheets.units(rows), by=cast.administrator, at=now)
    rows[0][1][sheets.TELEPHONE] = "029-80000000"
    assert bring_units(sheets.units(rows), by=cast.administrator, at=now)[0].is_corrected


@pytest.mark.parametrize(
    ("column", "value"),
    [
        (sheets.CODE, "6.10115E+18"),
        (sheets.SERIAL, "0"),
        (sheets.KIND, "机关"),
        (sheets.PLACE, "610115999000"),
        (sheets.OPENED, "2026-13-01"),
        (sheets.FULL, ""),
        (sheets.POSTS, "村长"),
        (sheets.PAPER, "字" * 21),
    ],
)
def test_a_wrong_cell_of_a_unit_is_told_by_its_column(db, column, value):
    Division.objects.create(code="610115001000", name="骊山街道", kind="street")
    with pytest.raises(BadSheet) as bad:
        sheets.units([(2, unit_row(**{column: value}))])
    assert [one.column for one in bad.value.defects] == [column]


def test_what_a_unit_is_does_not_change_by_a_sheet_nor_is_one_brought_without_its_superior(cast, county, now):
    for changes, column in (
        ({sheets.CODE: county.street.code}, sheets.CODE),
        ({sheets.ABOVE: "6101150010099999999"}, sheets.ABOVE),
    ):
        with pytest.raises(BadSheet) as bad:
            bring_units(sheets.units([(2, unit_row(**changes))]), by=cast.administrator, at=now)
        assert bad.value.defects[0].column == column


def test_units_are_an_administrators_alone(cast, county, now):
    with pytest.raises(NotYourOffice):
        bring_units(sheets.units([(2, unit_row())]), by=cast.bureau_head, at=now)


def test_first_passwords_go_to_accounts_that_have_none_and_to_no_other(cast, two, now):
    bring_officers(two, by=cast.administrator, at=now)
    newcomers = list(Officer.objects.filter(username__in=["li.si", "zhao.liu"]).order_by("pk"))
    told = first_passwords(newcomers, by=cast.administrator, at=now)
    assert all(officer.check_password(once) and officer.must_change_password for officer, once in told)
    assert Entry.objects.get(act="officer.first_passwords").facts["officers"] == [one.pk for one in newcomers]
    assert not any(once in str(list(Entry.objects.values())) for _officer, once in told)
    with pytest.raises(Refused, match="还没有密码"):
        first_passwords(newcomers, by=cast.administrator, at=now)


def test_a_post_that_is_to_begin_is_not_given_twice(cast, county, today, now):
    row = (cast.newcomer.username, cast.newcomer.name, county.street.name, "承办人", (today + DAY).isoformat())
    rows = sheets.officers(officer_rows(row), day=today)
    bring_officers(rows, by=cast.bureau_head, at=now)
    with pytest.raises(Refused, match="都已经在系统里"):
        bring_officers(rows, by=cast.bureau_head, at=now)
