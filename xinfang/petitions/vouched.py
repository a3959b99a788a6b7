"""What the trace last said of what acts change and power or evidence hangs on: for `verify`, which holds the rows to it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from xinfang.deadlines.models import Promise, Shift
from xinfang.documents.models import Rendering, SignedSheet
from xinfang.files.models import Blob
from xinfang.organizations.models import Duty
from xinfang.petitions import belonging, erasure
from xinfang.petitions.codes import Confidentiality, MatterKind
from xinfang.petitions.models import (
    Custodian,
    ErasureRequest,
    Evidence,
    Loan,
    Named,
    Original,
    Petition,
    Proposal,
    Remark,
    Resolution,
)
from xinfang.trace import verify
from xinfang.trace.models import Entry

CUSTODY = ("until", "confirmed_by_id", "confirmed_at")
_LABEL = Remark._meta.label_lower
_ORIGINAL = Original._meta.label_lower
_NAMED, _REQUEST = Named._meta.label_lower, ErasureRequest._meta.label_lower
Custody = tuple[date | None, int | None, datetime | None]


def custody(custodians: Sequence[Custodian]) -> dict[int, Custody]:
    """Nobody keeps the compartment whom no act confirmed, and nobody longer than until an act relieved him."""
    found: dict[int, Custody] = {one.pk: (None, None, None) for one in custodians}
    since = {one.pk: one.since for one in custodians}
    for entry in verify.entries_of("custodian", list(found), ["custodian.confirm", "custodian.relieve"]):
        until, by, at = found[entry.subject_id]
        if entry.act == "custodian.confirm":
            by, at = entry.officer_id, entry.at
        else:
            until = max(since[entry.subject_id], timezone.localdate(entry.at))
        found[entry.subject_id] = (until, by, at)
    return found


_ENTERING = ("petition.receive", "petition.register", "petition.propose", "petition.seal_repeat")
"""The acts that can put a petition under seal; whose hand does them is let in by that."""


DOORS = ("confidentiality", "organ_id")


def doors(petitions: Sequence[Petition]) -> dict[int, tuple[str, int]]:
    """Whose it is, and open or sealed, as the last of these acts left it; an accusation where somebody proposed that it is one.

    Entries tell of a sealed petition only that it is sealed: which of the two seals it was given at first, they do not.
    """
    last: dict[int, Entry] = {}
    organs = {one.pk: one.organ_id for one in petitions}
    for entry in verify.entries_of("petition", list(organs), (*_ENTERING, erasure.ERASED)):
        last[entry.subject_id] = entry
        organs[entry.subject_id] = verify.facts(entry).get("organ", organs[entry.subject_id])
    accused = Proposal.objects.filter(petition__in=list(last), kind=MatterKind.ACCUSATION)
    accusations = set(accused.values_list("petition_id", flat=True))
    rows = {one.pk: one for one in petitions}
    return {
        pk: (_compartment(rows[pk], entry, is_accusation=pk in accusations), organs[pk]) for pk, entry in last.items()
    }


def _compartment(petition: Petition, last: Entry, *, is_accusation: bool) -> str:
    if last.act == erasure.ERASED:
        return Confidentiality.DESTROYED
    if is_accusation:
        return Confidentiality.ACCUSATION_COMPARTMENT
    if last.act != "petition.seal_repeat" and not verify.facts(last).get("sealed"):
        return Confidentiality.NORMAL
    either = (Confidentiality.CONFIDENTIAL, Confidentiality.ACCUSATION_COMPARTMENT)
    return petition.confidentiality if petition.confidentiality in either else Confidentiality.CONFIDENTIAL


NAMING = ("officer_id", "ended_at")


def namings(named: Sequence[Named]) -> dict[int, tuple[int | None, datetime | None]]:
    """Let in by an act that vouches for it, or because his own hand entered or sealed the petition.

    What ended a naming tells the petition and the moment, not whose it was: if no row has it, none that stands is believed.
    """
    petitions = {one.petition_id for one in named}
    vouched, hands, ends = set(), set(), defaultdict(set)
    for entry in verify.entries_of("petition", petitions, (*_ENTERING, "petition.name_officer", "petition.end_naming")):
        vouched.add(verify.named(entry, _NAMED))
        if entry.act in _ENTERING:
            hands.add((entry.subject_id, entry.officer_id))
        elif entry.act == "petition.end_naming":
            ends[entry.subject_id].add(entry.at)
    lost: dict[int, set[datetime | None]] = {pk: set(moments) for pk, moments in ends.items()}
    for pk, ended in Named.objects.filter(petition__in=petitions).values_list("petition_id", "ended_at"):
        lost.get(pk, set()).discard(ended)
    found: dict[int, tuple[int | None, datetime | None]] = {}
    for one in named:
        is_let_in = one.pk in vouched or (one.petition_id, one.officer_id) in hands
        is_told = one.ended_at in ends[one.petition_id]
        ended = one.ended_at if is_told else min(filter(None, lost.get(one.petition_id, ())), default=None)
        found[one.pk] = (one.officer_id if is_let_in else None, ended)
    return found


ERASURE = ("archivist_id", "discipline_id", "told_at", "erase_on", "refused_by_id", "dropped_at", "erased_at")
_OF_ERASURE = {f"petition.{verb}_erasure": verb for verb in ("ask", "approve", "refuse", "tell", "drop", "carry_out")}


def erasures(requests: Sequence[ErasureRequest]) -> dict[int, tuple[Any, ...]]:
    """Who approved, when he was told and what came of it. A petition has one open request at a time: what follows is of that."""
    found: dict[int, dict[str, Any]] = {one.pk: dict.fromkeys(ERASURE) for one in requests}
    asked: dict[int, int] = {}
    for entry in verify.entries_of("petition", {one.petition_id for one in requests}, _OF_ERASURE):
        if entry.act == "petition.ask_erasure":
            asked[entry.subject_id] = verify.named(entry, _REQUEST)
        elif (said := found.get(asked.get(entry.subject_id, 0))) and verify.is_ours(entry):
            said |= _erasure_told(entry)
    return {pk: tuple(said.values()) for pk, said in found.items()}


def _erasure_told(entry: Entry) -> dict[str, Any]:
    match _OF_ERASURE[entry.act]:
        case "approve":
            return {"archivist_id" if entry.post == Duty.ARCHIVIST else "discipline_id": entry.officer_id}
        case "refuse":
            return {"refused_by_id": entry.officer_id}
        case "tell":
            return {"told_at": entry.at, "erase_on": timezone.localdate(entry.at) + erasure.WAIT}
        case "drop":
            return {"dropped_at": entry.at}
    return {"erased_at": entry.at}


def last_days(promises: Sequence[Promise]) -> dict[int, tuple[date]]:
    """As the last shift left it, or as the entry says that started its clock.

    Those of a sealed petition tell no day, nor do those whose clock some other way was started: then only a shift is held to.
    """
    shifts = Shift.objects.filter(promise__in=promises).order_by("pk").values_list("promise_id", "due_after")
    found: dict[int, tuple[date]] = {pk: (day,) for pk, day in shifts}
    wanted = [one for one in promises if one.pk not in found]
    by_kind: dict[str, set[int]] = defaultdict(set)
    for one in wanted:
        by_kind[one.subject].add(one.subject_id)
    petitions = {kind: belonging.of_subjects(kind, ids) for kind, ids in by_kind.items()}
    told = _days_told({pk for known in petitions.values() for pk in known.values()})
    for one in wanted:
        petition = petitions[one.subject].get(one.subject_id, 0)
        if days := told.get((petition, one.started_at, one.clock)):
            found[one.pk] = (one.due_on if one.due_on in days else min(days),)
    return found


def _days_told(petitions: set[int]) -> dict[tuple[int, datetime, str], set[date]]:
    """By petition, moment and clock."""
    told: dict[tuple[int, datetime, str], set[date]] = defaultdict(set)
    for kind, part_of in belonging.parts_of(petitions).items():
        for entry in Entry.objects.filter(subject_kind=kind, subject_id__in=list(part_of), facts__has_key="due"):
            due = verify.facts(entry).get("due")
            for clock, day in due.items() if isinstance(due, dict) else ():
                told[part_of[entry.subject_id], entry.at, clock].add(date.fromisoformat(day))
    return told


def destroyed(blobs: Sequence[Blob]) -> dict[str, tuple[None]]:
    """No file is gone that a petition still has, which nobody destroyed."""
    gone = [blob.pk for blob in blobs]
    either = Q(original__in=gone) | Q(copy__in=gone)
    pairs = [
        *Evidence.objects.filter(either).exclude(petition__key_wrapped=b"").values_list("original", "copy"),
        *SignedSheet.objects.filter(either).exclude(paper__data=b"").values_list("original", "copy"),
        *Rendering.objects.filter(blob__in=gone).exclude(paper__data=b"").values_list("blob"),
    ]
    return {address: (None,) for pair in pairs for address in pair}


def resolvable() -> QuerySet[Petition]:
    """化解: those that are said to be over, and those of which somebody once said so."""
    told = Exists(Resolution.objects.filter(petition=OuterRef("pk")))
    return Petition.objects.filter(Q(resolved_at__isnull=False) | Q(told)).only("pk", "resolved_at")


def resolutions(petitions: Sequence[Petition]) -> dict[int, tuple[datetime | None]]:
    """Nothing is over that no act found so, nor what was opened again (domain C7)."""
    found: dict[int, tuple[datetime | None]] = {one.pk: (None,) for one in petitions}
    for entry in verify.entries_of("petition", list(found), ["petition.resolve", "petition.reopen"]):
        found[entry.subject_id] = (entry.at if entry.act == "petition.resolve" else None,)
    return found


def returns(loans: Sequence[Loan]) -> dict[int, tuple[datetime | None]]:
    """When the originals came back."""
    petitions = dict(Original.objects.filter(loans__in=loans).values_list("pk", "petition_id"))
    lent = Loan.objects.filter(original__in=petitions).only("pk", "original_id", "returned_at")
    return came_back(lent, "original", petitions, by="original.take_back")


def came_back(
    lent: QuerySet[Any], thing: str, petitions: Mapping[int, int], *, by: str
) -> dict[int, tuple[datetime | None]]:
    """When everything came back that was ever lent of these things, whose petitions are known. The entry names the lending.

    One of an earlier release names the thing, whose lendings came back in their order, or, of a sealed petition, neither
    (`road.beside`): then only that something came back at that moment.
    """
    told: dict[int, datetime] = {}
    back: dict[int, list[datetime]] = defaultdict(list)
    unnamed: dict[int, set[datetime]] = defaultdict(set)
    for entry in verify.entries_of("petition", set(petitions.values()), [by]):
        if lending := verify.named(entry, lent.model._meta.label_lower):
            told[lending] = entry.at
        elif thing in verify.facts(entry):
            back[entry.facts[thing]].append(entry.at)
        else:
            unnamed[entry.subject_id].add(entry.at)
    found: dict[int, tuple[datetime | None]] = {}
    for one in lent.order_by("pk"):
        which = getattr(one, f"{thing}_id")
        times, others = back[which], unnamed.get(petitions[which], set())
        if one.pk in told or one.returned_at in others:
            found[one.pk] = (told.get(one.pk, one.returned_at),)
        else:
            found[one.pk] = (times.pop(0) if times else None,)
    return found


def places(originals: Sequence[Original]) -> dict[int, tuple[str]]:
    """As the last remark says that an act vouches for; not once it is erased, nor where an earlier release moved a sealed one."""
    last: dict[int, int] = {}
    unnamed: set[int] = set()
    petitions = {one.petition_id for one in originals}
    for entry in verify.entries_of("petition", petitions, ["original.keep", "original.move"]):
        if original := verify.named(entry, _ORIGINAL) or verify.facts(entry).get("original"):
            last[original] = verify.named(entry, _LABEL)
        else:
            unnamed.add(entry.subject_id)
    told = [one.pk for one in originals if one.pk in last and one.petition_id not in unnamed]
    remarks = Remark.objects.select_related("petition").in_bulk([last[pk] for pk in told])
    kept = {pk: remarks[last[pk]] for pk in told if last[pk] in remarks}
    return {pk: (remark.text,) for pk, remark in kept.items() if remark.petition.key_wrapped}
