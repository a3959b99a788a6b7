"""The ribbon of a demonstration, on every page of the desk, and the mark that somebody works at one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from xinfang.desk import roles
from xinfang.desk.demo_lives import loading

STOP = "tour-stop"


class Clicks:
    """Whoever asks for a page of a demonstration makes the loader wait. Nowhere else it exists at all."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.DEMO:
            raise MiddlewareNotUsed
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        loading.clicked()
        return self.answer(request)


def ribbon(request: HttpRequest) -> dict[str, Any]:
    """For the templates: the roles one can take, how much is loaded, the stop of the tour one came from."""
    match = request.resolver_match
    if not settings.DEMO or match is None or match.namespace != "desk":
        return {}
    there = loading.progress()
    return {
        "demo": {
            "seated": roles.seated(),
            "here": request.user.pk if request.user.is_authenticated else None,
            "progress": there if there and there.done < there.total else None,
            "stop": request.session.get(STOP, 0),
        }
    }
