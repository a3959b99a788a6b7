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
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.page import draw, officer_of
from xinfang.desk.printed import as_pdf
from xinfang.documents import actions, printing, wordings
from xinfang.documents.kinds import TEMPLATES, PaperKind
from xinfang.documents.models import WordingVersion
from xinfang.documents.wording import FORM, refuse_incomplete, worded


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
    copies = forms.CharField(label=gettext_lazy("抄送"), max_length=200, required=False)
    contact = forms.CharField(
        label=gettext_lazy("联系人"), max_length=40, required=False, help_text=gettext_lazy("空着的，打印以后手写。")
    )


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
        return WordingForm(*args, initial=wordings.in_force(self.kind).wording.texts(), **kwargs)

    def attempt(self, form: forms.Form) -> HttpResponseBase | None:
        """A look leaves no entry and uses no mark up."""
        if "preview" not in self.request.POST:
            return super().attempt(form)
        if not form.is_valid():
            return None
        wording = worded(self.kind, form.cleaned_data)
        refuse_incomplete(self.kind, wording)
        return as_pdf(printing.specimen(self.kind, wording, at=timezone.now()), f"preview-{self.kind.value}")

    def act(self, form: forms.Form) -> HttpResponseBase:
        actions.reword(self.kind, texts=form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("模板已改。以后出的文书用新的文字，已经出的不变。"))

    def context(self, form: forms.Form) -> dict[str, Any]:
        fields = [(f"{{{name}}}", label) for name, label in TEMPLATES[self.kind].fields.items()]
        is_form = wordings.in_force(self.kind).wording.frame == FORM
        return {**super().context(form), "fields": fields, "is_form": is_form}
