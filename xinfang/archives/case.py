"""The whole case as one person may take it away: what case.json says (docs/case-pack.md). Reads, decides nothing."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from xinfang.archives import told_after
from xinfang.archives.binding import papers_of
from xinfang.archives.models import Pack
from xinfang.archives.moments import at
from xinfang.documents import printing
from xinfang.documents.elements import TEMPLATES
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper, SignedSheet
from xinfang.documents.papers import parts_of
from xinfang.files.models import Blob
from xinfang.organizations.models import Unit
from xinfang.petitions.models import (
    Answer,
    Assignment,
    Delivery,
    Evidence,
    GatePass,
    Hearing,
    Opinion,
    Original,
    Petition,
    Petitioner,
    ReceiptNote,
    ReviewCase,
)
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace.models import Entry, Place

FORMAT = "xinfang-case-pack/v1"
QUERY_CODE = "query_code"
Label = Callable[[str], str]
"""What an act is called."""


@dataclass(frozen=True)
class Reader:
    """What he who takes it away may read: originals or the copies of units, identities in clear or masked but for names."""

    reads_originals: bool
    reveals: bool


@dataclass(frozen=True)
class Handed:
    """A file as it goes into the pack."""

    name: str
    blob: Blob


@dataclass(frozen=True)
class Case:
    """What is said, the files, and the entries of its trace in the log's order."""

    petition: Petition
    told: dict[str, Any]
    files: tuple[Handed, ...]
    papers: tuple[tuple[str, bytes], ...]
    places: tuple[Place, ...]


def read(petition: Petition, pack: Pack, reader: Reader, label: Label) -> Case:
    """In a fixed number of statements, however long the case is, once its papers are printed; those that are not are set now."""
    evidence = Evidence.objects.filter(petition=petition).select_related("original", "copy").order_by("id")
    handed, files = told_files(evidence, are_originals=reader.reads_originals)
    papers, written, sheets = told_papers(papers_of(petition), petition, pack.asked_at)
    places, waiting = trace_of(petition)
    told = {
        "format": FORMAT,
        "number": petition.number,
        "made": made(pack),
        **_facts(petition),
        "people": [_person(person, reader) for person in Petitioner.objects.filter(petition=petition).order_by("id")],
        "demands": [{"n": one.n, "text": one.text} for one in petition.demands.order_by("n")],
        "receipt_notes": _receipt_notes(petition),
        "assignments": _assignments(petition),
        "notes": told_after.notes(petition),
        "opinions": _opinions(petition, reader),
        "commitments": told_after.commitments(petition),
        "evaluations": told_after.evaluations(petition),
        "calls": told_after.calls(petition),
        "papers": papers,
        "files": files,
        "originals": _originals(petition),
        "trace": [line(place, label) for place in places],
        "waiting": waiting,
    }
    return Case(petition, told, (*handed, *sheets), tuple(written), tuple(places))


def made(pack: Pack) -> dict[str, Any]:
    """When it was asked for, and what for."""
    return {"at": at(pack.asked_at), "purpose": pack.purpose, "purpose_label": str(pack.get_purpose_display())}


def _facts(petition: Petition) -> dict[str, Any]:
    codes = ("status", "confidentiality", "channel", "source", "purpose", "kind", "procedure", "evaluation_status")
    found: dict[str, Any] = {code: getattr(petition, code) for code in codes}
    found |= {f"{code}_label": str(getattr(petition, f"get_{code}_display")()) for code in codes}
    found |= {name: getattr(petition, name) for name in ("title", "summary", "text", "place")}
    found |= {name: getattr(petition, name) for name in ("persons_count", "persons_involved", "is_group", "is_joint")}
    found |= {"organ": petition.organ.name, "petition_date": petition.petition_date.isoformat()}
    found["category"] = petition.category.name if petition.category else ""
    found["division"] = petition.division.name if petition.division else ""
    moments = ("received", "registered", "triaged", "dispatched", "closed", "ended", "archived")
    return found | {f"{word}_at": at(getattr(petition, f"{word}_at")) for word in moments}


