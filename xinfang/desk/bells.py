"""提醒: what is new for an officer since he last looked, and how he wants to hear of it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import BigIntegerField
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.bells import MailForm
from xinfang.desk.page import draw, officer_of
from xinfang.foundation import paging
from xinfang.notices import actions, bells, outbox
from xinfang.notices.models import Bell, MailChoice
from xinfang.notices.words import Mail, Means
from xinfang.petitions import queries
from xinfang.petitions.models import Petition
from xinfang.trace.acts import AlreadyDone

A_PAGE, LONGEST = 20, 19


@dataclass(frozen=True)
class Rung:
    """One bell, and the petition it is about."""

    bell: Bell
    petition: Petition
    is_new: bool


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Newest first. What is about a petition that he may not know of is not here."""
    officer, after = officer_of(request), request.GET.get("after", "")
    page = paging.page(bells.of(officer).select_related("unit"), ("-id",), size=A_PAGE, after=after)
    seen = queries.visible_to(officer).in_bulk({bell.petition for bell in page.rows})
    read_to = bells.read_to(officer)
    rows = [Rung(bell, seen[bell.petition], bell.pk > read_to) for bell in page.rows if bell.petition in seen]
    context = {
        "rows": rows,
        "after": page.after,
        "is_first": not after,
        "last": max((row.bell.pk for row in rows), default=0) if any(row.is_new for row in rows) else 0,
        "choice": MailChoice.objects.filter(pk=officer.pk).first(),
        "here": "bells",
    }
    return draw(request, "desk/notices/list.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponseBase:
    """All up to the newest that he was shown."""
    last = request.POST.get("last", "")
    if last.isascii() and last.isdigit() and len(last) <= LONGEST and int(last) <= BigIntegerField.MAX_BIGINT:
        bells.mark_read(officer_of(request), int(last))
    return redirect("desk:bells")


class MailPage(FormPage):
    """邮件提醒: his own, and nobody else's."""

    template_name = "desk/notices/mail.html"

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        chosen = MailChoice.objects.filter(pk=officer_of(self.request).pk).first()
        initial = {"mail": chosen.mail, "address": chosen.address} if chosen else {"mail": Mail.NONE.value}
        return MailForm(*args, initial=initial, **kwargs)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"here": "bells", "is_connected": outbox.is_connected(Means.EMAIL)}

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:bells")

    def act(self, form: forms.Form) -> HttpResponseBase:
        officer, said = officer_of(self.request), form.cleaned_data
        mail = Mail(said["mail"])
        actions.choose_mail(officer, mail=mail, address=said["address"], by=officer, at=timezone.now())
        messages.success(self.request, _("邮件提醒已设为“%(mail)s”。") % {"mail": mail.label})
        return redirect("desk:bells")
