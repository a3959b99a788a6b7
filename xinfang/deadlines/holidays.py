"""A year's holidays as a file: what the State Council's notice changes in the ordinary week (calendars/README.md)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from xinfang.deadlines.errors import CalendarRefused
from xinfang.foundation import canonical

FOLDER = Path(__file__).parent / "calendars"
_ROW = re.compile(r"(\d{4}-\d\d-\d\d)(?:/(\d{4}-\d\d-\d\d))? (休|班) (\S.{0,39})")
_LONGEST = 31
_SATURDAY = 5


@dataclass(frozen=True)
class HolidayDay:
    """One day that differs from the ordinary week."""

    day: date
    is_working: bool
    name: str


@dataclass(frozen=True)
class HolidayYear:
    """What one year's notice says, with the addresses it was read at."""

    year: int
    sources: tuple[str, ...]
    days: tuple[HolidayDay, ...]

    def digest(self) -> str:
        days = [[day.day, day.is_working, day.name] for day in self.days]
        return canonical.digest([self.year, list(self.sources), days])


def packaged() -> list[HolidayYear]:
    """The years that come with the system."""
    return [read(file) for file in sorted(FOLDER.glob("*.json"))]


def read(file: Path) -> HolidayYear:
    try:
        return parse(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CalendarRefused(_("无法读取%(file)s。") % {"file": file.name}) from error


def parse(text: str) -> HolidayYear:
    """Refuses a wrong file with its line and the reason."""
    year, sources, rows = _shape(_json(text))
    days: dict[date, HolidayDay] = {}
    for line, row in _lines(text, rows):
        for day in _days(year, line, row):
            if day.day in days:
                raise CalendarRefused(_("同一天写了两次。"), line=line, row=row)
            days[day.day] = day
    return HolidayYear(year, tuple(sources), tuple(days[day] for day in sorted(days)))


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise CalendarRefused(_("不是有效的JSON。")) from error


def _shape(content: Any) -> tuple[int, list[str], list[str]]:
    if not isinstance(content, dict) or set(content) != {"year", "sources", "days"}:
        raise CalendarRefused(_("应当只有year、sources和days三项。"))
    year, sources, days = content["year"], content["sources"], content["days"]
    if type(year) is not int or not 1949 <= year <= 2199:
        raise CalendarRefused(_("year应当是四位年份。"))
    if not _are_texts(sources) or not all(re.match(r"https?://\S+$", source) for source in sources):
        raise CalendarRefused(_("sources应当写明通知的网址。"))
    if not _are_texts(days):
        raise CalendarRefused(_("days应当逐行写明休息日和上班日。"))
    return year, sources, days


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _lines(text: str, rows: list[str]) -> Iterator[tuple[int, str]]:
    """Each row with the line of the file it stands on."""
    position = 0
    for row in rows:
        position = max(position, text.find(json.dumps(row, ensure_ascii=False), position))
        yield text.count("\n", 0, position) + 1, row
        position += 1


def _days(year: int, line: int, row: str) -> Iterator[HolidayDay]:
    """The days of a row such as `2026-10-01/2026-10-07 休 国庆节` or `2026-10-10 班 国庆节`."""
    found = _ROW.fullmatch(row)
    if not found:
        raise CalendarRefused(_("应当写作“日期 休 节日”或“日期 班 节日”。"), line=line, row=row)
    first, last, mark, name = found.groups()
    for day in _span(first, last or first, line, row):
        if reason := _wrong(day, year, mark):
            raise CalendarRefused(reason, line=line, row=row)
        yield HolidayDay(day, mark == "班", name)


def _span(first: str, last: str, line: int, row: str) -> list[date]:
    try:
        start, end = date.fromisoformat(first), date.fromisoformat(last)
    except ValueError as error:
        raise CalendarRefused(_("日期不存在。"), line=line, row=row) from error
    length = (end - start).days + 1
    if not 1 <= length <= _LONGEST:
        raise CalendarRefused(_("起止日期不对。"), line=line, row=row)
    return [start + timedelta(days=n) for n in range(length)]


def _wrong(day: date, year: int, mark: str) -> str:
    # New Year's holiday may begin, or be made up for, in the December before.
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        return _("%(day)s不在%(year)s年。") % {"day": day.isoformat(), "year": year}
    if mark == "班" and day.weekday() < _SATURDAY:
        return _("%(day)s本来就是工作日。") % {"day": day.isoformat()}
    return ""
