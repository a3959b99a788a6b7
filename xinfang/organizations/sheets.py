"""Officers and units as rows of a sheet: read as far as reading goes; what the rules say of them, the verbs say."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from xinfang.foundation.text import listed
from xinfang.organizations.errors import BadSheet, CellDefect
from xinfang.organizations.models import Division, Duty, Post, Unit, UnitKind
from xinfang.organizations.queries import open_units

MOST_ROWS = 300
Cells = Mapping[str, str]
Row = tuple[int, Cells]

# The headings stand in the sheet as they stand here, whatever language the pages speak.
USERNAME, NAME = gettext_noop("登录名"), gettext_noop("姓名")
UNIT, POST, SINCE = gettext_noop("单位"), gettext_noop("岗位"), gettext_noop("任职日期")
OFFICER_COLUMNS = (USERNAME, NAME, UNIT, POST, SINCE)
CODE, SERIAL, KIND = gettext_noop("单位代码"), gettext_noop("节点号"), gettext_noop("性质")
FULL, SHORT, PAPER = gettext_noop("全称"), gettext_noop("简称"), gettext_noop("文号代字")
PLACE, ABOVE, OPENED = gettext_noop("区划代码"), gettext_noop("上级单位代码"), gettext_noop("设立日期")
ADDRESS, TELEPHONE, POSTS = gettext_noop("地址"), gettext_noop("电话"), gettext_noop("岗位")
UNIT_COLUMNS = (CODE, SERIAL, FULL, SHORT, KIND, PLACE, ABOVE, OPENED, PAPER, ADDRESS, TELEPHONE, POSTS)
LONGEST = {FULL: 80, SHORT: 40, PAPER: 20, ADDRESS: 120, TELEPHONE: 40, NAME: 40, USERNAME: 60}


@dataclass(frozen=True)
class OfficerRow:
    """An account, and the post that is meant for it."""

    line: int
    username: str
    name: str
    post: Post | None
    since: date


@dataclass(frozen=True)
class UnitRow:
    """A unit as it is to be. `above` may be a unit of the same sheet."""

    line: int
    code: str
    serial: int | None
    name: str
    short_name: str
    kind: UnitKind
    division: Division | None
    above: str
    opened_on: date
    paper_code: str
    address: str
    telephone: str
    posts: tuple[tuple[Duty, str], ...]


class _Wrong(Exception):
    """Why a cell cannot be read."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


class Reading:
    """Collects what is wrong, so that all of it is told at once."""

    def __init__(self) -> None:
        self.defects: list[CellDefect] = []

    @contextmanager
    def of(self, line: int) -> Iterator[None]:
        try:
            yield
        except _Wrong as wrong:
            self.defects.append(CellDefect(line, wrong.column, str(wrong)))

    def done(self) -> None:
        if self.defects:
            raise BadSheet(self.defects)


def officers(rows: Sequence[Row], *, day: date) -> list[OfficerRow]:
    """BadSheet with every cell that cannot be read."""
    reading, read, offices = Reading(), list[OfficerRow](), _Offices(day)
    for line, cells in _bounded(rows):
        with reading.of(line):
            read.append(_officer(line, cells, offices, day))
    reading.done()
    return read


def units(rows: Sequence[Row]) -> list[UnitRow]:
    """BadSheet with every cell that cannot be read."""
    reading, read = Reading(), list[UnitRow]()
    places = {place.code: place for place in Division.objects.all()}
    for line, cells in _bounded(rows):
        with reading.of(line):
            read.append(_unit(line, cells, places))
    seen: set[str] = set()
    for row in read:
        if row.code in seen:
            reading.defects.append(CellDefect(row.line, CODE, _("这个代码在表里写了两次。")))
        seen.add(row.code)
    reading.done()
    return read


def _bounded(rows: Sequence[Row]) -> Sequence[Row]:
    if not rows:
        raise BadSheet([CellDefect(2, "", _("表里没有内容。"))])
    if len(rows) > MOST_ROWS:
        reason = _("一次最多 %(most)s 行，请分成几张表。") % {"most": MOST_ROWS}
        raise BadSheet([CellDefect(rows[MOST_ROWS][0], "", reason)])
    return rows


