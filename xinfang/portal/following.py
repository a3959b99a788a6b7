"""Following a petition by number and query code, and rating it. No account, no session, no cookie.

The codes travel in the body of a POST, so that they stand in no address and no log. The forms carry their own secrets and no
cookie speaks for the visitor, so there is nothing another site could borrow and nothing to forge: no CSRF token is needed.
"""

import secrets
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from xinfang.foundation.errors import Refused
from xinfang.foundation.patience import TooSoon, guarded
from xinfang.petitions import actions, progress, slip_codes
from xinfang.petitions.codes import EvaluationValue
from xinfang.petitions.ledger import Access
from xinfang.petitions.models import Petition
from xinfang.portal import acting
from xinfang.portal.act_forms import ActForm, still_may
from xinfang.portal.forms import EvaluateForm, QueryForm
from xinfang.trace.acts import PETITIONER, AlreadyDone, once


@login_not_required
@csrf_exempt
@never_cache
def query(request: HttpRequest) -> HttpResponse:
    """我要查询: number and query code, and then where the petition stands."""
    if request.method != "POST":
        return render(request, "portal/query.html", {"form": QueryForm()})
    form, at = QueryForm(request.POST), timezone.now()
    petition = looked_up(form, at)
    return shown(request, petition, form, at) if petition else ask_again(request, form)


@login_not_required
@csrf_exempt
@never_cache
def evaluate(request: HttpRequest) -> HttpResponse:
    """评价 by the petitioner. Whoever has only the query code is refused."""
    if request.method != "POST":
        return redirect("portal:query")
    asked, at = QueryForm(request.POST), timezone.now()
    petition = looked_up(asked, at)
    if petition is None:
        return ask_again(request, asked)
    form = EvaluateForm(request.POST)
    said = _rated(petition, form, at) if form.is_valid() else ""
    petition.refresh_from_db(fields=["evaluation_status"])
    return shown(request, petition, asked, at, said=said, rating=form)


def looked_up(form: QueryForm, at: datetime) -> Petition | None:
    """The petition, or None with the reason on the form."""
    if not form.is_valid():
        return None
    number, code = form.cleaned_data["number"], form.cleaned_data["query_code"]
    try:
        with guarded("query_code", number, at=at):
            return slip_codes.by_code(number, code)
    except Refused as refused:
        put(form, refused)
        return None


def _rated(petition: Petition, form: EvaluateForm, at: datetime) -> str:
    """The sentence for the petitioner; a refusal goes onto the form."""
    given = form.cleaned_data
    try:
        with (
            guarded("act_secret", given["number"], at=at),
            once(f"rating:{petition.pk}:{given['token']}"),
        ):
            actions.evaluate(
                petition,
                bureau=EvaluationValue(given["bureau"]),
                unit=EvaluationValue(given["unit"]),
                reason=given["reason"],
                act_secret=given["act_secret"],
                by=PETITIONER,
                at=at,
            )
    except AlreadyDone as done:
        return done.sentence
    except Refused as refused:
        put(form, refused)
        return ""
    return _("您的评价已经记下，谢谢。")


def put(form: QueryForm, refused: Refused) -> None:
    """Beside its field where the form has it, otherwise at the top."""
    form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    form.wait = refused.seconds if isinstance(refused, TooSoon) else 0


def _blank(form: QueryForm) -> EvaluateForm:
    """To be filled in. Its token tells a form that was sent twice."""
    return EvaluateForm(initial={**form.cleaned_data, "token": secrets.token_urlsafe(16)})


def ask_again(request: HttpRequest, form: QueryForm) -> HttpResponse:
    return _patient(render(request, "portal/query.html", {"form": form}), form)


def shown(
    request: HttpRequest,
    petition: Petition,
    asked: QueryForm,
    at: datetime,
    *,
    said: str = "",
    rating: EvaluateForm | None = None,
    tried: tuple[str, ActForm] | None = None,
    found: list[Access] | None = None,
) -> HttpResponse:
    """Where it stands and what he may do. `tried` is the form that was not taken, `found` the list he asked for."""
    reading = progress.of(petition, today=timezone.localdate(at))
    context = {
        "progress": reading,
        "form": rating or (_blank(asked) if reading.rating_until else asked),
        "said": said,
        "acts": acting.forms_for(petition, asked.cleaned_data, tried, reading),
        "looks": found,
        "is_wrong": any(one.errors for one in (asked, rating, tried and tried[1]) if one and one.is_bound),
        "still_may": still_may(reading.offer, timezone.localdate(at)),
    }
    page = render(request, "portal/progress.html", context)
    return _patient(page, (tried[1] if tried else None) or rating or asked)


def _patient(page: HttpResponse, form: QueryForm) -> HttpResponse:
    """429 while a wait lasts."""
    if form.wait:
        page.status_code = 429
        page["Retry-After"] = str(form.wait)
    return page
