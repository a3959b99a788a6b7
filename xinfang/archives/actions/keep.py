"""保管: notes, checks, seals and terms of a file."""

from datetime import datetime

from xinfang.archives import checking, held, policies, retention
from xinfang.archives.checking import Read
from xinfang.archives.models import Borrowing, CaseFile, FileSeal, TermSet, Volume, VolumeCheck, VolumeNote
from xinfang.archives.retention import Term
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, road
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.queries import visible_to
from xinfang.trace.acts import act

LONGEST = 500


@act
def note_volume(volume: Volume, *, text: str, by: Officer, at: datetime) -> VolumeNote:
    """备考表: one more line on what is to be known of the volume."""
    volume = held.volume(volume)
    petition = volume.file.petition
    hand = policies.keeper_of(petition, by)
    note = VolumeNote(volume=volume, officer=by, noted_at=at)
    note.say(_said(text, Refused("请写明情况。", field="text")), petition)
    note.save(force_insert=True)
    road.note("volume.note", petition, by=hand, at=at, rows=[note], volume=volume.pk)
    return note


@act
def check_volume(volume: Volume, read: Read, *, by: Officer, at: datetime) -> VolumeCheck:
    """检查: is everything still there, and as it was bound? What is not is written down. Its files were read before."""
    volume = held.volume(volume)
    petition = volume.file.petition
    hand = policies.keeper_of(petition, by)
    found = checking.problems(volume, petition, read)
    check = VolumeCheck.objects.create(volume=volume, officer=by, checked_at=at, found=found)
    road.note("volume.check", petition, by=hand, at=at, rows=[check], volume=volume.pk, problems=len(check.found))
    return check


@act
def seal_file(file: CaseFile, *, reason: str, by: Officer, at: datetime) -> FileSeal:
    """封存: nothing of it is lent until it is opened."""
    file = held.file(file)
    hand = policies.keeper_of(file.petition, by)
    if file.seals.filter(opened_at__isnull=True).exists():
        raise Refused("案卷已经封存。")
    if Borrowing.objects.filter(volume__file=file, returned_at__isnull=True).exists():
        raise Refused("有卷借出未还，收回以后再封存。")
    seal = FileSeal(file=file, sealed_by=by, sealed_at=at)
    seal.say(_said(reason, Refused("请写明封存的理由。", field="reason")), file.petition)
    seal.save(force_insert=True)
    road.note("case_file.seal", file.petition, by=hand, at=at, rows=[seal])
    return seal


@act
def open_file(file: CaseFile, *, by: Officer, at: datetime) -> FileSeal:
    """启封: by the head of the organ, or another custodian; never by the hand that sealed it."""
    file = held.file(file)
    if not visible_to(by).filter(pk=file.petition_id).exists():
        raise NotYourMove("您看不到这件信访件。")
    hand = policies.approver_of(file.organ_id, file.petition.confidentiality, by)
    seal = file.seals.filter(opened_at__isnull=True).first()
    if seal is None:
        raise Refused("案卷没有封存。")
    if seal.sealed_by_id == by.pk:
        raise Refused("谁封存的，不能由谁启封，请另一位负责人办理。")
    seal.opened_by, seal.opened_at = by, at
    seal.save(update_fields=["opened_by", "opened_at"])
    road.note("case_file.open", file.petition, by=hand, at=at, rows=[seal], seal=seal.pk)
    return seal


@act
def set_term(file: CaseFile, *, term: Term, reason: str, by: Officer, at: datetime) -> TermSet:
    """重新划定保管期限, with a reason (《档案法实施条例》第二十四条). The former one stays on record."""
    file = held.file(file)
    hand = policies.keeper_of(file.petition, by)
    row = TermSet(file=file, term=term, keep_until=retention.until(term, file.ends), officer=by, set_at=at)
    row.say(_said(reason, Refused("请写明重新划定的理由。", field="reason")), file.petition)
    if term == file.term:
        raise Refused("保管期限本来就是%(term)s。", field="term", term=term.label)
    row.save(force_insert=True)
    before, file.term, file.keep_until = file.term, term, row.keep_until
    file.save(update_fields=["term", "keep_until"])
    road.note("case_file.set_term", file.petition, by=hand, at=at, rows=[row], before=before, term=term)
    return row


def _said(text: str, missing: Refused) -> str:
    if not text.strip():
        raise missing
    fitting.refuse_text(text, LONGEST, beside=missing.field)
    return text.strip()
