"""销毁: the archivist proposes, the head of the organ approves, the discipline organ agrees; two hands carry it out."""

from collections.abc import Sequence
from datetime import date, datetime

from django.utils import timezone

from xinfang.archives import numbering, policies
from xinfang.archives.models import CaseFile, Destruction, DestructionLine, Refusal
from xinfang.archives.queries import destructions, files, ready
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import actions as petitions
from xinfang.petitions import erasure, fitting
from xinfang.petitions.actions.erase import ErasureGround
from xinfang.petitions.errors import NotYourMove
from xinfang.trace import verify
from xinfang.trace.acts import Hand, act, record

MOST_ON_A_LIST = 200


@act
def propose_destruction(chosen: Sequence[CaseFile], *, reason: str, by: Officer, at: datetime) -> Destruction:
    """提出销毁: a list of files of one organ and one compartment whose term is over."""
    held = _hold(chosen, by)
    hand = _keeper_of_all(held, by)
    _refuse_mixed(held)
    _refuse_unready(held, timezone.localdate(at))
    if not reason.strip():
        raise Refused("请写明鉴定意见。", field="reason")
    first = held[0]
    destruction = fitting.add(
        Destruction,
        organ=first.organ,
        number=numbering.of_list(first.organ, timezone.localdate(at).year, first.petition.confidentiality),
        compartment=first.petition.confidentiality,
        reason=reason.strip(),
        proposed_by=by,
        proposed_at=at,
    )
    DestructionLine.objects.bulk_create([_line(destruction, file) for file in held])
    _record("destruction.propose", destruction, hand, at, rows=[destruction], files=len(held))
    return destruction


@act
def approve_destruction(destruction: Destruction, *, by: Officer, at: datetime) -> Destruction:
    """批准: the head of the organ, never who proposed it."""
    destruction = _held(destruction, by, at)
    hand = policies.approver_of(destruction.organ_id, destruction.compartment, by)
    _refuse_ended(destruction)
    if destruction.approved_at:
        raise Refused("销毁清册已经批准。")
    _refuse_same(destruction, by)
    destruction.approved_by, destruction.approved_at = by, at
    destruction.save(update_fields=["approved_by", "approved_at"])
    _record("destruction.approve", destruction, hand, at)
    return destruction


@act
def agree_destruction(destruction: Destruction, *, by: Officer, at: datetime) -> Destruction:
    """会签: the discipline organ, after the head's approval."""
    destruction = _held(destruction, by, at)
    hand = policies.discipline_of(by)
    _refuse_ended(destruction)
    if not destruction.approved_at:
        raise Refused("先由本机构负责人批准，再由纪检监察机关同意。")
    if destruction.agreed_at:
        raise Refused("纪检监察机关已经同意。")
    _refuse_same(destruction, by)
    destruction.agreed_by, destruction.agreed_at = by, at
    destruction.save(update_fields=["agreed_by", "agreed_at"])
    _record("destruction.agree", destruction, hand, at)
    return destruction


@act
def refuse_destruction(destruction: Destruction, *, answer: str, by: Officer, at: datetime) -> Destruction:
    """不同意: the list ends, the files go back to the shelf."""
    destruction = _held(destruction, by, at)
    may_head = policies.may_approve(by, destruction.organ_id, destruction.compartment)
    hand = (
        policies.approver_of(destruction.organ_id, destruction.compartment, by)
        if may_head
        else policies.discipline_of(by)
    )
    _refuse_ended(destruction)
    if not answer.strip():
        raise Refused("请写明不同意的理由。", field="answer")
    destruction.answer = answer.strip()
    fitting.refuse(destruction, ["answer"])
    destruction.refused_by, destruction.refused_at = by, at
    destruction.save(update_fields=["answer", "refused_by", "refused_at"])
    _record("destruction.refuse", destruction, hand, at, rows=[Refusal.objects.get(pk=destruction.pk)])
    return destruction


