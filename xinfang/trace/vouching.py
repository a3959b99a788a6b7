"""What `verify` looks at: each room registers it from its AppConfig, and the trace imports none of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet

Query = Callable[[], QuerySet[Any]]


@dataclass(frozen=True)
class Subject:
    """What a room tells of the subjects of its entries.

    `keys` finds the keys that salt their digests, by id; `state` names the field that the last recorded `to` must equal.
    `born` is the state of a row that no entry of its own has moved yet; without it a row must have had its entry.
    A key that was destroyed is empty: nobody can tell any more what its digests say, and the act `erased` must say why.
    """

    query: Query
    keys: Callable[[Iterable[int]], dict[int, bytes]]
    state: str
    born: str
    erased: str


@dataclass(frozen=True)
class Held:
    """Columns that acts change, and so no `content()` may hold. `said` finds what the entries of some rows last said of
    them, by id; a row that it leaves out is held to nothing.
    """

    query: Query
    columns: tuple[str, ...]
    said: Callable[[Sequence[Any]], dict[Any, tuple[Any, ...]]]


@dataclass(frozen=True)
class Wholes:
    """How it is found of which whole subjects and rows are part, by id: what is part of none is left out."""

    subjects: Callable[[str, Iterable[int]], dict[int, int]]
    rows: Callable[[type[Model], Sequence[Any]], dict[Any, int]]


@dataclass
class Registered:
    """By label of the rows, or by kind of the subjects."""

    rows: dict[str, Query] = field(default_factory=dict)
    each: set[str] = field(default_factory=set)
    held: dict[str, Held] = field(default_factory=dict)
    subjects: dict[str, Subject] = field(default_factory=dict)
    files: list[tuple[Query, Callable[[Any], bool]]] = field(default_factory=list)
    wholes: list[Wholes] = field(default_factory=list)


registered = Registered()


def rows(label: str, query: Query, *, each: bool = False) -> None:
    """Register rows that entries vouch for, from their room's AppConfig. `each`: none may be there that no entry names.

    That is for rows that give power, which are few: what every one is named by is remembered while the entries are read.
    """
    registered.rows[label] = query
    if each:
        registered.each.add(label)


def subjects(
    kind: str,
    query: Query,
    *,
    keys: Callable[[Iterable[int]], dict[int, bytes]],
    state: str,
    born: str = "",
    erased: str = "",
) -> None:
    """Register a kind of subject, from its room's AppConfig."""
    registered.subjects[kind] = Subject(query, keys, state, born, erased)


def held(
    label: str, query: Query, columns: tuple[str, ...], said: Callable[[Sequence[Any]], dict[Any, tuple[Any, ...]]]
) -> None:
    """Register columns that acts change, from their room's AppConfig."""
    registered.held[label] = Held(query, columns, said)


def belonging(
    *,
    subjects: Callable[[str, Iterable[int]], dict[int, int]],
    rows: Callable[[type[Model], Sequence[Any]], dict[Any, int]],
) -> None:
    """Register of which whole a subject and a row are part, from their room's AppConfig: no row may be moved to another."""
    registered.wholes.append(Wholes(subjects, rows))


def files(query: Query, is_whole: Callable[[Any], bool]) -> None:
    """Register rows that stand for files, and how one is looked at."""
    registered.files.append((query, is_whole))


def keys_of(kind: str, ids: Iterable[int]) -> dict[int, bytes]:
    """The keys of these subjects, by id; of a kind that no room registered none."""
    return registered.subjects[kind].keys(ids) if kind in registered.subjects else {}
