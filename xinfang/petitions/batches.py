"""一稿多户, read: the drafts that were written together, for whoever drafts or signs in their unit."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.organizations.models import Officer
from xinfang.petitions import reply_gate
from xinfang.petitions.lifecycle import MOVES
from xinfang.petitions.models import Answer, Assignment, Demand, Opinion, SharedDraft
from xinfang.petitions.one_text import OneText
from xinfang.petitions.queries import visible_to
from xinfang.petitions.reply_gate import Draft, Gap

WRITERS = MOVES["assignment.draft_opinion"].duties
SIGNERS = MOVES["assignment.issue_opinion"].duties
_BEFORE = MOVES["assignment.issue_opinion"].start


@dataclass(frozen=True)
class Line:
    """One petition of a batch. `gaps` is what the gate still misses where it waits for the head."""

    shared: SharedDraft
    values: dict[str, str]
    is_waiting: bool
    gaps: tuple[Gap, ...] = ()
    paper: str = ""

    @property
    def opinion(self) -> Opinion:
        return self.shared.opinion

    @property
    def assignment(self) -> Assignment:
        return self.shared.opinion.assignment

    @property
    def cells(self) -> list[str]:
        return list(self.values.values())


def writes(officer: Officer) -> bool:
    """Whether his duty drafts opinions or signs them."""
    return any(seat.duty in WRITERS | SIGNERS for seat in officer.seats)


def batches(officer: Officer) -> QuerySet[SharedDraft]:
    """The first draft of each batch of his units."""
    return _his(officer).filter(n=1)


def of_batch(officer: Officer, batch: int) -> QuerySet[SharedDraft]:
    """All of one, in their order; each with whether it is still the latest draft."""
    latest = Opinion.objects.filter(assignment=OuterRef("opinion__assignment")).order_by("-id").values("id")[:1]
    rows = _his(officer).filter(batch=batch).annotate(latest=Subquery(latest))
    return rows.order_by("n")


def _his(officer: Officer) -> QuerySet[SharedDraft]:
    units = {seat.unit_id for seat in officer.seats if seat.duty in WRITERS | SIGNERS}
    seen = Exists(visible_to(officer).filter(pk=OuterRef("opinion__assignment__petition")))
    rows = SharedDraft.objects.select_related("opinion__assignment__petition__organ", "opinion__assignment__unit")
    return rows.filter(seen, opinion__assignment__unit_id__in=units)


def is_waiting(shared: SharedDraft) -> bool:
    """Not signed, not written anew, and its petition still where an opinion is signed."""
    assignment, latest = shared.opinion.assignment, getattr(shared, "latest", shared.opinion_id)
    return not shared.opinion.issued_at and latest == shared.opinion_id and assignment.status in _BEFORE


def counted(batch_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """By batch: how many there are, and how many of them were signed."""
    issued = Count("pk", filter=Q(opinion__issued_at__isnull=False))
    found = (
        SharedDraft.objects.filter(batch__in=list(batch_ids)).values("batch").annotate(all=Count("pk"), issued=issued)
    )
    return {row["batch"]: (row["all"], row["issued"]) for row in found}


def lines(rows: Sequence[SharedDraft], *, on: date) -> list[Line]:
    """A handful of statements, however many there are."""
    waiting = [row for row in rows if is_waiting(row)]
    gaps = dict(zip([row.pk for row in waiting], _gaps(waiting, on), strict=True))
    papers = _papers(rows)
    return [
        Line(
            row,
            values_of(row),
            row.pk in gaps,
            tuple(gaps.get(row.pk, ())),
            papers.get(row.opinion.assignment_id, "") if row.opinion.issued_at else "",
        )
        for row in rows
    ]


def _gaps(rows: Sequence[SharedDraft], on: date) -> list[list[Gap]]:
    if not rows:
        return []
    demands = _by(Demand.objects.filter(petition__in=[_petition(row) for row in rows]).order_by("n"), "petition_id")
    answers = _by(Answer.objects.filter(opinion__in=[row.opinion_id for row in rows]), "opinion_id")
    for row in rows:  # words may be sealed, and their key is the petition's
        for demand in demands.get(_petition(row), []):
            demand.petition = row.opinion.assignment.petition
        of_his = {demand.pk: demand for demand in demands.get(_petition(row), [])}
        for answer in answers.get(row.opinion_id, []):
            answer.demand = of_his[answer.demand_id]
    drafts = [
        Draft(demands.get(_petition(row), []), answers.get(row.opinion_id, []), row.opinion.remedy_organ)
        for row in rows
    ]
    return reply_gate.gaps_of_many(drafts, reply_gate.right_organs(rows[0].opinion.assignment.unit), on=on)


def _petition(row: SharedDraft) -> int:
    return row.opinion.assignment.petition_id


def _by(rows: QuerySet, field: str) -> dict[int, list]:  # type: ignore[type-arg]
    found: dict[int, list] = {}  # type: ignore[type-arg]
    for row in rows:
        found.setdefault(getattr(row, field), []).append(row)
    return found


def _papers(rows: Sequence[SharedDraft]) -> dict[int, str]:
    """The number of the paper that was frozen last for each unit's work."""
    ids = [row.opinion.assignment_id for row in rows if row.opinion.issued_at]
    if not ids:
        return {}
    papers = Paper.objects.filter(kind=PaperKind.HANDLING_OPINION, subject_kind="assignment", subject_id__in=ids)
    return {pk: str(number) for pk, number in papers.order_by("id").values_list("subject_id", "number")}


def values_of(row: SharedDraft) -> dict[str, str]:
    """What stands for each place here, in the order of the text."""
    try:
        said = json.loads(row.differences)
    except ValueError:
        return {}
    return {str(name): str(value) for name, value in said.items()} if isinstance(said, dict) else {}


def text_of(rows: Sequence[SharedDraft]) -> OneText:
    return OneText.read(rows[0].text) if rows else OneText({})
