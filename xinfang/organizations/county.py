"""A county's folder, read and checked before anything is written: county.toml, divisions.csv, units.csv, posts.csv, its map."""

import csv
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from xinfang.foundation.text import listed
from xinfang.organizations import maps
from xinfang.organizations.errors import BadCounty, Defect
from xinfang.organizations.models import DivisionKind, Duty, UnitKind

T = TypeVar("T", bound="Line")
Choice = TypeVar("Choice", DivisionKind, UnitKind, Duty)
# A file written before these columns were thought of is still read; a unit without them names no organ above it.
MAY_BE_MISSING = ("superior", "superior_above")
COLUMNS = {
    "divisions.csv": ("code", "name", "kind", "parent"),
    "units.csv": (
        *("serial", "code", "name", "short_name", "kind", "division", "parent"),
        *("opened_on", "paper_code", "address", "telephone", *MAY_BE_MISSING),
    ),
    "posts.csv": ("unit_kind", "unit_code", "duty", "name"),
    "map.csv": ("code", "column", "row"),
}


class _Wrong(Exception):
    """The reason why one row cannot be read."""


@dataclass(frozen=True)
class Line:
    """Where a row stands in its file; two rows with the same content are equal."""

    line: int = field(compare=False)


@dataclass(frozen=True)
class DivisionLine(Line):
    """A row of divisions.csv."""

    code: str
    name: str
    kind: DivisionKind
    parent: str


@dataclass(frozen=True)
class UnitLine(Line):
    """A row of units.csv."""

    serial: int
    code: str
    name: str
    short_name: str
    kind: UnitKind
    division: str
    parent: str
    opened_on: date
    paper_code: str
    address: str
    telephone: str
    superior: str
    superior_above: str


@dataclass(frozen=True)
class PostLine(Line):
    """A row of posts.csv: a post of every unit of a kind, or of one unit."""

    unit_kind: str
    unit_code: str
    duty: Duty
    name: str


@dataclass(frozen=True)
class TileLine(Line):
    """A row of map.csv: a street and its place on the grid."""

    code: str
    column: int
    row: int


@dataclass(frozen=True)
class County:
    """The whole folder, free of defects."""

    code: str
    name: str
    divisions: tuple[DivisionLine, ...]
    units: tuple[UnitLine, ...]
    posts: tuple[PostLine, ...]
    on_map: tuple[maps.Placed, ...] = ()

    def posts_of(self, unit: UnitLine) -> list[tuple[Duty, str]]:
        return [
            (post.duty, post.name) for post in self.posts if unit.code == post.unit_code or unit.kind == post.unit_kind
        ]


def read(folder: Path) -> County:
    """The county, or BadCounty with every defect found, by file and line."""
    defects: list[Defect] = []
    code, name = _title(folder, defects)
    divisions = _rows(folder, "divisions.csv", _division, defects)
    units = _rows(folder, "units.csv", _unit, defects)
    posts = _rows(folder, "posts.csv", _post, defects)
    tiles = _rows(folder, "map.csv", _tile, defects) if (folder / "map.csv").exists() else []
    streets = {row.code for row in divisions if row.kind == DivisionKind.STREET}
    drawn = [] if defects else maps.drawn(folder, streets, defects)
    if not defects:
        defects += [*_loose_divisions(divisions), *_loose_units(units, divisions), *_loose_posts(posts, units)]
        defects += _loose_tiles(tiles, streets)
    if defects:
        raise BadCounty(defects)
    placed = maps.joined((maps.Placed(row.code, row.column, row.row) for row in tiles), drawn)
    return County(code, name, tuple(divisions), tuple(units), tuple(posts), placed)


