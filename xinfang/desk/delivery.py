"""送达 with its receipt: the form and the scan of the signed sheet, both or neither."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk import handed_in
from xinfang.desk.moves import AssignmentMove
from xinfang.desk.page import officer_of
from xinfang.petitions import actions
from xinfang.petitions.models import Assignment, Evidence


class DeliverWithScan(AssignmentMove):
    """The scan is cleaned and sealed before the act begins."""

    def act(self, form: Any) -> HttpResponseBase:
        scans = handed_in.taken_and_stored(form.cleaned_data["scan"], self.petition, field="scan")
        said, by = form.arguments(), officer_of(self.request)
        with transaction.atomic():
            if scans:
                said["scan"] = self._kept(scans[0])
            assert isinstance(self.subject, Assignment)
            actions.deliver(self.subject, **said, by=by, at=timezone.now())
        messages.success(self.request, _("已办理：%(move)s。") % {"move": self._move.label})
        return self._home()

    def _kept(self, scan: handed_in.Stored) -> Evidence:
        by, label = officer_of(self.request), _("送达回证")
        return actions.add_evidence(
            self.petition, file=scan.file, name=scan.name, label=label, by=by, at=timezone.now()
        )
