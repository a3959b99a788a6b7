"""原件: moved, lent and taken back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.letters import HandBack, Lend, Move
from xinfang.desk.letters import home_of
from xinfang.desk.looks import looked
from xinfang.desk.page import draw, keeps_paper_of, officer_of
from xinfang.petitions import actions, queries
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Loan, Original
from xinfang.trace.acts import AlreadyDone


class OriginalPage(FormPage):
    """A form about one paper, for whoever keeps the papers of its office."""

    template_name = "desk/original.html"
    heading: Any = ""
    done: Any = ""
    form_class: type[DeskForm] = DeskForm

    def prepare(self, **kwargs: Any) -> None:
        visible = queries.of_visible(officer_of(self.request))
        rows = Original.objects.select_related("petition__organ").filter(visible)
        self.original = get_object_or_404(rows, pk=kwargs["original"])
        if not keeps_paper_of(officer_of(self.request), self.original.petition):
            raise PermissionDenied(_("原件由登记机构的登记、分办、档案等岗位保管。"))
        looked(self.request, self.original.petition, LookKind.OPEN)
        self.loan: Loan | None = self.original.loans.filter(returned_at=None).select_related("borrower").first()

    def form(self, *args: Any, **kwargs: Any) -> DeskForm:
        return self.form_class(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        self.move(form.cleaned_data)
        messages.success(self.request, str(self.done))
        return self._home()

    def move(self, said: dict[str, Any]) -> None:
        raise NotImplementedError

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": officer_of(self.request), "at": timezone.now()}

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self._home()

    def _home(self) -> HttpResponseBase:
        return home_of(self.original.petition)

    def _told(self, sentence: str) -> HttpResponse:
        messages.info(self.request, sentence)
        return self._home()  # type: ignore[return-value]

    def context(self, form: forms.Form) -> dict[str, Any]:
        petition = self.original.petition
        return {"original": self.original, "petition": petition, "loan": self.loan, "heading": self.heading}


class MoveOriginal(OriginalPage):
    """移放."""

    heading = gettext_lazy("移放原件")
    done = gettext_lazy("原件的存放位置已更新。")
    form_class = Move

    def move(self, said: dict[str, Any]) -> None:
        actions.move_original(self.original, **said, **self.hand)


class HandBackOriginal(OriginalPage):
    """退还信访人, against his signature."""

    heading = gettext_lazy("退还原件")
    done = gettext_lazy("原件已退还信访人。")
    form_class = HandBack

    def closed(self) -> HttpResponse | None:
        if self.loan:
            return self._told(_("该原件已借出，收回以后再退还。"))
        return self._told(_("该原件已经退还信访人。")) if hasattr(self.original, "handing_back") else None

    def move(self, said: dict[str, Any]) -> None:
        actions.hand_back_original(self.original, **said, **self.hand)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {**super().context(form), "has_receipt": True}


@require_safe
def receipt(request: HttpRequest, original: int) -> HttpResponse:
    """原件退还收据: two copies, one signed and kept, one that he takes home."""
    rows = Original.objects.select_related("petition__organ", "handing_back")
    one = get_object_or_404(rows.filter(queries.of_visible(officer_of(request))), pk=original)
    if not keeps_paper_of(officer_of(request), one.petition):
        raise PermissionDenied(_("原件由登记机构的登记、分办、档案等岗位保管。"))
    looked(request, one.petition, LookKind.OPEN)
    context = {"petition": one.petition, "one": one, "now": timezone.now(), "copies": (_("存根"), _("信访人留存"))}
    return draw(request, "desk/original_receipt.html", context)


class LendOriginal(OriginalPage):
    """借出."""

    heading = gettext_lazy("借出原件")
    done = gettext_lazy("原件已借出。")
    form_class = Lend

    def closed(self) -> HttpResponse | None:
        return self._told(_("该原件已借出，尚未归还。")) if self.loan else None

    def move(self, said: dict[str, Any]) -> None:
        actions.lend_original(self.original, **said, **self.hand)


class TakeBackOriginal(OriginalPage):
    """归还."""

    heading = gettext_lazy("归还原件")
    done = gettext_lazy("原件已归还。")

    def closed(self) -> HttpResponse | None:
        return None if self.loan else self._told(_("该原件没有借出，或者已经归还。"))

    def move(self, said: dict[str, Any]) -> None:
        loan = self.loan or self.original.loans.latest("lent_at")
        actions.take_back_original(loan, **self.hand)
