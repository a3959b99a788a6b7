"""文书模板: the words around the fields of each kind of paper, with a preview; papers that were issued keep theirs."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.administration import door
from xinfang.desk.administration.accounts import AccountPage
from xinfang.desk.forms.base import DeskForm, speak
from xinfang.desk.forms.fields import marked
from xinfang.desk.page import draw, officer_of
from xinfang.desk.printed import as_pdf
from xinfang.documents import actions, printing, wordings
from xinfang.documents.elements import TEMPLATES
from xinfang.documents.house_words import worded
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import WordingVersion
from xinfang.documents.wording import (
    BLANKS,
    EDITABLE,
    FORM,
    LABELS,
    on_paper,
    refuse_incomplete,
    refuse_unlabelled,
)
from xinfang.foundation.text import Text

LONGEST_HEADS = 160
"""One label may be the heads of a whole table."""


@require_safe
def papers(request: HttpRequest) -> HttpResponse:
    """Every kind, with the version in force."""
    officer = door.looker(request)
    since = {(row.kind, row.version): row.worded_at for row in WordingVersion.objects.all()}
    rows = [(kind, found.version, since.get((kind.value, found.version))) for kind, found in _in_force()]
    context = {"rows": rows, "may_change": door.administers(officer), "here": "administration"}
    return draw(request, "desk/administration/wordings.html", context)


def _in_force() -> list[tuple[PaperKind, wordings.InForce]]:
    return [(kind, wordings.in_force(kind)) for kind in PaperKind]


class WordingForm(DeskForm):
    """The editable texts. What they may not lose is the verb's to say."""

    title = forms.CharField(label=gettext_lazy("标题"), max_length=60)
    body = forms.CharField(
        label=gettext_lazy("正文"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("一行一段。“一、”开头、没有句号的一行是小标题。花括号里的要素不能缺少。"),
    )
    closing = forms.CharField(
        label=gettext_lazy("结尾"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    copies = forms.CharField(
        label=gettext_lazy("抄送"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("可以写花括号里的要素；就是发文机关自己的，那一句不印。"),
    )
    contact = forms.CharField(
        label=gettext_lazy("联系人"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("空着的，印这一件的联系人；没有联系人的，打印以后手写。"),
    )

    def __init__(self, *args: Any, kind: PaperKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = wordings.in_force(kind).wording
        self.initial.update(self.now.texts())
        for name, label in self.now.in_table(TEMPLATES[kind]).items():
            self._ask(f"label_{name}", label, self.now.label(name, on_paper(label)))
        for n, (label, _room) in enumerate(self.now.blanks, start=1):
            self._ask(f"blank_{n}", _("空栏 %(n)s") % {"n": n}, label)

    def _ask(self, name: str, label: Text, now: str) -> None:
        """What a row of the table is called. That it must be called something the verb says."""
        field = forms.CharField(label=label, initial=now, max_length=LONGEST_HEADS, required=False, strip=False)
        self.fields[name] = marked(field, "")
        speak(field)

    @property
    def around(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(("label_", "blank_"))]

    @property
    def rows(self) -> list[forms.BoundField]:
        return [field for field in self if field.name.startswith(("label_", "blank_"))]

    def texts(self) -> dict[str, Any]:
        """As a version keeps it; what stands in no table now keeps the label it had."""
        said = self.cleaned_data
        labels = {name.removeprefix("label_"): text for name, text in said.items() if name.startswith("label_")}
        blanks = [text for name, text in said.items() if name.startswith("blank_")]
        return {**{name: said[name] for name in EDITABLE}, LABELS: dict(self.now.labels) | labels, BLANKS: blanks}


class WordingPage(AccountPage):
    """One kind: its words, and a look at them on paper before they are in force."""

    template_name = "desk/administration/wording.html"
    heading = gettext_lazy("修改模板")
    back = "desk:wordings"

    def prepare(self, **kwargs: Any) -> None:
        door.administrator(self.request)
        if kwargs["kind"] not in PaperKind.values:
            raise Http404
        self.kind = PaperKind(kwargs["kind"])
        self.about = self.kind.label

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return WordingForm(*args, kind=self.kind, **kwargs)

    def attempt(self, form: Any) -> HttpResponseBase | None:
        """A look leaves no entry and uses no mark up."""
        if "preview" not in self.request.POST:
            return super().attempt(form)
        if not form.is_valid():
            return None
        wording = worded(self.kind, form.texts())
        refuse_incomplete(self.kind, wording)
        refuse_unlabelled(self.kind, wording)
        return as_pdf(printing.specimen(self.kind, wording, at=timezone.now()), f"preview-{self.kind.value}")

    def act(self, form: Any) -> HttpResponseBase:
        actions.reword(self.kind, texts=form.texts(), by=officer_of(self.request), at=timezone.now())
        return self.told(_("模板已改。以后出的文书用新的文字，已经出的不变。"))

    def context(self, form: forms.Form) -> dict[str, Any]:
        template, is_form = TEMPLATES[self.kind], wordings.in_force(self.kind).wording.frame == FORM
        framed = frozenset[str]() if is_form else template.framed
        fields = [(f"{{{name}}}", label, name in framed) for name, label in template.fields.items()]
        return {**super().context(form), "fields": fields, "is_form": is_form}