@act
def carry_out(destruction: Destruction, *, witness: Officer, by: Officer, at: datetime) -> Destruction:
    """执行销毁: by two hands. Each petition's key, words and files go; the list, the numbers and the trace stay."""
    destruction = _held(destruction, by, at)
    _refuse_ended(destruction)
    if not (destruction.approved_at and destruction.agreed_at):
        raise Refused("销毁清册要有本机构负责人批准和纪检监察机关同意，才能执行。")
    if not verify.is_as_said(destruction):
        raise Refused("痕迹里没有这份清册的批准和同意，或者与登记的不同，不能执行。请先核验痕迹。")
    if witness.pk == by.pk:
        raise Refused("监销人须是另外一人。", field="witness")
    listed = list(CaseFile.objects.filter(pk__in=destruction.lines.values("file")))
    held = _hold(listed, by)
    hand = _keeper_of_all(held, by)
    _refuse_unready(held, timezone.localdate(at), but=destruction)
    for file in held:
        petitions.erase(file.petition, ground=ErasureGround.RETENTION, by=hand, at=at)
        CaseFile.objects.filter(pk=file.pk).update(destroyed_at=at)
    destruction.witness, destruction.done_at = witness, at
    destruction.save(update_fields=["witness", "done_at"])
    _record("destruction.carry_out", destruction, hand, at, files=len(held), witness=witness.pk)
    return destruction


def _hold(chosen: Sequence[CaseFile], by: Officer) -> list[CaseFile]:
    """Those he may see, locked in one order."""
    if not chosen:
        raise Refused("请先勾选到期的案卷。")
    if len(chosen) > MOST_ON_A_LIST:
        raise Refused("一份清册最多 %(most)s 卷宗。", most=MOST_ON_A_LIST)
    ids = [file.pk for file in chosen]
    rows = files(by).filter(pk__in=ids).select_for_update(of=("self",)).select_related("petition__organ", "organ")
    held = list(rows.order_by("pk"))
    if len(held) != len(set(ids)):
        raise NotYourMove("其中有案卷不对您开放，或者已经销毁。")
    return held


def _keeper_of_all(held: Sequence[CaseFile], by: Officer) -> Hand:
    hand, *_others = [policies.keeper_of(file.petition, by) for file in held]
    return hand


def _held(destruction: Destruction, by: Officer, at: datetime) -> Destruction:
    rows = destructions(by, timezone.localdate(at)).select_for_update(of=("self",))
    found = rows.filter(pk=destruction.pk).first()
    if found is None:
        raise NotYourMove("没有这份销毁清册，或者它不对您开放。")
    return found


def _refuse_mixed(held: Sequence[CaseFile]) -> None:
    if len({file.organ_id for file in held}) > 1:
        raise Refused("一份清册只列一个机构的案卷。")
    if len({file.petition.confidentiality for file in held}) > 1:
        raise Refused("保密件、检举控告件各列一份清册，不和别的案卷放在一起。")


def _refuse_unready(held: Sequence[CaseFile], today: date, but: Destruction | None = None) -> None:
    wanted = [file.pk for file in held]
    fit = set(CaseFile.objects.filter(ready(today, but), pk__in=wanted).values_list("pk", flat=True))
    for file in held:
        if file.pk not in fit:
            raise Refused(
                "%(number)s 现在不能销毁：保管期限未满或者永久保管，已经封存、借出，或者已在另一份清册上。",
                number=file.number,
            )


def _refuse_ended(destruction: Destruction) -> None:
    if destruction.refused_at:
        raise Refused("这份清册没有通过，不能再办。")
    if destruction.done_at:
        raise Refused("这份清册已经执行。")


def _refuse_same(destruction: Destruction, by: Officer) -> None:
    if by.pk in (destruction.proposed_by_id, destruction.approved_by_id):
        raise Refused("提出、批准和同意须是三个人。")


def _line(destruction: Destruction, file: CaseFile) -> DestructionLine:
    bodies = list(file.volumes.all())
    assert file.keep_until is not None
    return DestructionLine(
        destruction=destruction,
        file=file,
        volumes=len(bodies),
        pages=sum(volume.pages for volume in bodies),
        files=len(erasure.files_of(file.petition)),
        keep_until=file.keep_until,
    )


def _record(
    name: str, destruction: Destruction, hand: Hand, at: datetime, rows: Sequence[Destruction] = (), **facts: object
) -> None:
    """A list of a compartment tells no more than that it moved."""
    told = facts if destruction.compartment == "normal" else {}
    record(name, subject=("destruction", destruction.pk), by=hand, at=at, facts=told, rows=rows)
