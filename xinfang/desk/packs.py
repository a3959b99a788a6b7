"""导出案卷: the whole case as one zip, for a purpose that stands in the trace before the first byte is made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.archives import actions, case, packing, policies
from xinfang.archives.actions.pack import LONGEST_NOTE
from xinfang.archives.models import Pack, PackPurpose
from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Pick, Text
from xinfang.desk.page import officer_of
from xinfang.desk.petitions import seen_by
from xinfang.desk.words import act_label
from xinfang.organizations.models import Officer
from xinfang.petitions import sight
from xinfang.petitions.models import Petition
from xinfang.trace.acts import AlreadyDone, Hand

EVERYTHING = case.Reader(reads_originals=True, reveals=True)


@dataclass(frozen=True)
class Made:
    """A pack that is ready to be written."""

    name: str
    size: int
    pieces: Iterator[bytes]


def make(petition: Petition, *, purpose: PackPurpose, note: str, by: Officer | Hand, at: datetime) -> Made:
    """Asked for, and so in the trace; then read and counted, every file once. Papers and pages speak Chinese."""
    packing.require_signer()
    pack = actions.ask_for_pack(petition, purpose=purpose, note=note, by=by, at=at)
    reader = _reader(by) if isinstance(by, Officer) else EVERYTHING
    with translation.override(settings.LANGUAGE_CODE):
        found = _parts(pack, reader, at)
    return Made(f"{petition.number}.zip", packing.size_of(found), packing.written(found))


def _reader(officer: Officer) -> case.Reader:
    return case.Reader(reads_originals=sight.reads_originals(officer), reveals=sight.may_reveal(officer))


def _parts(pack: Pack, reader: case.Reader, at: datetime) -> list[packing.Part]:
    joined = Petition.objects.select_related("organ", "category", "division")
    read = case.read(joined.get(pk=pack.petition_id), pack, reader, act_label)
    told = _for_eyes(read.told)
    for paper in told["papers"]:
        paper["lines"] = [(label, _joined(value)) for label, value in paper["lines"]]
    page = render_to_string("desk/pack/index.html", {"case": told, "origin": settings.LOG_ORIGIN})
    return packing.parts(read, page.encode(), at=at)


def _joined(value: Any) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list) else str(value)


def _for_eyes(said: Any) -> Any:
    """The same with moments as people write them."""
    if isinstance(said, dict):
        return {name: _for_eyes(value) for name, value in said.items()}
    if isinstance(said, list):
        return [_for_eyes(value) for value in said]
    return _MOMENT.sub(r"\1 \2", said) if isinstance(said, str) else said


_MOMENT = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\d[+-]\d\d:\d\d$")


class PackForm(DeskForm):
    """What for."""

    purpose = Pick(label=gettext_lazy("用途"), choices=PackPurpose.choices)
    note = Text(
        label=gettext_lazy("用途说明"),
        rows=2,
        max_length=LONGEST_NOTE,
        required=False,
        help_text=gettext_lazy("例如：某某法院调卷函的文号。选“其他”的必须写。"),
    )

    def clean_purpose(self) -> PackPurpose:
        return PackPurpose(self.cleaned_data["purpose"])


class PackPage(FormPage):
    """导出案卷."""

    template_name = "desk/pack/ask.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition = seen_by(self.request, kwargs["number"])
        if not policies.packs(officer_of(self.request), self.petition):
            raise PermissionDenied(_("案卷由信访局局长或者保管它的档案员导出。"))

    def form(self, *args: Any, **kwargs: Any) -> PackForm:
        return PackForm(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        made = make(self.petition, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        response = StreamingHttpResponse(made.pieces, content_type="application/zip")
        response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
        response.headers["Content-Length"] = str(made.size)
        return response

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:pack", self.petition.number)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition}
