"""What the trace last said of a file's term, who approved a list, what came back and where it lies: for `verify`."""

from collections.abc import Sequence
from datetime import date, datetime

from xinfang.archives.models import Borrowing, CaseFile, Destruction, FileSeal, Placing, TermSet, Volume
from xinfang.petitions.vouched import came_back
from xinfang.trace import verify

_LABEL = TermSet._meta.label_lower
_SET = ("case_file.bind", "case_file.set_term")
_HANDS = {"destruction.approve": 0, "destruction.agree": 1, "destruction.refuse": 2}
HANDS = ("approved_by_id", "agreed_by_id", "refused_by_id")


def terms(files: Sequence[CaseFile]) -> dict[int, tuple[str, date | None]]:
    """As the last row says that an act vouches for."""
    last: dict[int, int] = {}
    for entry in verify.entries_of("petition", [file.petition_id for file in files], _SET):
        last[entry.subject_id] = verify.named(entry, _LABEL)
    rows = TermSet.objects.in_bulk(last.values())
    return {
        file.pk: (rows[last[file.petition_id]].term, rows[last[file.petition_id]].keep_until)
        for file in files
        if last.get(file.petition_id) in rows
    }


def places(volumes: Sequence[Volume]) -> dict[int, tuple[str]]:
    """As the last placing says that an act vouches for. A volume bound before placings were kept is held to none."""
    petitions = dict(Volume.objects.filter(pk__in=[one.pk for one in volumes]).values_list("pk", "file__petition_id"))
    named: list[int] = []
    for entry in verify.entries_of("petition", set(petitions.values()), ["case_file.bind", "volume.move"]):
        named += verify.all_named(entry, Placing._meta.label_lower)
    rows = Placing.objects.in_bulk(named)
    last = {rows[pk].volume_id: rows[pk].place for pk in named if pk in rows}
    return {one.pk: (last[one.pk],) for one in volumes if one.pk in last}


OPENED = ("opened_by_id", "opened_at")


def openings(seals: Sequence[FileSeal]) -> dict[int, tuple[int | None, datetime | None]]:
    """By the entry that names the seal. One of an earlier release named it in its facts, or, of a sealed petition, not at all."""
    found: dict[int, tuple[int | None, datetime | None]] = {one.pk: (None, None) for one in seals}
    files = dict(CaseFile.objects.filter(seals__in=seals).values_list("petition_id", "pk"))
    unnamed: set[tuple[int, int | None, datetime]] = set()
    for entry in verify.entries_of("petition", list(files), ["case_file.open"]):
        if seal := verify.named(entry, FileSeal._meta.label_lower) or verify.facts(entry).get("seal"):
            found[seal] = (entry.officer_id, entry.at)
        else:
            unnamed.add((files[entry.subject_id], entry.officer_id, entry.at))
    opened = {one.pk: (one.opened_by_id, one.opened_at) for one in seals if one.opened_at}
    found |= {one.pk: opened[one.pk] for one in seals if (one.file_id, *opened.get(one.pk, ())) in unnamed}
    return found


def hands(lists: Sequence[Destruction]) -> dict[int, tuple[int | None, ...]]:
    """Whose entries they are. Nobody has approved what no act did."""
    found: dict[int, list[int | None]] = {one.pk: [None, None, None] for one in lists}
    for entry in verify.entries_of("destruction", list(found), _HANDS):
        if entry.act == "destruction.refuse" or verify.is_ours(entry):  # a refusal vouches for its row
            found[entry.subject_id][_HANDS[entry.act]] = entry.officer_id
    return {pk: tuple(officers) for pk, officers in found.items()}


def returns(borrowings: Sequence[Borrowing]) -> dict[int, tuple[datetime | None]]:
    """When the volumes came back."""
    petitions = dict(Volume.objects.filter(borrowings__in=borrowings).values_list("pk", "file__petition_id"))
    lent = Borrowing.objects.filter(volume__in=petitions).only("pk", "volume_id", "returned_at")
    return came_back(lent, "volume", petitions, by="volume.take_back")
