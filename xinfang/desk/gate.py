"""The gate before every page of the desk: closed unless opened, and nothing typed is lost at it."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.views.csrf import csrf_failure

from xinfang.desk import kept, sign_in
from xinfang.desk.page import officer_of

# The document camera of the intake page; nothing else of the machine is asked for.
DEVICES = "camera=(self), microphone=(), geolocation=()"
_FROM_ELSEWHERE = tuple(reason.partition(" - ")[0] for reason in (REASON_BAD_ORIGIN, REASON_BAD_REFERER))
WITHOUT_NEW_PASSWORD = frozenset({"desk:sign-in", "desk:sign-out", "desk:password"})


class Gate(LoginRequiredMiddleware):
    """Sign-in first; then, where the password is a one-time one, a password of one's own; pages are never cached."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., Any], view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        return answer or _own_password_first(request)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable[..., Any]) -> HttpResponseBase:  # type: ignore[override]
        if request.method == "POST" and _is_desk(request):
            return sign_in.asked(request, kept.Kept.of(request))
        return super().handle_no_permission(request, view_func)

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if _is_desk(request):
            add_never_cache_headers(response)
            response.headers.setdefault("Permissions-Policy", DEVICES)
        return response


def _is_desk(request: HttpRequest) -> bool:
    return request.resolver_match is not None and request.resolver_match.namespace == "desk"


def _own_password_first(request: HttpRequest) -> HttpResponseBase | None:
    if not _is_desk(request) or not request.user.is_authenticated or not officer_of(request).must_change_password:
        return None
    assert request.resolver_match is not None
    return None if request.resolver_match.view_name in WITHOUT_NEW_PASSWORD else redirect("desk:password")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A form drawn before the last sign-in (two tabs): shown again with a fresh mark, not acted upon.

    What another site sent is no form of ours: nothing of it is kept.
    """
    if kept.desk_match(request.path) is None or reason.startswith(_FROM_ELSEWHERE):
        return csrf_failure(request, reason, template_name="403.html")
    typed = kept.packed_in(request) or kept.Kept.of(request)
    if request.user.is_authenticated:
        return sign_in.entered(request, typed)
    return sign_in.asked(request, typed)


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None) -> HttpResponse:
    """What axes answers with while a name must wait (settings.AXES_LOCKOUT_CALLABLE)."""
    return sign_in.locked_out(request)
