"""人员, one by one: an account made, its password given anew, its posts given and ended, its owner let go."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.desk.administration import door
from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.administration import Begin, End, Enrol, Nothing
from xinfang.desk.forms.choices import officers_of
from xinfang.desk.officers import kept_units
from xinfang.desk.page import draw, officer_of, word_of
from xinfang.foundation import paging
from xinfang.foundation.errors import Refused
from xinfang.foundation.text import Text
from xinfang.organizations import policies
from xinfang.organizations.actions import officers, tenures
from xinfang.organizations.models import Duty, Officer, Tenure, Unit
from xinfang.organizations.queries import without_password
from xinfang.trace.acts import AlreadyDone

SIZE, BATCH = 20, 20
KEYS = ("username", "id")


def kept_by(officer: Officer) -> QuerySet[Officer]:
    """Whose accounts he may look at: a unit's head those of his unit, the others all."""
    if policies.holds(officer, door.LOOKERS):
        return Officer.objects.all()
    units = kept_units(officer, timezone.localdate())
    return Officer.objects.filter(Exists(Tenure.objects.filter(officer=OuterRef("pk"), post__unit__in=units)))


def newcomers_of(officer: Officer) -> QuerySet[Officer]:
    """Those without a password to whom he may give one: not a head of the bureau, nor one who also sits elsewhere."""
    today = timezone.localdate()
    lasting = Tenure.objects.filter(Q(until__isnull=True) | Q(until__gt=today), officer=OuterRef("pk"))
    waiting = without_password().filter(pk__in=kept_by(officer).values("pk")).exclude(pk=officer.pk)
    if door.administers(officer):
        return waiting.filter(~Exists(lasting.filter(post__duty=Duty.BUREAU_HEAD)))
    units = kept_units(officer, today).values("pk")
    return waiting.filter(Exists(lasting), ~Exists(lasting.exclude(post__unit__in=units)))


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account he may look at, by name; found by a piece of either name."""
    asked = word_of(request, "words", most=40)
    rows = kept_by(door.keeper(request))
    if asked:
        rows = rows.filter(Q(username__contains=asked) | Q(name__contains=asked))
    page = paging.page(rows, KEYS, size=SIZE, after=request.GET.get("after", ""))
    context = {"rows": page.rows, "after": page.after, "words": asked, "here": "officers"}
    return draw(request, "desk/administration/accounts.html", context)


@require_safe
def account(request: HttpRequest, officer: int) -> HttpResponse:
    """One account: its posts, and what may be done about it."""
    viewer = door.keeper(request)
    found = get_object_or_404(kept_by(viewer), pk=officer)
    today = timezone.localdate()
    seats = found.tenures.select_related("post__unit").order_by("-since", "-pk")
    context = {
        "account": found,
        "rows": [(seat, _may_end(seat, viewer, found)) for seat in seats],
        "today": today,
        "may_keep": found.is_active and _may(policies.keeper_of, found, viewer),
        "here": "officers",
    }
    return draw(request, "desk/administration/account.html", context)


def _may_end(seat: Tenure, viewer: Officer, owner: Officer) -> bool:
    is_lasting = seat.until is None or seat.until > timezone.localdate()
    return is_lasting and viewer != owner and _may(policies.granter_of, seat.post, viewer)


def _may(policy: Callable[[Any, Officer], Any], subject: Any, viewer: Officer) -> bool:
    try:
        policy(subject, viewer)
    except Refused:
        return False
    return True


class AccountPage(FormPage):
    """A form of this section: heading, a sentence above it, the way back."""

    template_name = "desk/administration/form.html"
    heading: ClassVar[Text]
    back: ClassVar[str] = "desk:officers"
    about: Text = ""

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self.home()

    def home(self) -> HttpResponseBase:
        return redirect(self.back)

    def told(self, sentence: str) -> HttpResponseBase:
        messages.success(self.request, sentence)
        return self.home()

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"heading": self.heading, "about": self.about, "back": reverse(self.back), "here": "administration"}


class EnrolPage(AccountPage):
    """登记账号."""

    heading = gettext_lazy("新账号")
    about = gettext_lazy("账号没有岗位，什么也看不到；岗位由信访局局长或者单位负责人授予。")

    def prepare(self, **kwargs: Any) -> None:
        door.enroller(self.request)

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Enrol(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        officer = officers.enrol(**form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("已登记账号“%(name)s”。") % {"name": officer.username})


class OfOfficer(AccountPage):
    """A step about one account."""

    officer: Officer

    def prepare(self, **kwargs: Any) -> None:
        found = kept_by(door.keeper(self.request)).filter(is_active=True)
        self.officer = get_object_or_404(found, pk=kwargs["officer"])
        self.about = f"{self.officer.name} {self.officer.username}"

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Nothing(*args, **kwargs)

    def home(self) -> HttpResponseBase:
        return redirect("desk:officer", self.officer.pk)


class ResetPasswordPage(OfOfficer):
    """重置密码: the one-time password stands on the page that answers, and nowhere else."""

    heading = gettext_lazy("重置密码")

    def act(self, form: forms.Form) -> HttpResponseBase:
        once = officers.reset_password(self.officer, by=officer_of(self.request), at=timezone.now())
        return _printed(self.request, [(self.officer, once)])


class LeavePage(OfOfficer):
    """离岗."""

    heading = gettext_lazy("离岗")

    def act(self, form: forms.Form) -> HttpResponseBase:
        officers.leave(self.officer, by=officer_of(self.request), at=timezone.now())
        return self.told(_("账号已关闭，任职到今天为止。他办过的，仍然是他办的。"))


class BeginPage(AccountPage):
    """授予岗位."""

    heading = gettext_lazy("授予岗位")
    unit: Unit

    def prepare(self, **kwargs: Any) -> None:
        units = kept_units(door.keeper(self.request), timezone.localdate())
        self.unit = get_object_or_404(units, code=kwargs["unit"])
        self.about = self.unit.name

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Begin(*args, unit=self.unit, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        tenures.begin(**form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("岗位已授予。"))

    def home(self) -> HttpResponseBase:
        return redirect(f"{reverse('desk:officers')}?unit={self.unit.code}")

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {**super().context(form), "colleagues": officers_of(self.unit.pk, timezone.localdate())}


class EndPage(AccountPage):
    """卸任."""

    heading = gettext_lazy("卸任")
    tenure: Tenure

    def prepare(self, **kwargs: Any) -> None:
        units = kept_units(door.keeper(self.request), timezone.localdate())
        rows = Tenure.objects.select_related("officer", "post__unit").filter(post__unit__in=units)
        self.tenure = get_object_or_404(rows, pk=kwargs["tenure"])
        self.about = f"{self.tenure.post.unit.name} {self.tenure.post.name} {self.tenure.officer.name}"

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return End(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        tenures.end(self.tenure, **form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("任职已结束。"))


class FirstPasswords(AccountPage):
    """首次密码: a page of accounts that have none, given together and shown once."""

    template_name = "desk/administration/first_passwords.html"
    heading = gettext_lazy("首次密码")
    back = "desk:first-passwords"

    def prepare(self, **kwargs: Any) -> None:
        door.enroller(self.request)
        self.waiting = list(newcomers_of(officer_of(self.request)).order_by("pk")[: BATCH + 1])

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Nothing(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        told = officers.first_passwords(self._shown(), by=officer_of(self.request), at=timezone.now())
        return _printed(self.request, told)

    def _shown(self) -> list[Officer]:
        """Those that stood on the page he pressed on, as far as they still wait."""
        asked = set(self.request.POST.getlist("officer"))
        return [officer for officer in self.waiting[:BATCH] if str(officer.pk) in asked]

    def context(self, form: forms.Form) -> dict[str, Any]:
        more = {"rows": self.waiting[:BATCH], "is_cut": len(self.waiting) > BATCH}
        return {**super().context(form), **more}


def _printed(request: HttpRequest, told: list[tuple[Officer, str]]) -> HttpResponse:
    return draw(request, "desk/administration/passwords.html", {"told": told, "here": "administration"})
