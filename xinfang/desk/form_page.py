"""A page with a form: drawn by GET, acted upon by POST; sent twice it acts once; nothing typed is lost on the way."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.views import View

from xinfang.desk.forms.base import beside
from xinfang.desk.kept import kept_of
from xinfang.desk.page import draw, officer_of
from xinfang.foundation.errors import Refused
from xinfang.trace.acts import AlreadyDone, once

UNPROCESSABLE = 422


class FormPage(View):
    """`prepare` finds the subject or says why there is none, `form` draws, `act` calls the verb and says where to go next."""

    shows_kept = True
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

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.prepare(**kwargs)
        if closed := self.closed():
            return closed
        form = self.form()
        if kept := kept_of(request):
            _fill(form, kept.data)
        return self.shown(form)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.prepare(**kwargs)
        form = self.form(request.POST, request.FILES)
        return self._answer(form) or self.shown(form, status=UNPROCESSABLE)

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
            return self.act(form) if form.is_valid() else None

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
        marks = {"once": self._once(), "seen": seen, "action": self.request.path}
        return draw(self.request, self.template_name, {"form": form, **marks, **self.context(form)}, status=status)


def _fill(form: forms.Form, typed: Any) -> None:
    """What was typed before the sign-in stands in the form again, complaints left for when it is sent."""
    for name, field in form.fields.items():
        if isinstance(field.widget, forms.CheckboxInput):
            form.initial[name] = name in typed
        elif name in typed:
            is_many = getattr(field.widget, "allow_multiple_selected", False)
            form.initial[name] = typed.getlist(name) if is_many else typed[name]
