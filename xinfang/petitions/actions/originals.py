"""原件: keeping the paper, saying where it lies, lending it and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import fitting, road
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import HandingBack, Loan, Original, Petition, Remark
from xinfang.petitions.queries import visible_to
from xinfang.trace.acts import Hand, act, record

KEEPERS = frozenset({Duty.REGISTRAR, Duty.DISPATCHER, Duty.ARCHIVIST, Duty.UNIT_HEAD, Duty.CASE_HANDLER})


@dataclass(frozen=True)
class Kept:
    """What the letter room notes of a paper."""

    barcode: str
    description: str
    place: str
    sheets: int = 1
    postmarked_on: date | None = None
    addressee: str = ""
    has_envelope: bool = False


@act
def keep_original(petition: Petition, kept: Kept, *, by: Officer, at: datetime) -> Original:
    """收存原件: give the paper its sticker and its place."""
    hand = _keeper(petition, by)
    if not kept.barcode.strip():
        raise Refused("请扫描或填写条码。", field="barcode")
    fitting.refuse_text(kept.barcode, None, beside="barcode")
    if Original.objects.filter(barcode=kept.barcode).exists():
        raise Refused("条码 %(barcode)s 已经贴在另一份原件上。", field="barcode", barcode=kept.barcode)
    if kept.postmarked_on and kept.postmarked_on > timezone.localdate(at):
        raise Refused("邮戳日期不能晚于今天。", field="postmarked_on")
    original = fitting.add(Original, petition=petition, kept_at=at, **vars(kept))
    _record("original.keep", original, hand, at, rows=[_place(original, at)])
    return original


@act
def move_original(original: Original, *, place: str, by: Officer, at: datetime) -> Original:
    """移放: the paper lies somewhere else now."""
    hand = _keeper(original.petition, by)
    _refuse_handed_back(original)
    if not place.strip():
        raise Refused("请写明存放位置。", field="place")
    original.place = place
    original.save(update_fields=["place"])
    _record("original.move", original, hand, at, rows=[_place(original, at)])
    return original


@act
def lend_original(original: Original, *, to: Officer, purpose: str, due_on: date, by: Officer, at: datetime) -> Loan:
    """借出: to one officer at a time, with a day by which it comes back."""
    hand = _keeper(original.petition, by)
    original = Original.objects.select_for_update(of=("self",)).select_related("petition").get(pk=original.pk)
    _refuse_handed_back(original)
    if original.loans.filter(returned_at__isnull=True).exists():
        raise Refused("该原件已借出，尚未归还。")
    if original.petition.is_sealed and not visible_to(to).filter(pk=original.petition_id).exists():
        raise Refused("借阅人看不到这件信访件。", field="to")
    if due_on < timezone.localdate(at):
        raise Refused("归还日期不能早于今天。", field="due_on")
    loan = fitting.add(Loan, original=original, borrower=to, purpose=purpose, due_on=due_on, lent_at=at)
    _record("original.lend", original, hand, at, rows=[loan], borrower=to.pk, due_on=due_on.isoformat())
    return loan


@act
def take_back_original(loan: Loan, *, by: Officer, at: datetime) -> Loan:
    """归还."""
    hand = _keeper(loan.original.petition, by)
    loan = Loan.objects.select_for_update(of=("self",)).select_related("original__petition").get(pk=loan.pk)
    if loan.returned_at:
        raise Refused("该原件已经归还。")
    loan.returned_at = at
    loan.save(update_fields=["returned_at"])
    _record("original.take_back", loan.original, hand, at, rows=[loan], borrower=loan.borrower_id)
    return loan


@act
def hand_back_original(original: Original, *, taken_by: str, proof: str, by: Officer, at: datetime) -> HandingBack:
    """退还原件: the petitioner, or whom he sent, takes his paper and signs for it. What is bound in a volume stays there."""
    petition = road.hold_petition(original.petition)
    hand = _keeper(petition, by)
    original = Original.objects.select_for_update(of=("self",)).get(pk=original.pk)
    original.petition = petition
    _refuse_handed_back(original)
    if original.loans.filter(returned_at__isnull=True).exists():
        raise Refused("该原件已借出，收回以后再退还。")
    if petition.status == PetitionStatus.ARCHIVED:
        raise Refused("该件已经归档，原件在案卷里，不能退还；可以给信访人复印。")
    if not taken_by.strip():
        raise Refused("请写明交给了谁；代领的写明与信访人的关系。", field="taken_by")
    if not proof.strip():
        raise Refused("请写明怎样签收的：签名、手印；没有签的写见证人。", field="proof")
    row = fitting.add(HandingBack, original=original, taken_by=taken_by, proof=proof, handed_at=at)
    _record("original.hand_back", original, hand, at, rows=[row])
    return row


def _refuse_handed_back(original: Original) -> None:
    if HandingBack.objects.filter(original=original).exists():
        raise Refused("该原件已经退还信访人。")


def _place(original: Original, at: datetime) -> Remark:
    """Where it lies from now on, in a row of its own: what was written by hand stays out of the trace."""
    return fitting.add(Remark, petition=original.petition, act="original.place", text=original.place, made_at=at)


def _keeper(petition: Petition, by: Officer) -> Hand:
    seat = seat_of(by, KEEPERS, unit_id=petition.organ_id)
    road.refuse_sealed(petition, by)
    return by.hand(seat)


def _record(
    name: str,
    original: Original,
    hand: Hand,
    at: datetime,
    *,
    rows: Sequence[HandingBack | Loan | Remark] = (),
    **facts: object,
) -> None:
    """Each vouches for the original once more: so `verify` knows which it was where the facts of a sealed one do not tell."""
    subject = ("petition", original.petition_id)
    facts = road.beside(original.petition, original=original.pk, **facts)
    record(name, subject=subject, by=hand, at=at, facts=facts, rows=[original, *rows], key=original.petition.key)
