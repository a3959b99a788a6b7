"""公开信息: columns, guides, one article, search over what is shown, and the open figures. No cookie, no script, no account."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import BigIntegerField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xinfang.foundation import paging
from xinfang.publishing import figures, queries
from xinfang.publishing.models import Column

SIZE = 20
KEYS = ("-released_at", "-id")
LATEST = 5
COLUMNS = (Column.AFFAIRS, Column.CASES, Column.POLICY)


@login_not_required
@require_safe
def news(request: HttpRequest) -> HttpResponse:
    """The hall: guides first, then the newest of each column, the search and the figures."""
    columns = [
        (column, list(queries.published(column).filter(withdrawn_at=None).order_by(*KEYS)[:LATEST]))
        for column in COLUMNS
    ]
    guides = list(queries.guides()[:LATEST])
    return render(request, "portal/published/hall.html", {"columns": columns, "guides": guides})


@login_not_required
@require_safe
def column(request: HttpRequest, column: str) -> HttpResponse:
    """One column, newest first; what was withdrawn stands there struck out."""
    if column not in Column.values:
        raise Http404
    page = paging.page(queries.published(column), KEYS, size=SIZE, after=request.GET.get("after", ""))
    return _listed(request, "portal/published/column.html", page, column=Column(column))


@login_not_required
@require_safe
def article(request: HttpRequest, publication: int) -> HttpResponse:
    """What is shown, or the line that is left of it."""
    if publication > BigIntegerField.MAX_BIGINT:  # more than a database can hold is nobody's
        raise Http404
    found = get_object_or_404(queries.published(), pk=publication)
    earlier = found.versions.filter(approved_at__isnull=False).exclude(pk=found.shown_id).order_by("-n")
    context = {"article": found, "version": found.shown, "earlier": list(earlier.values_list("approved_at", flat=True))}
    return render(request, "portal/published/article.html", context, status=410 if found.withdrawn_at else 200)


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Plain words in what is shown. Asked in the address of the page, kept nowhere."""
    words = request.GET.get("words", "")[:60]
    page = paging.page(queries.found(words), KEYS, size=SIZE, after=request.GET.get("after", ""))
    return _listed(request, "portal/published/search.html", page, words=words)


def _listed(request: HttpRequest, template: str, page: paging.Page[Any], **more: Any) -> HttpResponse:
    is_first = not request.GET.get("after")
    return render(request, template, {"rows": page.rows, "after": page.after, "is_first": is_first, **more})


@login_not_required
@require_safe
def open_figures(request: HttpRequest) -> HttpResponse:
    """公开数字: a year by category, street or month, always with n."""
    at = timezone.now()
    by, year = _by(request.GET.get("by", "")), _year(request.GET.get("year", ""), at)
    context = {
        "table": figures.table(by, year, at=at),
        "bys": figures.By.choices,
        "years": figures.years(timezone.localdate(at)),
        "smallest": figures.SMALLEST,
    }
    return render(request, "portal/published/figures.html", context)


def _by(text: str) -> figures.By:
    return figures.By(text) if text in figures.By.values else figures.By.CATEGORY


def _year(text: str, at: datetime) -> int:
    """A year there are figures of, or this one."""
    known = figures.years(timezone.localdate(at))
    return next((year for year in known if str(year) == text), known[0])
