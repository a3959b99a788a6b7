"""复查申请书 and 上级意见书: what came on paper, entered with its scan, both or neither."""

from typing import Any, ClassVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk import handed_in
from xinfang.desk.moves import MovePage, PetitionMove, ReviewMove
from xinfang.desk.page import officer_of
from xinfang.petitions import actions


class OnPaper(MovePage):
    """The scan is cleaned and sealed before the act begins."""

    label: ClassVar[str | Lazy] = ""

    def act(self, form: Any) -> HttpResponseBase:
        scans = handed_in.taken_and_stored(form.cleaned_data["scan"], self.petition, field="scan")
        said, by = form.arguments(), officer_of(self.request)
        with transaction.atomic():
            for scan in scans:
                said["scan"] = actions.add_evidence(
                    self.petition, file=scan.file, name=scan.name, label=str(self.label), by=by, at=timezone.now()
                )
            getattr(actions, self.verb.partition(".")[2])(self.subject, **said, by=by, at=timezone.now())
        messages.success(self.request, _("已办理：%(move)s。") % {"move": self._move.label})
        return self._home()


class ApplyOnPaper(OnPaper, PetitionMove):
    """申请复查、复核, from the petitioner's paper."""

    label = gettext_lazy("复查（复核）申请书")


class WithdrawOnPaper(OnPaper, ReviewMove):
    """申请撤回复查、复核, from the petitioner's paper."""

    label = gettext_lazy("复查（复核）撤回申请")


class RecordOnPaper(OnPaper, ReviewMove):
    """录入上级复查、复核结果."""

    label = gettext_lazy("上级复查（复核）意见书")
