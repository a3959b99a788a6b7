"""预约接访: without an account. The booking number and its code travel in the body of a POST alone, as a petition's do."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from xinfang.foundation.errors import Refused
from xinfang.foundation.patience import TooSoon, guarded
from xinfang.meetings import actions, bookings
from xinfang.meetings.actions.bookings import LONGEST_NAME
from xinfang.meetings.bookings import Open
from xinfang.meetings.models import Booking, ReceptionDay
from xinfang.portal import busy
from xinfang.portal.forms import CodeField
from xinfang.trace.acts import PETITIONER, AlreadyDone, once

AHEAD = timedelta(days=30)
UNPROCESSABLE = 422


class BookForm(forms.Form):
    """Which reception, and whom to call when it is put off."""

    wait = 0
    toll: busy.Toll | None = None
    reception = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("请选择一场。"),
            "invalid_choice": gettext_lazy("这一场现在不能预约，请另选一场。"),
        },
    )
    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={
            "required": gettext_lazy("请填写姓名。"),
            "max_length": gettext_lazy("姓名最多 40 个字，现在有 %(show_value)s 个字。"),
            "null_characters_not_allowed": gettext_lazy("里面有看不见的坏字符，请删去后再试。"),
        },
    )
    phone = forms.CharField(
        max_length=20,
        error_messages={
            "required": gettext_lazy("请填写电话。接访有变化时我们打这个电话告诉您。"),
            "max_length": gettext_lazy("电话太长了，请核对。"),
            "null_characters_not_allowed": gettext_lazy("里面有看不见的坏字符，请删去后再试。"),
        },
    )
    token = forms.RegexField(r"^[\w-]{1,32}$", required=False)
    stamp = forms.CharField(required=False, max_length=400)
    answer = forms.CharField(required=False, max_length=400)

    def __init__(self, *args: Any, offered: list[Open], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chosen: ReceptionDay | None = None
        self.offered = {str(one.reception.pk): one for one in offered}
        self.fields["reception"].choices = [(pk, pk) for pk, one in self.offered.items() if one.left > 0]  # type: ignore[attr-defined]


class MineForm(forms.Form):
    """What stands on the booking slip."""

    wait = 0
    number = CodeField(
        max_length=60,
        error_messages={
            "required": gettext_lazy("请填写预约号。"),
            "max_length": gettext_lazy("预约号只有8位，请核对。"),
        },
    )
    code = CodeField(
        max_length=60,
        error_messages={
            "required": gettext_lazy("请填写取消码。"),
            "max_length": gettext_lazy("取消码只有8位，请核对。"),
        },
    )


@login_not_required
@csrf_exempt
@never_cache
def book(request: HttpRequest) -> HttpResponse:
    """The receptions that can be booked, and the form under them."""
    at = timezone.now()
    offered = bookings.open_receptions(at, timezone.localdate(at) + AHEAD)
    if request.method != "POST":
        return _asked(request, BookForm(offered=offered, initial={"token": secrets.token_urlsafe(16)}), offered)
    form = BookForm(request.POST, offered=offered)
    booked = _booked(form, at) if form.is_valid() and _has_paid(form, at) else None
    if booked is None:
        return _asked(request, form, offered, status=UNPROCESSABLE)
    context = {"booking": booked.booking, "code": booked.code, "reception": form.chosen}
    return render(request, "portal/booked.html", context)


def _booked(form: BookForm, at: datetime) -> actions.Booked | None:
    """One booking for one drawn form, or the reason on the form."""
    said = form.cleaned_data
    form.chosen = chosen = form.offered[said["reception"]].reception
    token = said.get("token") or secrets.token_urlsafe(16)
    try:
        with once(f"booking:{token}"):
            booked = actions.book(chosen, name=said["name"], phone=said["phone"], by=PETITIONER, at=at)
        busy.count(busy.BOOKED)
        return booked
    except AlreadyDone:
        form.add_error(None, _("这张预约表已经提交过，预约号在上一页。没有记下的，请打电话或者到窗口查。"))
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    return None


def _has_paid(form: BookForm, at: datetime) -> bool:
    """When very many book at once, as with filing: a little work for the device, or a wait. What was typed stays."""
    said = form.cleaned_data
    token = said.get("token") or ""
    if not busy.is_busy(busy.BOOKED) or (token and busy.is_paid(token, said["stamp"], said["answer"], at=at)):
        return True
    if not token:
        token = secrets.token_urlsafe(16)
        form.data = {**dict(form.data.items()), "token": token}
    form.toll = busy.set_for(token, at=at)
    form.add_error(
        None, _("现在预约的人很多。您写的都还在，请等%(wait)s秒，再按一次“预约”。") % {"wait": form.toll.wait}
    )
    return False


def _asked(request: HttpRequest, form: BookForm, offered: list[Open], *, status: int = 200) -> HttpResponse:
    return render(request, "portal/book.html", {"form": form, "offered": offered}, status=status)


@login_not_required
@csrf_exempt
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    """我的预约: by number and code."""
    if request.method != "POST":
        return render(request, "portal/booking_ask.html", {"form": MineForm()})
    form = MineForm(request.POST)
    booking = _found(form, timezone.now())
    if booking is None:
        return _again(request, form)
    return render(request, "portal/booking.html", {"booking": booking, "form": form})


@login_not_required
@csrf_exempt
@never_cache
def cancel(request: HttpRequest) -> HttpResponse:
    """取消预约."""
    if request.method != "POST":
        return redirect("portal:booking")
    form, at = MineForm(request.POST), timezone.now()
    booking = _found(form, at)
    if booking is None:
        return _again(request, form)
    try:
        booking = actions.cancel_booking(booking, by=PETITIONER, at=at, code=form.cleaned_data["code"])
    except Refused as refused:
        form.add_error(None, refused.sentence)
    return render(request, "portal/booking.html", {"booking": booking, "form": form})


def _found(form: MineForm, at: datetime) -> Booking | None:
    if not form.is_valid():
        return None
    try:
        with guarded("code", form.cleaned_data["number"], at=at):
            return bookings.by_code(form.cleaned_data["number"], form.cleaned_data["code"])
    except Refused as refused:
        form.add_error("code", refused.sentence)
        form.wait = refused.seconds if isinstance(refused, TooSoon) else 0
        return None


def _again(request: HttpRequest, form: MineForm) -> HttpResponse:
    page = render(request, "portal/booking_ask.html", {"form": form})
    if form.wait:
        page.status_code, page["Retry-After"] = 429, str(form.wait)
    return page
