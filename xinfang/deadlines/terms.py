"""Every clock's length, with its article. `term` is the only door: the law's terms come from terms.toml."""

from collections.abc import Iterable
from datetime import date

from xinfang.deadlines import term_file
from xinfang.deadlines.clocks import Clock, Excluded, Exclusion, Extension, Mark, Term

__all__ = [
    "Clock",
    "Excluded",
    "Exclusion",
    "Extension",
    "Mark",
    "Term",
    "packaged",
    "packaged_term",
    "term",
    "use",
    "versions",
]


def _newest_first(terms: Iterable[Term]) -> dict[Clock, tuple[Term, ...]]:
    newest = sorted(terms, key=lambda term: term.since, reverse=True)
    return {clock: tuple(term for term in newest if term.clock == clock) for clock in Clock}


def term(clock: Clock, on: date) -> Term:
    """The version in force on that day; for a day before the first version carried here, the first."""
    versions = _VERSIONS[clock]
    for version in versions:
        if version.since <= on and (version.until is None or on <= version.until):
            return version
    return versions[-1]


def versions(clock: Clock) -> tuple[Term, ...]:
    """All versions carried here, the county's own first, the newest of each first."""
    return _VERSIONS[clock]


def packaged_term(clock: Clock, on: date) -> Term:
    """The version that comes with the system, whatever the county has set."""
    mine = _OF_THE_LAW[clock]
    return next((version for version in mine if version.is_in_force(on)), mine[-1])


def packaged() -> tuple[Term, ...]:
    """The terms that come with the system."""
    return _PACKAGED


def use(local: Iterable[Term]) -> None:
    """The county's own terms go before the packaged ones, for the days they are in force."""
    mine = _newest_first(local)
    # Replaced clock by clock; each assignment is whole, so that threads need no lock.
    for clock, packaged in _OF_THE_LAW.items():
        _VERSIONS[clock] = mine[clock] + packaged


_PACKAGED = term_file.packaged()
_OF_THE_LAW = _newest_first(_PACKAGED)
_VERSIONS: dict[Clock, tuple[Term, ...]] = dict(_OF_THE_LAW)
