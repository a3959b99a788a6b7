"""工作日历: the years that are loaded, and next year's notice: read, shown day by day, then taken in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.deadlines import actions, holidays
from xinfang.deadlines.errors import CalendarRefused
from xinfang.deadlines.models import CalendarYear
from xinfang.desk.administration import door
from xinfang.desk.administration.accounts import AccountPage
from xinfang.desk.form_page import UNPROCESSABLE
from xinfang.desk.forms.administration import Notice
from xinfang.desk.forms.base import beside
from xinfang.desk.page import draw, officer_of
from xinfang.foundation.errors import Refused
from xinfang.organizations.policies import configurer
from xinfang.trace.acts import AlreadyDone, once

SALT, LIFE, LARGEST = "desk.calendar", 24 * 60 * 60, 100_000


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every year with the days its notice changes."""
    officer = door.looker(request)
    years = CalendarYear.objects.order_by("-year").prefetch_related("days")
    context = {
        "years": [(year, sorted(year.days.all(), key=lambda day: day.day)) for year in years],
        "may_change": door.administers(officer),
        "here": "administration",
    }
    return draw(request, "desk/administration/calendar.html", context)


class LoadPage(AccountPage):
    """装入一年的通知."""

    template_name = "desk/administration/notice.html"
    heading = gettext_lazy("装入一年的放假通知")
    about = gettext_lazy("已经算出的期限不变；以后新算的期限用新的日历。")
    back = "desk:calendar"

    def prepare(self, **kwargs: Any) -> None:
        door.administrator(self.request)

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return Notice(*args, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.prepare(**kwargs)
        if packed := request.POST.get("packed"):
            return self._applied(packed)
        form = self.form(request.POST, request.FILES)
        return (self._preview(form) if form.is_valid() else None) or self.shown(form, status=UNPROCESSABLE)

    def _preview(self, form: forms.Form) -> HttpResponse | None:
        try:
            text = _read(form)
            year = holidays.parse(text)
        except Refused as refused:
            beside(form, _at_file(refused))
            return None
        packed = signing.dumps(text, salt=SALT, compress=True)
        context = {**self.context(form), "year": year, "packed": packed, "once": self._once()}
        return draw(self.request, self.template_name, context)

    def _applied(self, packed: str) -> HttpResponseBase:
        officer = officer_of(self.request)
        try:
            year = holidays.parse(signing.loads(packed, salt=SALT, max_age=LIFE))
            with once(self.token):
                actions.load_year(year, by=configurer(officer), at=timezone.now())
        except signing.BadSignature:
            messages.error(self.request, _("预览已经过期，请重新上传。"))
        except AlreadyDone as done:
            messages.info(self.request, done.sentence)
        except Refused as refused:
            messages.error(self.request, refused.sentence)
        else:
            messages.success(self.request, _("%(year)s 年的通知已装入。") % {"year": year.year})
        return redirect(self.back)


def _read(form: forms.Form) -> str:
    content = form.cleaned_data["notice"].read(LARGEST + 1)
    if len(content) > LARGEST:
        raise CalendarRefused(_("文件太大，不像是一年的通知。"))
    try:
        return str(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CalendarRefused(_("不是 UTF-8 编码的文本。")) from None


def _at_file(refused: Refused) -> Refused:
    refused.field = "notice"
    return refused
