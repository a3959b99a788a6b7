"""The titles and versions on the shelf, kept in the process: which law a name means on a day."""

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from xinfang.legislation.models import Law, Version

RECHECK_SECONDS = 60
_STATE = "中华人民共和国"
_LEADS = re.compile(r"见|和|及|与|或者")


@dataclass(frozen=True)
class Span:
    """One version: from its first day to the day it is no longer in force."""

    id: int
    code: str
    since: date
    until: date | None

    def holds(self, on: date) -> bool:
        return self.since <= on and (self.until is None or on < self.until)


@dataclass(frozen=True)
class Title:
    """One law as the shelf keeps it."""

    id: int
    code: str
    title: str
    names: frozenset[str]
    succeeded_by: int | None
    spans: tuple[Span, ...]

    def on(self, day: date) -> Span | None:
        return next((span for span in self.spans if span.holds(day)), None)


@dataclass(frozen=True)
class Shelf:
    """Replaced whole, so that threads need no lock."""

    titles: dict[int, Title]
    by_name: dict[str, tuple[Title, ...]]

    def find(self, name: str, on: date) -> Title | None:
        """By title, or by what it is also called: the one in force on that day where several are called so."""
        for spelled in _spelled(plain(name)):
            if titles := self.by_name.get(spelled):
                return next((one for one in titles if one.on(on)), titles[0])
        return None


def _spelled(name: str) -> Iterator[str]:
    """The name, and what stands after words that join two: 民法典和信访条例. 陕西省信访条例 is another law."""
    yield name
    for lead in _LEADS.finditer(name):
        yield plain(name[lead.end() :])


class _Process:
    held: Shelf | None = None
    checked = 0.0


def plain(title: str) -> str:
    """Without 《》 and the name of the state."""
    return title.strip(" 　《》").removeprefix(_STATE)


def current() -> Shelf:
    """Another process's import is noticed within RECHECK_SECONDS."""
    now = time.monotonic()
    if _Process.held is None or now - _Process.checked >= RECHECK_SECONDS:
        _Process.held, _Process.checked = _read(), now
    return _Process.held


def forget() -> None:
    """The next `current` reads the database."""
    _Process.held = None


def _read() -> Shelf:
    spans: dict[int, list[Span]] = defaultdict(list)
    for row in Version.objects.order_by("in_force_on"):
        spans[row.law_id].append(Span(row.pk, row.code, row.in_force_on, row.repealed_on))
    titles = {
        law.pk: Title(law.pk, law.code, law.title, frozenset(law.names), law.succeeded_by_id, tuple(spans[law.pk]))
        for law in Law.objects.order_by("pk")
    }
    by_name: dict[str, tuple[Title, ...]] = {}
    for title in titles.values():
        for name in _names(title):
            by_name[name] = (*by_name.get(name, ()), title)
    return Shelf(titles, by_name)


def _names(title: Title) -> Iterator[str]:
    yield title.title
    yield from title.names - {title.title}