def _person(person: Petitioner, reader: Reader) -> dict[str, Any]:
    identity: Identity = person.identity
    if not reader.reveals:
        identity = replace(identity.masked(), name=identity.name)
    return {"role": person.role, "role_label": str(person.get_role_display()), **asdict(identity)}


def _receipt_notes(petition: Petition) -> list[dict[str, Any]]:
    """When it came by what a paper shows; `received_at` is what was entered, and stands."""
    rows = ReceiptNote.objects.filter(petition=petition).select_related("petition").order_by("id")
    return [
        {"shown_at": at(one.shown_at), "proof": one.proof, "reason": one.reason, "noted_at": at(one.noted_at)}
        for one in rows
    ]


def _assignments(petition: Petition) -> list[dict[str, Any]]:
    rows = Assignment.objects.filter(petition=petition).select_related("unit").order_by("id")
    return [
        {
            "unit": one.unit.name,
            "role": one.role,
            "kind": one.kind,
            "status": one.status,
            "status_label": str(one.get_status_display()),
            "received_at": at(one.received_at),
            "accepted_at": at(one.accepted_at),
            "done_at": at(one.done_at),
            "handling_due": one.handling_due.isoformat() if one.handling_due else None,
        }
        for one in rows
    ]


def _opinions(petition: Petition, reader: Reader) -> list[dict[str, Any]]:
    """Those that were issued; a draft is its unit's own."""
    answers: dict[int, list[dict[str, Any]]] = {}
    for answer in Answer.objects.filter(demand__petition=petition).select_related("demand__petition").order_by("id"):
        said = {"demand": answer.demand.n, "text": answer.demand.text, "finding": answer.finding, "basis": answer.basis}
        said |= {"result": answer.result, "result_label": str(answer.get_result_display())}
        answers.setdefault(answer.opinion_id, []).append(said)
    issued = Opinion.objects.filter(assignment__petition=petition, issued_at__isnull=False).order_by("id")
    deliveries = {one.opinion_id: one for one in Delivery.objects.filter(assignment__petition=petition)}
    passes = {
        one.opinion_id: one
        for one in GatePass.objects.filter(opinion__assignment__petition=petition).select_related("opinion__assignment")
    }
    return [
        {
            "issued_at": at(opinion.issued_at),
            "remedy_organ": opinion.remedy_organ,
            "answers": answers.get(opinion.pk, []),
            **_service(deliveries.get(opinion.pk), reader),
            "gate": _gate(passes.get(opinion.pk), petition),
        }
        for opinion in issued
    ]


def _gate(one: GatePass | None, petition: Petition) -> dict[str, Any] | None:
    """Why its head signed it although the reply gate held it back, and whose bases he looked up."""
    if one is None:
        return None
    one.opinion.assignment.petition = petition
    return {"waived": one.waived, "reason": one.reason, "looked_up": one.looked_up}


def _service(delivery: Delivery | None, reader: Reader) -> dict[str, Any]:
    """How it reached him. What proves it may name people and numbers: for whom identities are in clear."""
    if delivery is None:
        return {"delivered_on": None, "mode": "", "mode_label": "", "proof": ""}
    return {
        "delivered_on": delivery.delivered_on.isoformat(),
        "mode": delivery.mode,
        "mode_label": str(delivery.get_mode_display()),
        "proof": delivery.proof if reader.reveals else "",
    }


def _originals(petition: Petition) -> list[dict[str, Any]]:
    rows = Original.objects.filter(petition=petition).select_related("petition").order_by("id")
    return [
        {"barcode": one.barcode, "description": one.description, "sheets": one.sheets, "place": one.place}
        for one in rows
    ]


