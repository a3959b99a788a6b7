"""常用语 of every post: added, and taken out of use."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from xinfang.desk.administration import door
from xinfang.desk.administration.accounts import AccountPage
from xinfang.desk.forms.administration import AddPhrase
from xinfang.desk.page import officer_of
from xinfang.foundation import paging
from xinfang.petitions import actions
from xinfang.petitions.models import Phrase

SIZE = 50
KEYS = ("duty", "use", "id")


class PhrasesPage(AccountPage):
    """The list, with the form for one more above it."""

    template_name = "desk/administration/phrases.html"
    heading = gettext_lazy("常用语")
    back = "desk:phrases"

    def prepare(self, **kwargs: Any) -> None:
        door.keeper(self.request)

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return AddPhrase(*args, **kwargs)

    def act(self, form: forms.Form) -> HttpResponseBase:
        actions.add_phrase(**form.cleaned_data, by=officer_of(self.request), at=timezone.now())
        return self.told(_("常用语已加上。"))

    def context(self, form: forms.Form) -> dict[str, Any]:
        after = self.request.GET.get("after", "")
        page = paging.page(Phrase.objects.filter(is_retired=False), KEYS, size=SIZE, after=after)
        return {**super().context(form), "rows": page.rows, "after": page.after}


class RetirePhrase(View):
    """停用常用语."""

    def get(self, request: HttpRequest, phrase: int) -> HttpResponseBase:
        return redirect("desk:phrases")

    def post(self, request: HttpRequest, phrase: int) -> HttpResponseBase:
        officer = door.keeper(request)
        found = get_object_or_404(Phrase, pk=phrase, is_retired=False)
        actions.retire_phrase(found, by=officer, at=timezone.now())
        messages.success(request, _("常用语已停用。"))
        return redirect("desk:phrases")
