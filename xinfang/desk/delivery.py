"""送达 with its receipt: the form and the scan of the signed 送达回证, both or neither."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk import handed_in, ink
from xinfang.desk.moves import AssignmentMove, MovePage, ReviewMove
from xinfang.desk.page import officer_of
from xinfang.documents import actions as papers
from xinfang.documents import printing, scans
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper, Rendering, SignedSheet
from xinfang.documents.queries import latest_of
from xinfang.documents.scans import Scan
from xinfang.files.errors import Unclean, WrongKind
from xinfang.files.store import Sealed
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.models import Evidence


@dataclass(frozen=True)
class Signed:
    """The scan as the sheet of the 送达回证 that we printed."""

    rendering: Rendering
    scan: Scan
    file: Sealed


class Served(MovePage):
    """What the pages of 送达 share, of an opinion and of an opinion on review: its 送达回证, and the scan that comes back."""

    def receipt(self) -> Paper | None:
        """None of what was issued before there was one."""
        return latest_of(PaperKind.DELIVERY_RECEIPT, (self.verb.partition(".")[0], self.subject.pk))

    def about_receipt(self) -> dict[str, Any]:
        receipt = self.receipt()
        is_back = bool(receipt) and SignedSheet.objects.filter(paper=receipt).exists()
        return {"receipt": receipt, "is_back": is_back}

    def signed(self, uploads: Sequence[UploadedFile], *, is_by_hand: bool) -> Signed | None:
        """By its code; where none can be read he who chose it says that he compared it. Slow, so before the act."""
        receipt, file = self.receipt(), uploads[0].file if uploads else None
        if not (file and receipt):
            return None
        try:
            scan = scans.look_into(file)
        except (WrongKind, Unclean) as refused:
            raise Refused("回证扫描件要是 PDF 或者照片，能够打开的。请重新扫描再选。", field="scan") from refused
        rendering = printing.rendering_of(receipt, key=self.petition.key, at=timezone.now())
        if scan.serials - {rendering.serial}:
            raise Refused("这不是这件的送达回证：上面的方块码属于另一份文书。请核对后再选。", field="scan")
        if not (scan.serials or is_by_hand):
            raise Refused(
                "读不出方块码，不能认定是这件签好的送达回证。请重新扫描，不要遮住右上角；确认就是这一张的，重新选择文件并勾选“我已核对”。",
                field="scan",
            )
        return Signed(rendering, scan, ink.sealed(self.petition, scan))

    def kept(self, files: Sequence[handed_in.Stored], signed: Signed | None) -> Evidence | None:
        """Inside the act: among the files of the petition, and as the signed sheet of its paper."""
        by, at = officer_of(self.request), timezone.now()
        if signed:
            papers.sign_in_ink(
                signed.rendering,
                scan=signed.scan,
                file=signed.file,
                is_by_hand=not signed.scan.serials,
                is_another=True,
                by=by,
                at=at,
            )
        if not files:
            return None
        return actions.add_evidence(
            self.petition, file=files[0].file, name=files[0].name, label=_("送达回证"), by=by, at=at
        )

    def act(self, form: Any) -> HttpResponseBase:
        """The scan is cleaned and sealed before the act begins."""
        uploads = form.cleaned_data["scan"]
        signed = self.signed(uploads, is_by_hand=form.cleaned_data["is_by_hand"])
        files = handed_in.taken_and_stored(uploads, self.petition, field="scan")
        verb = getattr(actions, self.verb.partition(".")[2])
        with transaction.atomic():
            scan = self.kept(files, signed)
            verb(self.subject, **form.arguments(), scan=scan, by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("已办理：%(move)s。") % {"move": self._move.label})
        return self._home()

    def context(self, form: Any) -> dict[str, Any]:
        return {**super().context(form), **self.about_receipt()}


class DeliverOpinion(Served, AssignmentMove):
    """送达."""


class DeliverReview(Served, ReviewMove):
    """送达复查、复核意见."""
