"""单位: the list, and what an administrator does to one: open, correct, move, abolish."""

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
from xinfang.desk.forms.administration import AbolishUnit, CorrectUnit, MoveUnit, OpenUnit
from xinfang.desk.page import draw, officer_of, word_of
from xinfang.foundation import paging
from xinfang.organizations.actions import units as verbs
from xinfang.organizations.models import Unit
from xinfang.organizations.queries import units_called

SIZE = 20
KEYS = ("code",)


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """By code; found by name, code or pinyin initials."""
    officer = door.looker(request)
    asked = word_of(request, "words", most=40)
    found = units_called(asked).select_related("parent", "successor")
    page = paging.page(found, KEYS, size=SIZE, after=request.GET.get("after", ""))
    context = {
        "rows": [(unit, unit.is_open_on(timezone.localdate())) for unit in page.rows],
        "after": page.after,
        "words": asked,
        "may_change": door.administers(officer),
        "here": "administration",
    }
    return draw(request, "desk/administration/units.html", context)


class UnitPage(AccountPage):
    """A step about units, back to their list."""

    back = "desk:units"

    def prepare(self, **kwargs: Any) -> None:
        door.administrator(self.request)


class OpenPage(UnitPage):
    """设立."""

    heading = gettext_lazy("设立单位")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return OpenUnit(*args, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        unit = verbs.open(**form.said(), by=officer_of(self.request), at=timezone.now())
        return self.told(_("已设立%(unit)s。") % {"unit": unit.name})


class OfUnit(UnitPage):
    """About one unit that was not abolished yet."""

    unit: Unit

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        found = Unit.objects.filter(abolished_on__isnull=True)
        self.unit = get_object_or_404(found, code=kwargs["unit"])
        self.about = f"{self.unit.name} {self.unit.code}"


class CorrectPage(OfUnit):
    """更正."""

    heading = gettext_lazy("更正单位")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return CorrectUnit(
            *args, initial={name: getattr(self.unit, name) for name in CorrectUnit.base_fields}, **kwargs
        )

    def act(self, form: forms.Form) -> HttpResponseBase:
        verbs.correct(self.unit, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("已更正。已经发出的文书不变。"))


class MovePage(OfUnit):
    """划转."""

    heading = gettext_lazy("划转单位")

    def prepare(self, **kwargs: Any) -> None:
        super().prepare(**kwargs)
        self.about = _("%(unit)s：旧的撤销，新的承接，岗位照样设好，人员要重新授予。") % {"unit": self.unit.name}

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return MoveUnit(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        after = verbs.move(self.unit, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("已划转，新的单位代码是 %(code)s。") % {"code": after.code})


class AbolishPage(OfUnit):
    """撤销、合并."""

    heading = gettext_lazy("撤销或者合并单位")

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return AbolishUnit(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        verbs.abolish(self.unit, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("已定下撤销日期，岗位到那一天为止。"))