class _Offices:
    """The open units by code and by name, with their posts; asked once for a sheet."""

    def __init__(self, day: date) -> None:
        self.units = list(open_units(day).prefetch_related("posts"))

    def unit(self, said: str) -> Unit:
        found = [unit for unit in self.units if said in (unit.code, unit.name, unit.short_name)]
        if not found:
            raise _Wrong(UNIT, _("没有叫“%(unit)s”的单位，请写全称、简称或者单位代码。") % {"unit": said})
        if len(found) > 1:
            raise _Wrong(UNIT, _("叫“%(unit)s”的单位不止一个，请写单位代码。") % {"unit": said})
        return found[0]

    def post(self, unit: Unit, said: str) -> Post:
        with override(settings.LANGUAGE_CODE):
            found = [post for post in unit.posts.all() if said in (post.name, str(Duty(post.duty).label))]
        if len(found) != 1:
            posts = listed(post.name for post in unit.posts.all()) or "—"
            raise _Wrong(POST, _("这个单位没有“%(post)s”，有的岗位：%(posts)s。") % {"post": said, "posts": posts})
        found[0].unit = unit
        return found[0]


def _officer(line: int, cells: Cells, offices: _Offices, day: date) -> OfficerRow:
    unit, post = cells[UNIT], cells[POST]
    if bool(unit) != bool(post):
        raise _Wrong(POST if unit else UNIT, _("单位和岗位要么都填，要么都不填。"))
    return OfficerRow(
        line,
        username=_filled(cells, USERNAME),
        name=_filled(cells, NAME),
        post=offices.post(offices.unit(unit), post) if unit else None,
        since=_day(cells, SINCE) if cells[SINCE] else day,
    )


def _unit(line: int, cells: Cells, places: Mapping[str, Division]) -> UnitRow:
    if cells[PLACE] and cells[PLACE] not in places:
        raise _Wrong(PLACE, _("没有代码为“%(code)s”的区划。") % {"code": cells[PLACE]})
    return UnitRow(
        line,
        code=_digits(cells, CODE, 19),
        serial=_serial(cells),
        name=_filled(cells, FULL),
        short_name=_short(cells, SHORT) or _filled(cells, FULL)[: LONGEST[SHORT]],
        kind=UnitKind(_one_of(UnitKind.choices, cells, KIND)),
        division=places.get(cells[PLACE]),
        above=cells[ABOVE],
        opened_on=_day(cells, OPENED),
        paper_code=_short(cells, PAPER),
        address=_short(cells, ADDRESS),
        telephone=_short(cells, TELEPHONE),
        posts=_posts(cells),
    )


def _posts(cells: Cells) -> tuple[tuple[Duty, str], ...]:
    names = [name.strip() for name in cells[POSTS].replace("，", "、").replace(",", "、").split("、") if name.strip()]
    return tuple((Duty(_one_of(Duty.choices, {POSTS: name}, POSTS)), name) for name in dict.fromkeys(names))


def _filled(cells: Cells, column: str) -> str:
    if not cells[column]:
        raise _Wrong(column, _("这一格不能空。"))
    return _short(cells, column)


def _short(cells: Cells, column: str) -> str:
    if len(cells[column]) > LONGEST[column]:
        raise _Wrong(column, _("不能超过 %(most)s 个字。") % {"most": LONGEST[column]})
    return cells[column]


def _digits(cells: Cells, column: str, length: int) -> str:
    value = cells[column]
    if len(value) != length or not (value.isascii() and value.isdigit()):
        reason = _("应为 %(length)s 位数字；在 Excel 里请先把这一列设成“文本”格式，否则末几位会丢。")
        raise _Wrong(column, reason % {"length": length})
    return value


def _serial(cells: Cells) -> int | None:
    value = cells[SERIAL]
    if value and not (value.isascii() and value.isdigit() and 0 < int(value) < 10_000):
        raise _Wrong(SERIAL, _("应为 1 到 9999 的整数，村（社区）不填。"))
    return int(value) if value else None


def _day(cells: Cells, column: str) -> date:
    try:
        day = date.fromisoformat(cells[column].replace("/", "-"))
    except ValueError:
        raise _Wrong(column, _("日期不对，请按“2026-06-15”的样子填写。")) from None
    if not date(1949, 10, 1) <= day <= date(2099, 12, 31):
        raise _Wrong(column, _("日期须在1949年10月1日到2099年12月31日之间。"))
    return day


def _one_of(choices: Sequence[tuple[str, object]], cells: Cells, column: str) -> str:
    """The value under a Chinese label."""
    with override(settings.LANGUAGE_CODE):
        labels = {str(label): value for value, label in choices}
    for label, value in labels.items():
        if cells[column] in (label, label.partition("（")[0]):
            return value
    reason = _("没有“%(value)s”，可以填：%(labels)s。")
    raise _Wrong(column, reason % {"value": cells[column], "labels": listed(labels)})
