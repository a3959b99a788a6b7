"""What the trace last said of an officer and of his posts: for `verify`, which holds the rows against it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from xinfang.organizations.models import Officer, Tenure
from xinfang.trace import verify
from xinfang.trace.models import Entry


def active(officers: Sequence[Officer]) -> dict[int, tuple[bool]]:
    """An account is open until its officer has left."""
    left = {entry.subject_id for entry in _left(officer.pk for officer in officers)}
    return {officer.pk: (officer.pk not in left,) for officer in officers}


def untils(tenures: Sequence[Tenure]) -> dict[int, tuple[date | None]]:
    """A tenure has no end but what a cover began with, and what ended it, the tenure it covers, or its officer's service."""
    covered = {one.pk: one for one in Tenure.objects.filter(pk__in=[one.covers_id for one in tenures if one.covers_id])}
    every = [*tenures, *covered.values()]
    began = {entry.subject_id: _day(entry, "last_on") + _A_DAY for entry in _acts("tenure.cover", tenures)}
    ended = defaultdict(list)
    for entry in _acts("tenure.end", every):
        ended[entry.subject_id].append(entry)
    left = defaultdict(list)
    for entry in _left(one.officer_id for one in every):
        left[entry.subject_id].append(entry)
    found: dict[int, tuple[date | None]] = {}
    for one in tenures:
        both = filter(None, (one, covered.get(one.covers_id or 0)))
        ends = [entry for each in both for entry in (*ended[each.pk], *left[each.officer_id])]
        found[one.pk] = (_closed(one, began.get(one.pk), ends),)
    return found


def _closed(tenure: Tenure, until: date | None, ends: list[Entry]) -> date | None:
    """As `Tenure.close` does, time after time."""
    for entry in sorted(ends, key=lambda entry: entry.pk):
        on = _day(entry, "on")
        if until is None or until > on:
            until = max(on, tenure.since)
    return until


_A_DAY = timedelta(days=1)


def _day(entry: Entry, name: str) -> date:
    return date.fromisoformat(entry.facts[name])


def _acts(name: str, tenures: Sequence[Tenure]) -> Iterator[Entry]:
    return verify.entries_of("tenure", {one.pk for one in tenures}, [name])


def _left(officers: Iterator[int]) -> Iterator[Entry]:
    return verify.entries_of("officer", set(officers), ["officer.leave"])
