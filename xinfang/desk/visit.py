"""What only a demonstration shows: sitting down at any desk, the tour, the ten questions, the parts. Elsewhere: nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xinfang.desk import demo, kept, roles, sign_in, tour
from xinfang.desk.demo_lives.keys import hero_petition
from xinfang.desk.demo_texts import Question
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.ribbon import STOP

BACKEND = "django.contrib.auth.backends.ModelBackend"


def in_a_demonstration(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open to every visitor of a demonstration, and not there for anyone else."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@in_a_demonstration
@require_POST
def enter(request: HttpRequest) -> HttpResponseBase:
    """Sit down at a desk, from the door or from another desk."""
    wanted = request.POST.get("role", "")
    found = next((one for one in roles.seated() if one.role.key == wanted), None)
    if found is None:
        raise Http404
    stop = request.session.get(STOP, 0)
    login(request, found.officer, backend=BACKEND)
    request.session[STOP] = stop
    return sign_in.entered(request, kept.packed_in(request), url=_next(request))


def _next(request: HttpRequest) -> str:
    """Only into the desk."""
    path = request.POST.get("next", "")
    return path if kept.desk_match(path.partition("?")[0]) else "desk:worklist"


@in_a_demonstration
@require_safe
def stop(request: HttpRequest, nth: int) -> HttpResponse:
    """One stop of the tour, with the way to its page."""
    if not 1 <= nth <= len(tour.STOPS):
        raise Http404
    request.session[STOP] = nth
    here = tour.STOPS[nth - 1]
    petition = here.found()
    context = {
        "here": here,
        "petition": petition,
        "address": here.address(petition) if petition and here.address else "",
        "nth": nth,
        "stops": list(enumerate(tour.STOPS, start=1)),
        "before": nth - 1,
        "after": nth + 1 if nth < len(tour.STOPS) else 0,
    }
    return render(request, "desk/demo/tour.html", context)


@dataclass(frozen=True)
class Proof:
    """The page that proves an answer, and whose eyes are needed. Without an address it is still to come."""

    role: str = ""
    address: Callable[[], str] | None = None

    def href(self) -> str:
        return self.address() if self.address else ""


def _of_hero(hero: str, petition: str = "first", part: str = "") -> Callable[[], str]:
    def address() -> str:
        found = hero_petition(hero, petition)
        return reverse("desk:petition", args=[found.number]) + part if found else ""

    return address


def _roof_extension() -> str:
    """The form, where an extension can be asked for at once."""
    found = hero_petition("roof", "first")
    return reverse("desk:assignment-ask_extension", args=[found.assignments.latest("id").pk]) if found else ""


PROOFS = (
    Proof("dispatcher", _of_hero("roof", "again")),
    Proof("registrar", lambda: reverse("desk:intake")),
    Proof("administrator", _of_hero("roof", part="#facts")),
    Proof("supervisor", _of_hero("returned", part="#work")),
    Proof("case_handler", _of_hero("roof", part="#clocks")),
    Proof("case_handler", _roof_extension),
    Proof("unit_head", lambda: reverse("desk:tour", args=[4])),
    Proof("dispatcher", _of_hero("dibao", part="#papers")),
    Proof("discipline", _of_hero("sealed")),
    Proof("registrar", lambda: reverse("desk:register")),
)


@in_a_demonstration
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """办事员会问的十个问题. The answers are written by the county, in both languages."""
    told = [question.in_language(get_language() or "") for question in demo.texts().questions]
    asked = [_asked(*pair) for pair in zip(told, PROOFS, strict=True)]
    return render(request, "desk/demo/questions.html", {"questions": asked})


def _asked(question: Question, proof: Proof) -> dict[str, str]:
    return {
        "ask": question.ask,
        "answer": question.answer,
        "page": question.page,
        "role": proof.role,
        "href": proof.href(),
    }


class Sample(DeskForm):
    """One field of each kind."""

    title = forms.CharField(label=_("标题"), help_text=_("一句话说清是什么事。"), max_length=40)
    on = forms.DateField(label=_("信访日期"), widget=forms.DateInput(attrs={"type": "date"}), required=False)
    way = forms.ChoiceField(label=_("送达方式"), choices=[("1", _("当面")), ("2", _("邮寄"))], widget=forms.RadioSelect)
    is_urgent = forms.BooleanField(label=_("紧急"), required=False)


@in_a_demonstration
@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """The parts that every page of the desk is made of."""
    form = Sample({"title": "", "way": "1"})
    form.is_valid()
    return render(request, "desk/demo/parts.html", {"form": form})
