"""内容分类: the tree as it stands on a day, and its changes from a day on."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.administration import door
from xinfang.desk.administration.accounts import AccountPage
from xinfang.desk.forms.administration import OnDay, OpenCategory, RenameCategory, RetireCategory
from xinfang.desk.page import draw, officer_of
from xinfang.petitions.actions import categories as verbs
from xinfang.petitions.models import Category
from xinfang.petitions.models.category import CategoryName, called


@require_safe
def categories(request: HttpRequest) -> HttpResponse:
    """Everything there is and was, under the names of one day, each class of the first level before its own."""
    officer = door.looker(request)
    today = timezone.localdate()
    form = OnDay(request.GET if "on" in request.GET else {"on": today.isoformat()})
    day = form.cleaned_data["on"] if form.is_valid() else today
    context = {
        "form": form,
        "rows": [(row, row.is_used_on(day)) for row in called(day).order_by("code")],
        "changes": _changes(),
        "may_change": door.administers(officer),
        "here": "administration",
    }
    return draw(request, "desk/administration/categories.html", context)


def _changes() -> list[date]:
    """The days on which a version begins, latest first."""
    retired = Category.objects.values_list("retired_on", flat=True).distinct()
    days = {*CategoryName.objects.values_list("since", flat=True), *retired}
    return sorted(filter(None, days), reverse=True)[:20]


class CategoryPage(AccountPage):
    """A change of the tree."""

    back = "desk:categories"

    def prepare(self, **kwargs: Any) -> None:
        door.administrator(self.request)


class OpenPage(CategoryPage):
    """新设分类."""

    heading = gettext_lazy("新设分类")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return OpenCategory(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        category = verbs.open_category(**form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("已新设分类“%(name)s”。") % {"name": category.name})


class OfCategory(CategoryPage):
    """About one that is not retired."""

    category: Any

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.category = get_object_or_404(called(timezone.localdate()), pk=kwargs["category"], retired_on=None)
        self.about = f"{self.category.pk} {self.category.called}"


class RenamePage(OfCategory):
    """分类改名."""

    heading = gettext_lazy("分类改名")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return RenameCategory(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        verbs.rename_category(self.category, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("已定下新名称。那一天以前登记的件仍用旧名称。"))


class RetirePage(OfCategory):
    """停用分类."""

    heading = gettext_lazy("停用分类")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return RetireCategory(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        verbs.retire_category(self.category, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("已定下停用日期。已经归在这一类的件不变。"))
