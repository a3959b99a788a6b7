"""没有这一页 and 现在不能办理 inside the desk: in its frame, so that whoever took a wrong turn finds the way on."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views import defaults

from xinfang.desk.page import draw
from xinfang.organizations.models import Officer

NOT_FOUND, FORBIDDEN = 404, 403


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What does not exist and what he may not know of look the same."""
    if _is_inside(request):
        return draw(request, "desk/not_found.html", status=NOT_FOUND)
    return defaults.page_not_found(request, exception)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """With the sentence that says why."""
    if _is_inside(request):
        return draw(request, "desk/not_allowed.html", {"sentence": str(exception)}, status=FORBIDDEN)
    return defaults.permission_denied(request, exception)


def _is_inside(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("desk:worklist")) and isinstance(getattr(request, "user", None), Officer)
