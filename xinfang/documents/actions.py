"""What is done with a paper once it is frozen."""

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from xinfang.documents.codes import serial_of
from xinfang.documents.ink import refuse_scan
from xinfang.documents.kinds import PaperKind, wants_ink
from xinfang.documents.models import AwaitingInk, Paper, Rendering, SignedSheet
from xinfang.documents.queries import PRINTED, copies_of
from xinfang.documents.scans import Scan
from xinfang.documents.typesetting import LAYOUT, Printed
from xinfang.files.models import Blob
from xinfang.files.store import Sealed
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import seal
from xinfang.organizations.models import Officer
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
            if wants_ink(PaperKind(paper.kind)):
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
        raise Refused("这份文书的盖章件已经回传过。前一份扫错了的，请勾选“再传一份”。", field="is_another")
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