def _title(folder: Path, defects: list[Defect]) -> tuple[str, str]:
    try:
        said = tomllib.loads((folder / "county.toml").read_text("utf-8"))
        return str(said["code"]), str(said["name"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError):
        defects.append(Defect("county.toml", 1, _("读不出 code 和 name。")))
        return "", ""


def _rows(folder: Path, file: str, parse: Callable[[int, Mapping[str, str]], T], defects: list[Defect]) -> list[T]:
    rows: list[T] = []
    try:
        for line, cells in _cells(folder / file):
            try:
                rows.append(parse(line, cells))
            except _Wrong as wrong:
                defects.append(Defect(file, line, str(wrong)))
    except FileNotFoundError:
        defects.append(Defect(file, 1, _("没有这个文件。")))
    except (UnicodeDecodeError, csv.Error):
        defects.append(Defect(file, 1, _("不是 UTF-8 编码的 CSV 文件。")))
    except _Wrong as wrong:
        defects.append(Defect(file, 1, str(wrong)))
    return rows


def _cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        table = csv.DictReader(lines, restkey="")
        asked = [column for column in COLUMNS[path.name] if column not in MAY_BE_MISSING]
        missing = [column for column in asked if column not in (table.fieldnames or ())]
        if missing:
            raise _Wrong(_("缺少列：%(columns)s。") % {"columns": listed(missing)})
        for cells in table:
            yield table.line_num, {name: (cells.get(name) or "").strip() for name in COLUMNS[path.name]}


def _division(line: int, cells: Mapping[str, str]) -> DivisionLine:
    return DivisionLine(
        line,
        code=_digits(cells, "code", 12),
        name=_filled(cells, "name"),
        kind=_one_of(DivisionKind, cells, "kind"),
        parent=cells["parent"],
    )


def _unit(line: int, cells: Mapping[str, str]) -> UnitLine:
    return UnitLine(
        line,
        serial=_number(cells, "serial"),
        code=_digits(cells, "code", 19),
        name=_filled(cells, "name"),
        short_name=_filled(cells, "short_name"),
        kind=_one_of(UnitKind, cells, "kind"),
        division=_digits(cells, "division", 12),
        parent=cells["parent"],
        opened_on=_day(cells, "opened_on"),
        paper_code=_filled(cells, "paper_code"),
        address=cells["address"],
        telephone=cells["telephone"],
        superior=_short(cells, "superior", 60),
        superior_above=_short(cells, "superior_above", 60),
    )


def _post(line: int, cells: Mapping[str, str]) -> PostLine:
    if bool(cells["unit_kind"]) == bool(cells["unit_code"]):
        raise _Wrong(_("unit_kind 和 unit_code 填且只填一个。"))
    if cells["unit_kind"]:
        _one_of(UnitKind, cells, "unit_kind")
    return PostLine(
        line,
        unit_kind=cells["unit_kind"],
        unit_code=cells["unit_code"],
        duty=_one_of(Duty, cells, "duty"),
        name=_filled(cells, "name"),
    )


def _tile(line: int, cells: Mapping[str, str]) -> TileLine:
    return TileLine(
        line,
        code=_digits(cells, "code", 12),
        column=_up_to(cells, "column", maps.COLUMNS),
        row=_up_to(cells, "row", maps.ROWS),
    )


def _loose_divisions(divisions: list[DivisionLine]) -> Iterator[Defect]:
    yield from _twice("divisions.csv", divisions, lambda row: row.code, _("区划代码"))
    known = {row.code for row in divisions}
    for row in divisions:
        if row.parent and row.parent not in known:
            yield Defect("divisions.csv", row.line, _("上级区划“%(code)s”不存在。") % {"code": row.parent})


def _loose_units(units: list[UnitLine], divisions: list[DivisionLine]) -> Iterator[Defect]:
    yield from _twice("units.csv", units, lambda row: row.code, _("单位代码"))
    yield from _twice("units.csv", units, lambda row: str(row.serial), _("节点号"))
    yield from _twice("units.csv", units, lambda row: row.paper_code, _("文号代字"))
    places, above = {row.code for row in divisions}, set()
    for row in units:
        if row.division not in places:
            yield Defect("units.csv", row.line, _("区划“%(code)s”不存在。") % {"code": row.division})
        elif not row.code.startswith(row.division):
            yield Defect("units.csv", row.line, _("单位代码的前 12 位应是所在区划的代码。"))
        if row.parent and row.parent not in above:
            reason = _("上级单位“%(code)s”不存在，或没有排在本单位之前。") % {"code": row.parent}
            yield Defect("units.csv", row.line, reason)
        above.add(row.code)


def _loose_posts(posts: list[PostLine], units: list[UnitLine]) -> Iterator[Defect]:
    yield from _twice(
        "posts.csv", posts, lambda row: f"{row.unit_kind}{row.unit_code}／{row.duty}／{row.name}", _("岗位")
    )
    known = {row.code for row in units}
    for row in posts:
        if row.unit_code and row.unit_code not in known:
            yield Defect("posts.csv", row.line, _("单位“%(code)s”不存在。") % {"code": row.unit_code})


def _loose_tiles(tiles: list[TileLine], streets: set[str]) -> Iterator[Defect]:
    yield from _twice("map.csv", tiles, lambda row: row.code, _("区划代码"))
    yield from _twice("map.csv", tiles, lambda row: f"{row.column}，{row.row}", _("位置"))
    for row in tiles:
        if row.code not in streets:
            yield Defect("map.csv", row.line, _("“%(code)s”不是本区县的街道（乡镇）。") % {"code": row.code})


def _twice(file: str, rows: Iterable[T], key: Callable[[T], str], what: str) -> Iterator[Defect]:
    seen: Counter[str] = Counter()
    for row in rows:
        seen[key(row)] += 1
        if seen[key(row)] == 2:
            yield Defect(file, row.line, _("%(what)s“%(value)s”重复。") % {"what": what, "value": key(row)})


def _filled(cells: Mapping[str, str], column: str) -> str:
    if not cells[column]:
        raise _Wrong(_("%(column)s 不能为空。") % {"column": column})
    return cells[column]


def _short(cells: Mapping[str, str], column: str, length: int) -> str:
    if len(cells[column]) > length:
        raise _Wrong(_("%(column)s 不能超过 %(length)s 个字。") % {"column": column, "length": length})
    return cells[column]


def _digits(cells: Mapping[str, str], column: str, length: int) -> str:
    value = cells[column]
    if len(value) != length or not (value.isascii() and value.isdigit()):
        names = {"column": column, "value": value, "length": length}
        raise _Wrong(_("%(column)s“%(value)s”应为 %(length)s 位数字。") % names)
    return value


def _number(cells: Mapping[str, str], column: str) -> int:
    value = cells[column]
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 10000):
        raise _Wrong(_("%(column)s“%(value)s”应为正整数。") % {"column": column, "value": value})
    return int(value)


def _up_to(cells: Mapping[str, str], column: str, most: int) -> int:
    value = _number(cells, column)
    if value > most:
        raise _Wrong(_("%(column)s“%(value)s”最大是 %(most)s。") % {"column": column, "value": value, "most": most})
    return value


def _day(cells: Mapping[str, str], column: str) -> date:
    try:
        return date.fromisoformat(cells[column])
    except ValueError:
        names = {"column": column, "value": cells[column]}
        raise _Wrong(_("%(column)s“%(value)s”不是日期，应如 2007-01-01。") % names) from None


def _one_of(choices: type[Choice], cells: Mapping[str, str], column: str) -> Choice:
    try:
        return choices(cells[column])
    except ValueError:
        names = {"column": column, "value": cells[column], "choices": listed(choices.values)}
        raise _Wrong(_("%(column)s“%(value)s”不认识，应为 %(choices)s 之一。") % names) from None
