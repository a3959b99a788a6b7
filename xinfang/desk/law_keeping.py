"""法规库's keeper: a file looked over and imported, a version repealed; then who has to look again."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.laws import ImportLaw, RepealLaw
from xinfang.desk.laws import keeps_laws
from xinfang.desk.page import officer_of
from xinfang.legislation import actions, files, importing
from xinfang.legislation.importing import Plan, Said
from xinfang.legislation.models import Law, Version
from xinfang.trace.acts import AlreadyDone

LOOK = "look"
TYPED = "text.txt"


class LawPage(FormPage):
    """A form for whoever keeps the laws."""

    def prepare(self, **kwargs: Any) -> None:
        if not keeps_laws(self.request):
            raise PermissionDenied(_("法规库由系统管理员维护。"))

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:laws")

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": officer_of(self.request), "at": timezone.now()}


class Import(LawPage):
    """导入: read, shown as it would stand, then done."""

    template_name = "desk/law_import.html"
    planned: Plan | None = None

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return ImportLaw(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        planned = self.planned = _planned(form.cleaned_data)
        if self.request.POST.get("step") == LOOK or form.cleaned_data["file"]:
            return self.shown(_looked_over(form, planned))
        version = importing.carry_out(planned, **self.hand)
        names = {"title": planned.draft.title, "count": len(planned.draft.provisions)}
        messages.success(self.request, _("《%(title)s》的%(count)s条已导入。") % names)
        return redirect("desk:law-citing", version.law.code)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"planned": self.planned}


def _planned(said: dict[str, Any]) -> Plan:
    """From the file if there is one, else from the text that stands on the page."""
    upload = said["file"]
    stream, name = (upload, upload.name) if upload else (BytesIO(said["text"].encode()), TYPED)
    beside = {name: said[name] for name in ("kind", "level", "issuer", "in_force_on", "repealed_on", "replaces")}
    return importing.plan(files.draft_of(stream, name), Said(**beside, succeeds=said["succeeds"]), source=name)


def _looked_over(form: forms.Form, planned: Plan) -> forms.Form:
    """The same form with what was read from the file in its box."""
    data = form.data.copy()  # type: ignore[attr-defined]
    data["text"] = planned.draft.written()
    data["in_force_on"] = planned.in_force_on.isoformat()
    return type(form)(data, auto_id=form.auto_id)


class Repeal(LawPage):
    """废止."""

    template_name = "desk/law_repeal.html"
    law: Law
    version: Version

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.law = get_object_or_404(Law, code=kwargs["law"])
        current = self.law.versions.filter(repealed_on=None).first()
        if current is None:
            raise Http404
        self.version = current

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return RepealLaw(*args, law=self.law, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        successor = Law.objects.filter(code=form.cleaned_data["successor"]).first()
        actions.repeal(self.version, on=form.cleaned_data["on"], successor=successor, **self.hand)
        messages.success(self.request, _("废止日期已写明。下面是引用这部法规、还在办理的信访件。"))
        return redirect("desk:law-citing", self.law.code)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"law": self.law, "version": self.version}