def told_papers(
    found: list[Paper], petition: Petition, now: datetime
) -> tuple[list[dict[str, Any]], list[tuple[str, bytes]], list[Handed]]:
    """What each says, the papers as files, and the sheets that came back with ink."""
    units = dict(Unit.objects.filter(code__in={paper.unit_code for paper in found}).values_list("code", "name"))
    signed: dict[int, list[SignedSheet]] = {}
    for sheet in SignedSheet.objects.filter(paper__in=found).select_related("original").order_by("nth"):
        signed.setdefault(sheet.paper_id, []).append(sheet)
    told, files, sheets = [], [], []
    for n, paper in enumerate(found, start=1):
        kind, lines = PaperKind(paper.kind), _lines(paper, petition)
        name, body = file_of(paper, petition, n, lines, now)
        files.append((name, body))
        inked = [_inked(paper, n, sheet) for sheet in signed.get(paper.pk, [])]
        sheets += inked
        told.append(
            {
                "file": name,
                "signed": [one.name for one in inked],
                "kind": kind.value,
                "label": str(kind.label),
                "number": paper.number or "",
                "unit": units.get(paper.unit_code, ""),
                "issued_at": at(paper.issued_at),
                "lines": lines,
            }
        )
    return told, files, sheets


def _lines(paper: Paper, petition: Petition) -> list[list[Any]]:
    """But for the query code, which is the petitioner's to give away."""
    parts = parts_of(paper, key=petition.key)
    return [[label, value] for name, label, value in parts if name != QUERY_CODE]


def file_of(paper: Paper, petition: Petition, n: int, lines: list[list[Any]], now: datetime) -> tuple[str, bytes]:
    """The PDF; of a paper that bears the query code its plain slip, without it."""
    name = f"papers/{n:03}-{paper.kind}"
    if QUERY_CODE not in TEMPLATES[PaperKind(paper.kind)].fields:
        printed = getattr(paper, "rendering", None)
        rendering = printed or printing.rendering_of(paper, key=petition.key, at=now)
        return f"{name}.pdf", printing.pdf_of(rendering, key=petition.key)
    said = [str(PaperKind(paper.kind).label), paper.number or "", ""]
    for label, value in lines:
        said += [f"{label}: {part}" for part in (value if isinstance(value, list) else [value])]
    return f"{name}.txt", ("\n".join(said) + "\n").encode()


def _inked(paper: Paper, n: int, sheet: SignedSheet) -> Handed:
    extension = sheet.original.kind.extension.lower()
    return Handed(f"papers/{n:03}-{paper.kind}-signed-{sheet.nth}.{extension}", sheet.original)


def told_files(rows: Iterable[Evidence], *, are_originals: bool) -> tuple[list[Handed], list[dict[str, Any]]]:
    """Under neutral names, with their labels."""
    handed, told = [], []
    for n, one in enumerate(rows, start=1):
        blob = one.original if are_originals else one.copy
        name = f"files/{n:03}.{blob.kind.extension.lower()}"
        handed.append(Handed(name, blob))
        facts = {"label": one.label, "added_at": at(one.added_at), "media_type": blob.media_type, "size": blob.size}
        told.append({"file": name, **facts, "is_original": are_originals})
    return handed, told


def trace_of(petition: Petition) -> tuple[list[Place], int]:
    """Its entries in the log's order, and how many have no place yet."""
    entries = Entry.objects.filter(reduce_or(_subjects(petition)))
    found = list(Place.objects.filter(entry__in=entries).select_related("entry").order_by("n"))
    return found, entries.count() - len(found)


def _subjects(petition: Petition) -> Iterable[Q]:
    yield Q(subject_kind="petition", subject_id=petition.pk)
    rows: tuple[tuple[str, QuerySet[Any]], ...] = (
        ("assignment", Assignment.objects.filter(petition=petition)),
        ("review", ReviewCase.objects.filter(petition=petition)),
        ("hearing", Hearing.objects.filter(petition=petition)),
    )
    for kind, found in rows:
        if ids := list(found.values_list("pk", flat=True)):
            yield Q(subject_kind=kind, subject_id__in=ids)


def reduce_or(conditions: Iterable[Q]) -> Q:
    found = Q()
    for one in conditions:
        found |= one
    return found


def line(place: Place, label: Label) -> dict[str, Any]:
    """An entry as a reader finds it among the files."""
    entry = place.entry
    return {
        "n": place.n,
        "file": f"trace/{place.n:09}.record",
        "act": entry.act,
        "label": label(entry.act),
        "hand": entry.hand,
        "post": entry.post,
        "unit": entry.unit,
        "at": at(entry.at),
        "recorded_at": at(entry.recorded_at),
    }
