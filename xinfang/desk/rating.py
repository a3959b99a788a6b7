"""评价 from paper: the form and its scan, both or neither."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk import handed_in
from xinfang.desk.moves import PetitionMove
from xinfang.desk.page import officer_of
from xinfang.documents.codes import serial_of
from xinfang.documents.kinds import PaperKind
from xinfang.documents.queries import latest_of
from xinfang.documents.scans import look_into
from xinfang.files.errors import Unclean, WrongKind
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.models import Evidence


class RateOnPaper(PetitionMove):
    """The scan is cleaned and sealed before the act begins."""

    def act(self, form: Any) -> HttpResponseBase:
        self._refuse_another_form(form.cleaned_data["scan"])
        scans = handed_in.taken_and_stored(form.cleaned_data["scan"], self.petition, field="scan")
        said, by = form.arguments(), officer_of(self.request)
        with transaction.atomic():
            if scans:
                said["scan"] = self._kept(scans[0])
            actions.evaluate(self.petition, **said, by=by, at=timezone.now())
        messages.success(self.request, _("已办理：%(move)s。") % {"move": self._move.label})
        return self._home()

    def _refuse_another_form(self, uploads: Sequence[UploadedFile]) -> None:
        """One that was printed for another petition, or another paper; a form of the county's own bears no code.

        Slow, so before the act.
        """
        ours = latest_of(PaperKind.EVALUATION_FORM, ("petition", self.petition.pk))
        for upload in uploads:
            assert upload.file is not None
            try:
                found = look_into(upload.file).serials
            except (WrongKind, Unclean):
                continue  # a file like any other, refused where that is refused
            if found - ({serial_of(ours.pk)} if ours else set()):
                raise Refused("这不是这一件的评价表：上面的方块码属于另一份文书。请核对后再选。", field="scan")

    def _kept(self, scan: handed_in.Stored) -> Evidence:
        by, label = officer_of(self.request), _("评价表")
        return actions.add_evidence(
            self.petition, file=scan.file, name=scan.name, label=label, by=by, at=timezone.now()
        )
