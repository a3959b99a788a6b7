"""注明收到时间: both times side by side; what was entered stands, and so does every last day."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk.corrected import may_ask, receipts
from xinfang.desk.form_page import AboutPetition
from xinfang.desk.forms.corrections import AnnotateReceipt
from xinfang.desk.page import officer_of
from xinfang.desk.petitions import seen_by
from xinfang.desk.words import moment
from xinfang.petitions import actions, sight


class AnnotateReceiptPage(AboutPetition):
    """The time that a paper shows, with the paper and the reason."""

    template_name = "desk/receipt_note.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"])
        officer = officer_of(self.request)
        if not may_ask(officer, self.petition) or not sight.reads_text(officer):
            raise PermissionDenied(_("收到时间由登记该件的机构注明。"))

    def form(self, *args: Any, **kwargs: Any) -> AnnotateReceipt:
        return AnnotateReceipt(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        by, at = officer_of(self.request), timezone.now()
        actions.annotate_receipt(self.petition, **form.cleaned_data, by=by, at=at)
        messages.success(self.request, _("已注明。登记的收到时间和各项期限不变。"))
        return self._home()

    def context(self, form: forms.Form) -> dict[str, Any]:
        entered = [(_("登记的收到时间"), moment(self.petition.received_at))]
        times = [(_("登记时间"), moment(self.petition.registered_at))]
        return {"petition": self.petition, "facts": entered + times, "notes": receipts(self.petition)}
