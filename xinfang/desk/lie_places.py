"""Where a lie is: of each place that a verification names the act and, to whoever may know of it, the petition and the hand."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from xinfang.desk.words import act_label, hand_label, unit_names
from xinfang.organizations.models import Officer
from xinfang.petitions import belonging
from xinfang.petitions.queries import visible_to
from xinfang.trace import lie_words
from xinfang.trace.models import Place

MOST = 20
Subject = tuple[str, int]


@dataclass(frozen=True)
class Spot:
    """A place of the trace, or a row without one. Of a petition he may not know of nothing more is told than what is public."""

    number: str
    n: int = 0
    act: str = ""
    who: str = ""
    at: datetime | None = None


def spots(lie: str, officer: Officer) -> list[Spot]:
    """In the order in which the sentence names them, in a fixed number of statements."""
    places = list(Place.objects.filter(n__in=lie_words.places_named(lie)[:MOST]).select_related("entry").order_by("n"))
    rows = lie_words.subjects_named(lie)[:MOST]
    numbers = _numbers([*((one.entry.subject_kind, one.entry.subject_id) for one in places), *rows], officer)
    units = unit_names(one.entry.unit for one in places)
    found = [_spot(one, numbers, units) for one in places]
    return found + [Spot(numbers[row]) for row in rows if row in numbers]


def _spot(place: Place, numbers: Mapping[Subject, str], units: Mapping[str, str]) -> Spot:
    entry = place.entry
    number = numbers.get((entry.subject_kind, entry.subject_id), "")
    if not number:
        return Spot("", place.n, act_label(entry.act))
    return Spot(number, place.n, act_label(entry.act), hand_label(entry, units), entry.at)


def _numbers(subjects: Iterable[Subject], officer: Officer) -> dict[Subject, str]:
    """Of those that are part of a petition he may know of."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in subjects:
        by_kind[kind].add(pk)
    part_of = {
        (kind, pk): whole for kind, ids in by_kind.items() for pk, whole in belonging.of_subjects(kind, ids).items()
    }
    seen = dict(visible_to(officer).filter(pk__in=set(part_of.values())).values_list("pk", "number"))
    return {subject: number for subject, whole in part_of.items() if (number := seen.get(whole))}
