"""长辈版 and 语言: large type, fewer things, read aloud; and in which language. Two cookies that say this and nothing else.

Where something is being written, the same buttons press the form itself: the page comes again as it was typed.
"""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

NAME, ELDER = "look", "elder"


@login_not_required
@csrf_exempt
def look(request: HttpRequest) -> HttpResponse:
    """Back to where he was; to the front page where the browser does not say."""
    came_from = request.META.get("HTTP_REFERER", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(came_from if is_ours else reverse("portal:home"))
    if request.method == "POST":
        _keep_look(answer, request.POST.get("look", ""))
    return answer


def dressed(request: HttpRequest, chosen: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """The page in the look that was pressed on it."""
    request.COOKIES[NAME] = chosen
    answer = draw()
    _keep_look(answer, chosen)
    return answer


def spoken(request: HttpRequest, code: str, draw: Callable[[], HttpResponse]) -> HttpResponse:
    """The page in the language that was pressed on it; of one we do not speak, as it was."""
    if code not in dict(settings.LANGUAGES):
        return draw()
    translation.activate(code)
    request.LANGUAGE_CODE = code
    answer = draw()
    _keep(answer, settings.LANGUAGE_COOKIE_NAME, code)
    return answer


def _keep_look(answer: HttpResponse, chosen: str) -> None:
    if chosen == ELDER:
        _keep(answer, NAME, ELDER)
    else:
        answer.delete_cookie(NAME, samesite="Lax")


def _keep(answer: HttpResponse, name: str, said: str) -> None:
    age, secure = settings.LANGUAGE_COOKIE_AGE, settings.LANGUAGE_COOKIE_SECURE
    answer.set_cookie(name, said, max_age=age, secure=secure, httponly=True, samesite="Lax")
