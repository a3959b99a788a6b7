"""长辈版: large type, fewer things, read aloud. A cookie that says this and nothing else, set when asked for."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
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
    if request.method == "POST" and request.POST.get("look") == ELDER:
        answer.set_cookie(
            NAME,
            ELDER,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    elif request.method == "POST":
        answer.delete_cookie(NAME, samesite="Lax")
    return answer
