"""Files as they were handed in."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import AboutPetition
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Files
from xinfang.desk.handed_in import keep, taken_and_stored
from xinfang.desk.looks import looked
from xinfang.desk.page import draw, officer_of
from xinfang.desk.petitions import seen_by
from xinfang.files import pictures, store
from xinfang.files.errors import Damaged
from xinfang.files.kinds import BY_MEDIA_TYPE, accepted
from xinfang.files.models import Blob
from xinfang.petitions import queries, sight
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Petition
from xinfang.trace.acts import once

# A file from a petitioner is shown in a box of its own: no script, no form, nothing from here.
BOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_safe
def evidence(request: HttpRequest, number: str, evidence: int) -> HttpResponseBase:
    """The copy that units read, or a stamp of it; `?original=1` what was handed in, for those who keep originals."""
    return _file(request, seen_by(request, number, _kind_of(request)), evidence)


@require_safe
def draft_evidence(request: HttpRequest, draft: int, evidence: int) -> HttpResponseBase:
    """The same before there is a number: the scanned letter that is being registered."""
    petition = get_object_or_404(queries.visible_to(officer_of(request)), pk=draft)
    looked(request, petition, _kind_of(request))
    return _file(request, petition, evidence)


def _kind_of(request: HttpRequest) -> LookKind:
    """Its stamps belong to the page that is opened; a file is taken out of it."""
    if request.GET.get("original") == "1":
        return LookKind.ORIGINAL
    return LookKind.OPEN if request.GET.get("small") == "1" else LookKind.FILE


def _file(request: HttpRequest, petition: Petition, evidence: int) -> HttpResponseBase:
    if not sight.reads_text(officer_of(request)):
        raise Http404
    found = get_object_or_404(petition.evidence.select_related("original", "copy"), pk=evidence)
    wants_original = request.GET.get("original") == "1"
    if wants_original and not sight.reads_originals(officer_of(request)):
        raise Http404
    try:
        if request.GET.get("small") == "1" and found.copy.media_type.startswith("image/"):
            return _stamp(found.copy, petition)
        return streamed(
            found.original if wants_original else found.copy, petition, f"{petition.number or petition.pk}-{found.pk}"
        )
    except Damaged as damaged:
        return draw(request, "desk/damaged.html", {"petition": petition, "sentence": damaged.sentence}, status=500)


def _stamp(copy: Blob, petition: Petition) -> HttpResponse:
    """A small picture of the copy, drawn when it is asked for: nothing in clear is kept."""
    plain = BytesIO(b"".join(store.open_blob(copy.address, key=petition.key)))
    headers = {"Content-Security-Policy": BOX, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(pictures.small(plain, copy.media_type), content_type="image/jpeg", headers=headers)


def streamed(blob: Blob, petition: Petition, name: str) -> StreamingHttpResponse:
    """Pictures are shown, everything else is saved; never under the name the file came with."""
    response = StreamingHttpResponse(store.open_blob(blob.address, key=petition.key), content_type=blob.media_type)
    disposition = "inline" if blob.is_picture else "attachment"
    extension = BY_MEDIA_TYPE[blob.media_type].extension
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}.{extension}"'
    response.headers["Content-Length"] = str(blob.size)
    response.headers["Content-Security-Policy"] = BOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class EvidenceForm(DeskForm):
    """Files under one label."""

    label = forms.CharField(
        label=gettext_lazy("材料名称"), max_length=40, help_text=gettext_lazy("例如：房屋照片、合同。不写人名。")
    )
    attachments = Files(label=gettext_lazy("文件"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attachments"].error_messages["required"] = _("请选择文件。")
        self.fields["attachments"].help_text = _("可以一次选几个文件：%(kinds)s。") % {"kinds": accepted()}


class EvidenceAdd(AboutPetition):
    """收材料: what was handed in later."""

    template_name = "desk/evidence_add.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"])
        if not sight.reads_text(officer_of(self.request)):
            raise PermissionDenied(_("您的岗位不收材料。"))

    def form(self, *args: Any, **kwargs: Any) -> EvidenceForm:
        return EvidenceForm(*args, **kwargs)

    def attempt(self, form: forms.Form) -> HttpResponseBase | None:
        """Each file is an act of its own; the first carries the mark of this form."""
        with once(self.token):
            if not form.is_valid():
                return None
            files = taken_and_stored(form.cleaned_data["attachments"], self.petition, field="attachments")
            with transaction.atomic():
                keep(self.request, self.petition, files, label=lambda _n: form.cleaned_data["label"])
        messages.success(self.request, _("材料已收下。"))
        return self._home()

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition}
