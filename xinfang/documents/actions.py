"""What is done with a paper once it is frozen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from xinfang.documents import seals, wordings
from xinfang.documents.codes import serial_of
from xinfang.documents.house_words import worded
from xinfang.documents.ink import refuse_scan
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import AwaitingInk, Paper, Rendering, SealPicture, SignedSheet, WordingVersion
from xinfang.documents.queries import PRINTED, copies_of
from xinfang.documents.scans import Scan
from xinfang.documents.typesetting import LAYOUT, Printed
from xinfang.documents.wording import refuse_incomplete, refuse_unlabelled
from xinfang.files.models import Blob
from xinfang.files.store import Sealed
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import new_id
from xinfang.foundation.sealing import house_key, seal
from xinfang.organizations.models import Duty, Officer, Unit
from xinfang.organizations.policies import seat_of
from xinfang.trace.acts import act, record
from xinfang.trace.hands import Hand


class ReprintGround(models.TextChoices):
    """Why a paper that was printed is printed once more."""

    DAMAGED = "damaged", _("印坏、污损")
    LOST = "lost", _("遗失")
    COPY = "copy", _("另需副本")


@act
def render(paper: Paper, *, printed: Printed, blob: Blob, key: bytes, by: Hand, at: datetime) -> Rendering:
    """排印: the frozen paper has become a PDF, whose digest stands in an entry of its own."""
    lacking = "".join(printed.lacking).encode()
    row = Rendering(
        paper=paper,
        layout=LAYOUT,
        blob=blob,
        digest=blob.plain_digest_salted,
        pages=printed.pages,
        serial=serial_of(paper.pk),
        lacking=seal(key, lacking, context=f"lacking:{paper.pk}") if lacking else b"",
        rendered_at=at,
    )
    try:
        with transaction.atomic():
            written.insert([blob])
            written.insert([row])
            if seals.waits_for_ink(paper):
                written.insert([AwaitingInk(paper=paper, unit_code=paper.unit_code)])
    except IntegrityError:
        raise Refused("这份文书已经排印。") from None
    record("paper.render", subject=("paper", paper.pk), by=by, at=at, facts={"pages": printed.pages}, rows=[row])
    return row


@act
def print_paper(rendering: Rendering, *, ground: str, by: Officer, at: datetime) -> int:
    """打印: which copy this is. From the second on there is a ground, and the copy is marked."""
    held = Rendering.objects.select_for_update(of=("self",)).select_related("paper").get(pk=rendering.pk)
    if not by.seats:
        raise Refused("您目前没有岗位，不能打印文书。")
    copy = copies_of([held.pk]).get(held.pk, 0) + 1
    if copy > 1 and ground not in ReprintGround.values:
        raise Refused(
            "这份文书已经打印过 %(count)s 次。再打印请选择理由，打出来的会标明是补打。", field="ground", count=copy - 1
        )
    facts = {"copy": copy} | ({"ground": ground} if copy > 1 else {})
    record(PRINTED, subject=("paper", held.pk), by=_hand(held.paper, by), at=at, facts=facts)
    return copy


def _hand(paper: Paper, by: Officer) -> Hand:
    """From the unit that issued it where he sits there."""
    return by.hand(next((one for one in by.seats if one.unit_code == paper.unit_code), by.seats[0]))


@act
def sign_in_ink(
    rendering: Rendering, *, scan: Scan, file: Sealed, is_by_hand: bool, is_another: bool, by: Officer, at: datetime
) -> SignedSheet:
    """盖章件回传: the stamped and signed sheet is attached to its paper, and its signing is closed.

    `is_by_hand`: he compared it himself where no code could be read. `is_another`: an earlier scan was a bad one.
    """
    held = Rendering.objects.select_for_update(of=("self",)).select_related("paper").get(pk=rendering.pk)
    if not by.seats:
        raise Refused("您目前没有岗位，不能回传文书。")
    refuse_scan(held, scan, is_by_hand=is_by_hand)
    earlier = SignedSheet.objects.filter(paper=held.paper).count()
    if earlier and not is_another:
        raise Refused(
            "这份文书的盖章件已经回传过。前一份扫错了的，请打开那份文书，按“回传盖章件”，勾选“再传一份”。",
            field="is_another",
        )
    sheet = SignedSheet(
        paper=held.paper,
        nth=earlier + 1,
        original=file.original,
        copy=file.copy,
        is_by_hand=held.serial not in scan.serials,
        scanned_at=at,
    )
    file.save()
    written.insert([sheet])
    AwaitingInk.objects.filter(paper=held.paper).delete()
    facts = {"nth": sheet.nth, "pages": len(scan.sheets), "by_hand": sheet.is_by_hand}
    record("paper.sign_in_ink", subject=("paper", held.pk), by=_hand(held.paper, by), at=at, facts=facts, rows=[sheet])
    return sheet


@act
def reword(kind: PaperKind, *, texts: Mapping[str, Any], by: Officer, at: datetime) -> WordingVersion:
    """修改模板: papers of this kind are worded so from now on. What was issued keeps its version."""
    hand = by.hand(seat_of(by, (Duty.ADMINISTRATOR,)))
    wording = worded(kind, _trimmed(dict(texts)))
    refuse_incomplete(kind, wording)
    refuse_unlabelled(kind, wording)
    wordings.forget()  # against what the database has, not what this process remembers
    now = wordings.in_force(kind)
    if wording == now.wording:
        raise Refused("文字没有改动。")
    row = WordingVersion(kind=kind, version=max(now.version, wordings.COUNTY) + 1, texts=wording.texts(), worded_at=at)
    try:
        with transaction.atomic():
            written.insert([row])
    except IntegrityError:
        raise Refused("这个模板刚刚由别人改过，请看过以后再改。") from None
    record(
        "wording.reword",
        subject=("wording", row.pk),
        by=hand,
        at=at,
        facts={"kind": kind.value, "version": row.version},
        rows=[row],
    )
    wordings.forget()
    transaction.on_commit(wordings.forget)  # another thread may have read the earlier one meanwhile
    return row


def _trimmed(said: Any) -> Any:
    """Texts, labels by name, names of blanks: each without what surrounds it. The wide space parts the heads of a table."""
    if isinstance(said, dict):
        return {name: _trimmed(one) for name, one in said.items()}
    if isinstance(said, list):
        return [_trimmed(one) for one in said]
    return said.replace("\r\n", "\n").strip()


@act
def declare_seal(unit: Unit, *, picture: bytes, by: Officer, at: datetime) -> SealPicture:
    """登记印章图样: from now on the unit's papers bear it and wait for no ink. It takes the place of the one before."""
    hand = by.hand(seat_of(by, (Duty.ADMINISTRATOR,)))
    drawn = seals.looked_at(picture)
    SealPicture.objects.filter(unit_code=unit.code, withdrawn_at__isnull=True).update(withdrawn_at=at)
    row = SealPicture(id=new_id(), unit_code=unit.code, declared_at=at)
    row.picture = seal(house_key(), drawn, context=f"seal:{row.pk}")
    written.insert([row])
    record("seal.declare_seal", subject=("unit", unit.pk), by=hand, at=at, facts={"unit": unit.code}, rows=[row])
    return row


@act
def withdraw_seal(unit: Unit, *, by: Officer, at: datetime) -> None:
    """停用印章图样: papers are stamped in ink again. Those that bear it keep it."""
    hand = by.hand(seat_of(by, (Duty.ADMINISTRATOR,)))
    if not SealPicture.objects.filter(unit_code=unit.code, withdrawn_at__isnull=True).update(withdrawn_at=at):
        raise Refused("%(unit)s没有登记印章图样。", unit=unit.name)
    record("seal.withdraw_seal", subject=("unit", unit.pk), by=hand, at=at, facts={"unit": unit.code})
