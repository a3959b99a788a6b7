"""A page with a form: drawn by GET, acted upon by POST; sent twice it acts once; nothing typed is lost on the way."""

import uuid
from datetime import datetime
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from xinfang.desk import drafts
from xinfang.desk.forms.base import beside
from xinfang.desk.forms.fields import Shown
from xinfang.desk.kept import kept_of
from xinfang.desk.page import draw, officer_of
from xinfang.foundation.errors import Refused
from xinfang.petitions.models import Petition
from xinfang.trace.acts import AlreadyDone, once

UNPROCESSABLE = 422


class FormPage(View):
    """`prepare` finds the subject or says why there is none, `form` draws, `act` calls the verb and says where to go next."""

    shows_kept = True
    keeps_drafts = False
    """Whether what is typed here is kept while it is typed."""
    restored: drafts.Unsent | None = None
    template_name = "desk/form.html"

    def prepare(self, **kwargs: Any) -> None:
        """Find what the form is about. Http404 when it is not there for him, PermissionDenied when the form is not his."""

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        raise NotImplementedError

    def act(self, form: forms.Form) -> HttpResponseBase:
        raise NotImplementedError

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        """Where the first sending led."""
        raise NotImplementedError

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {}

    def closed(self) -> HttpResponse | None:
        """A page instead of the form, when the form could not be sent anyway."""
        return None

    @property
    def state(self) -> str:
        """The state of the subject: a form that saw another one is stale."""
        return ""

    def why_stale(self, form: forms.Form) -> str:
        """The sentence for a form that was drawn in another state, empty when it is fresh."""
        return ""

    def why_refused(self, refused: Refused) -> str:
        """A second sentence beside a refusal."""
        return ""

    def refilled(self, when: str) -> str:
        """The line above a form that holds what was typed before."""
        return _("已恢复 %(when)s 没有提交的内容。") % {"when": when}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.prepare(**kwargs)
        if closed := self.closed():
            return closed
        form = self.form()
        if kept := kept_of(request):
            fill(form, kept.data)
        elif unsent := self._unsent_chosen():
            self.restored = unsent
            fill(form, unsent.data)
        return self.shown(form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.prepare(**kwargs)
        form = self.form(request.POST, request.FILES)
        return self._answer(form) or self.shown(form, status=UNPROCESSABLE)

    @cached_property
    def unsent(self) -> list[drafts.Unsent]:
        """What he began here and did not send."""
        if not self.keeps_drafts or self.request.method == "POST":
            return []
        return drafts.unsent(officer_of(self.request), self.request.path, at=timezone.now())

    def _unsent_chosen(self) -> drafts.Unsent | None:
        """The latest, or the one asked for; none when he asked for a fresh form."""
        wanted = self.request.GET.get("draft", "")
        if not wanted:
            return next(iter(self.unsent), None)
        return next((one for one in self.unsent if str(one.pk) == wanted), None)

    def forget_draft(self) -> None:
        """The form is done with."""
        if self.keeps_drafts:
            officer, restored = officer_of(self.request), self.request.POST.get("restored", "")
            drafts.sent(officer, path=self.request.path, mark=self._once(), restored=restored)

    def _answer(self, form: forms.Form) -> HttpResponseBase | None:
        try:
            return self.attempt(form)
        except AlreadyDone as done:
            messages.info(self.request, done.sentence)
            return self.already(done)
        except Refused as refused:
            beside(form, refused)
            if more := self.why_refused(refused):
                form.add_error(None, more)
            return None

    def attempt(self, form: forms.Form) -> HttpResponseBase | None:
        """Once for each drawn form. None when the form has complaints."""
        with once(self.token):
            if stale := self.why_stale(form):
                form.add_error(None, stale)
            if not form.is_valid():
                return None
            answer = self.act(form)
        self.forget_draft()
        return answer

    @property
    def token(self) -> str:
        """The mark of this drawing of the form, which another officer cannot have used up."""
        return f"{officer_of(self.request).pk}:{self._once()}"

    def _once(self) -> str:
        try:
            return str(uuid.UUID(self._typed().get("once", "")))
        except ValueError:
            return str(uuid.uuid4())

    def _typed(self) -> QueryDict:
        """What this request brought, or brought back."""
        kept = kept_of(self.request)
        return kept.data if kept else self.request.POST

    def shown(self, form: forms.Form, *, status: int = 200) -> HttpResponse:
        seen = self.state if self.request.method == "POST" else self._typed().get("seen", self.state)
        marks = {"once": self._once(), "seen": seen, "action": self.request.path, **self._drafts()}
        return draw(self.request, self.template_name, {"form": form, **marks, **self.context(form)}, status=status)

    def _drafts(self) -> dict[str, Any]:
        shown = self.restored
        others = [one for one in self.unsent if one is not shown]
        restored = str(shown.pk) if shown else self.request.POST.get("restored", "")
        told = self.refilled(_when(shown.saved_at)) if shown else ""
        kept = {"keeps_drafts": self.keeps_drafts, "restored": restored}
        return {**kept, "unsent": shown, "unsent_sentence": told, "unsent_others": others}


class AboutPetition(FormPage):
    """A form about a petition, from which the way leads back to its page."""

    petition: Petition

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self._home()

    def _home(self) -> HttpResponse:
        return redirect("desk:petition", self.petition.number)


def _when(at: datetime) -> str:
    """The time, and the day unless it is today."""
    local = timezone.localtime(at)
    return local.strftime("%H:%M" if local.date() == timezone.localdate() else "%Y-%m-%d %H:%M")


def fill(form: forms.Form, typed: Any) -> None:
    """What was typed before the sign-in stands in the form again, complaints left for when it is sent."""
    for name, field in form.fields.items():
        if isinstance(field, Shown):
            continue  # what is shown is read afresh
        if isinstance(field.widget, forms.CheckboxInput):
            form.initial[name] = name in typed
        elif name in typed:
            is_many = getattr(field.widget, "allow_multiple_selected", False)
            form.initial[name] = typed.getlist(name) if is_many else typed[name]
