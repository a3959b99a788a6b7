"""信访人自己的材料包: what he wrote, handed in and was given, and how it went, as he reads it himself. Nothing of the office's.

The same zip as a case pack, with less in it (docs/case-pack.md).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from xinfang.archives import case
from xinfang.archives.binding import papers_of
from xinfang.archives.models import Pack
from xinfang.archives.moments import at
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.petitions import progress, slip_codes
from xinfang.petitions.models import Delivery, Petition, Petitioner, ReviewCase
from xinfang.petitions.telling import NEWS
from xinfang.trace.models import Place

HIS = NEWS | {
    PaperKind.REGISTRATION_FORM,
    PaperKind.REVIEW_APPLICATION,
    PaperKind.SETTLEMENT_AGREEMENT,
    PaperKind.EVALUATION_FORM,
    PaperKind.WITHDRAWAL,
}
"""Handed to him or sent, or his own; an opinion when it was served."""
SERVED = {
    "assignment": frozenset({PaperKind.HANDLING_OPINION}),
    "review": frozenset({PaperKind.REVIEW_OPINION, PaperKind.FINAL_REVIEW_OPINION}),
}


def read(petition: Petition, pack: Pack, label: case.Label, *, today: date) -> case.Case:
    """Names masked as everywhere: whoever holds the slip has read them on it, and other people's are not his."""
    reading = progress.of(petition, today=today)
    his = _papers(petition)
    files = list(slip_codes.handed_in().filter(petition=petition).select_related("original", "copy").order_by("id"))
    papers, written, sheets = case.told_papers(his, petition, pack.asked_at)
    handed, told_files = case.told_files(files, are_originals=True)
    places, waiting = case.trace_of(petition)
    mine = [
        place
        for place in places
        if _vouches(place, {*_ids("documents.paper", his), *_ids("petitions.evidence", files)})
    ]
    told = {
        "format": case.FORMAT,
        "scope": "own",
        "number": petition.number,
        "made": case.made(pack),
        **_facts(petition),
        "state": reading.state,
        "people": [_person(person) for person in Petitioner.objects.filter(petition=petition).order_by("id")],
        "demands": [_claim(one) for one in reading.claims],
        "steps": [{"on": step.on.isoformat(), "text": step.text} for step in reading.steps],
        "papers": papers,
        "files": told_files,
        "trace": [case.line(place, label) for place in mine],
        "waiting": waiting,
    }
    return case.Case(petition, told, (*handed, *sheets), tuple(written), tuple(mine))


def _papers(petition: Petition) -> list[Paper]:
    served = _served(petition)
    found = [paper for paper in papers_of(petition) if paper.data and _is_his(paper, served)]
    if petition.is_public_to_petitioner:
        return found
    return [paper for paper in found if paper.kind == PaperKind.REGISTRATION_FORM]


def _served(petition: Petition) -> dict[str, set[int]]:
    """What has reached him: the work with whose opinion he was served, and the reviews."""
    deliveries = Delivery.objects.filter(assignment__petition=petition).values_list("assignment", flat=True)
    reviews = ReviewCase.objects.filter(petition=petition, delivered_at__isnull=False).values_list("pk", flat=True)
    return {"assignment": set(deliveries), "review": set(reviews)}


def _is_his(paper: Paper, served: dict[str, set[int]]) -> bool:
    if paper.kind in SERVED.get(paper.subject_kind, ()):
        return paper.subject_id in served[paper.subject_kind]
    return paper.kind in HIS


def _ids(label: str, rows: Iterable[Any]) -> set[tuple[str, int]]:
    return {(label, row.pk) for row in rows}


def _vouches(place: Place, rows: set[tuple[str, int]]) -> bool:
    """An entry of his own hand, of the registration, or one that covers what is in the pack."""
    entry = place.entry
    if entry.hand == "petitioner" or entry.act == "petition.register":
        return True
    return any((label, pk) in rows for label, pk in entry.facts.get("rows", ()))


def _facts(petition: Petition) -> dict[str, Any]:
    return {
        "organ": petition.organ.name,
        "title": petition.title,
        "text": petition.text,
        "place": petition.place,
        "division": petition.division.name if petition.division else "",
        "channel": petition.channel,
        "channel_label": str(petition.get_channel_display()),
        "petition_date": petition.petition_date.isoformat(),
        "received_at": at(petition.received_at),
        "registered_at": at(petition.registered_at),
    }


def _person(person: Petitioner) -> dict[str, Any]:
    return {"role": person.role, "role_label": str(person.get_role_display()), "name": person.masked.name}


def _claim(one: progress.Claim) -> dict[str, Any]:
    said = {"n": one.n, "text": one.text, "result": str(one.result), "finding": one.finding, "basis": one.basis}
    return {**said, "promised": _promised(one.promised)}


def _promised(one: progress.Promised | None) -> dict[str, Any] | None:
    """As his status page tells it."""
    if one is None:
        return None
    return {"what": one.what, "unit": one.unit, "due_on": one.due.isoformat(), "state": one.state}


def for_eyes(told: dict[str, Any]) -> dict[str, Any]:
    """The same with each line of a paper as one text, for the page that lies in the pack."""
    papers = [{**one, "lines": [(label, _joined(value)) for label, value in one["lines"]]} for one in told["papers"]]
    return {**told, "papers": papers}


def _joined(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)
