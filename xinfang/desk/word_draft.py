"""在 Word 里写处理意见: the draft goes out as a file with a field for every answer, and comes back into the form."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk import drafts
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.moves import FORMS
from xinfang.desk.looks import looked
from xinfang.desk.moves import AssignmentMove
from xinfang.desk.page import officer_of
from xinfang.documents import word
from xinfang.documents.word import Block, Field
from xinfang.files import kinds
from xinfang.foundation.errors import Refused
from xinfang.petitions.codes import LookKind

LARGEST = 5 * 1024 * 1024


class WordForm(DeskForm):
    """The file that was written on."""

    file = forms.FileField(label=gettext_lazy("写好的 Word 文件"))

    def panel(self) -> dict[str, Any]:
        return {}


class WordDraft(AssignmentMove):
    """Whoever may draft the opinion takes it out and brings it back; nothing is an act until the form is sent."""

    verb = "assignment.draft_opinion"
    template_name = "desk/assignments/word.html"
    keeps_drafts = False

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if "docx" not in request.GET:
            return super().get(request, **kwargs)
        self.prepare(**kwargs)
        return self.closed() or self._file()

    def form(self, *args: Any, **kwargs: Any) -> WordForm:  # type: ignore[override]
        return WordForm(*args, **kwargs)

    def attempt(self, form: forms.Form) -> HttpResponseBase | None:
        if closed := self.closed():
            return closed
        return self.act(form) if form.is_valid() else None

    def act(self, form: Any) -> HttpResponseBase:
        """Its words stand in the form as if they had been typed there; the officer reads them once more and sends it."""
        officer, file = officer_of(self.request), form.cleaned_data["file"]
        if file.size > LARGEST or kinds.kind_of(file.read(kinds.HEAD), file.file) is not kinds.DOCX:
            raise Refused("这不是 Word 文件（DOCX），或者文件太大。", field="file")
        fields = [field for block in self._blocks() for field in block.fields]
        said = word.read(file.file, fields, mark=self._mark)
        typed = QueryDict(mutable=True)
        typed.update(said)
        path = reverse("desk:assignment-draft_opinion", args=[self.subject.pk])
        drafts.save(officer, path=path, mark=str(uuid.uuid4()), typed=typed, at=timezone.now())
        messages.success(self.request, _("Word 里写的已经放进表里。请看一遍，再提交。"))
        return redirect(path)

    def context(self, form: Any) -> dict[str, Any]:
        return {"petition": self.petition, "subject": self.subject}

    @property
    def _mark(self) -> str:
        return word.mark_of(("assignment", self.subject.pk))

    def _file(self) -> HttpResponse:
        looked(self.request, self.petition, LookKind.FILE)
        made = word.written(_("信访事项处理意见书（拟稿）"), str(self.petition.number), self._blocks(), mark=self._mark)
        response = HttpResponse(made, content_type=kinds.DOCX.media_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{self.petition.number}.docx"'
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "private, no-store"
        return response

    def _blocks(self) -> list[Block]:
        """The fields of the form itself, so that whatever it asks is in the file."""
        form = FORMS[self.verb](subject=self.subject, officer=officer_of(self.request))
        blocks, told = [], set()
        for demand, fields, promised in form.blocks():  # type: ignore[attr-defined]
            heading = _("诉求 %(n)s") % {"n": demand.n}
            mine = [
                _field(field, f"{heading} {field.label}") for field in [*fields, *promised] if _is_written(field.field)
            ]
            told |= {field.name for field in mine}
            blocks.append(Block(heading, demand.text, mine))
        rest = [one for one in form.visible_fields() if one.name not in told and _is_written(one.field)]
        return [*blocks, Block(_("全文"), "", [_field(one, str(one.label)) for one in rest])]


def _is_written(field: forms.Field) -> bool:
    """What Word can hold: words, and one choice of a list."""
    is_one = isinstance(field, forms.ChoiceField) and not isinstance(field, forms.MultipleChoiceField)
    return is_one or isinstance(field, forms.CharField)


def _field(bound: forms.BoundField, label: str) -> Field:
    choices = getattr(bound.field, "choices", ())
    return Field(bound.name, label, str(bound.value() or ""), [(str(value), str(shown)) for value, shown in choices])
