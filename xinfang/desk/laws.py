"""法规库: what is in force on a day, a law by its articles, an article and who cites it, two versions side by side."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xinfang.desk.forms.laws import Asked, Cited
from xinfang.desk.page import draw, officer_of
from xinfang.desk.rows import COLUMNS, Row, listed
from xinfang.foundation import paging
from xinfang.legislation import queries
from xinfang.legislation.differences import differences
from xinfang.legislation.models import Article, Law, Version
from xinfang.legislation.numerals import said
from xinfang.organizations import policies
from xinfang.organizations.models import Duty
from xinfang.petitions import queries as petitions

UNPROCESSABLE = 422
SIZE = 20
MOST_FOUND = 50


def keeps_laws(request: HttpRequest) -> bool:
    return policies.holds(officer_of(request), (Duty.ADMINISTRATOR,))


def require_keeper(request: HttpRequest) -> None:
    if not keeps_laws(request):
        raise PermissionDenied(_("法规库由系统管理员维护。"))


@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    """What is in force on a day, and articles that hold the words asked for."""
    form = Asked({"on": timezone.localdate().isoformat(), **request.GET.dict()})
    if not form.is_valid():
        return draw(request, "desk/laws.html", {"form": form}, status=UNPROCESSABLE)
    on, words = form.cleaned_data["on"], form.cleaned_data["words"]
    context = {"form": form, "on": on, "words": words, "keeps_laws": keeps_laws(request)}
    if words:
        found = list(queries.search(words)[: MOST_FOUND + 1])
        context |= {"found": found[:MOST_FOUND], "is_cut": len(found) > MOST_FOUND}
    return draw(request, "desk/laws.html", context | _shelves(on))


def _shelves(on: date) -> dict[str, list[Any]]:
    """In force, not in force on that day, and known by name only."""
    everything = list(Law.objects.prefetch_related("versions").order_by("title"))
    versions = queries.laws_in_force(on).annotate(size=Count("articles")).order_by("law__kind", "law__title")
    running = {version.law_id: version for version in versions}
    with_versions = [law for law in everything if law.versions.all()]
    return {
        "running": list(running.values()),
        "others": [law for law in with_versions if law.pk not in running],
        "named": [law for law in everything if not law.versions.all()],
    }


@require_safe
def law(request: HttpRequest, law: str) -> HttpResponse:
    """One version of a law, by its articles: the one in force on the day asked for, or the one named."""
    found = get_object_or_404(Law.objects.select_related("succeeded_by"), code=law)
    versions = list(found.versions.order_by("-in_force_on"))
    version = _chosen(request, versions)
    articles = list(version.articles.select_related("wording")) if version else []
    context = {
        "law": found,
        "versions": versions,
        "version": version,
        "today": timezone.localdate(),
        "pairs": _pairs(found, versions, version),
        "predecessors": list(Law.objects.filter(succeeded_by=found)),
        "chapters": _chapters(version, articles) if version else [],
        "keeps_laws": keeps_laws(request),
    }
    return draw(request, "desk/law.html", context)


def _chosen(request: HttpRequest, versions: list[Version]) -> Version | None:
    named = request.GET.get("version", "")
    form = Cited(request.GET)
    on = form.cleaned_data["on"] if form.is_valid() else None
    on = on or timezone.localdate()
    wanted = [one for one in versions if one.code == named] or [one for one in versions if one.is_in_force(on)]
    return next(iter([*wanted, *versions]), None)


def _pairs(law: Law, versions: list[Version], version: Version | None) -> list[tuple[Version, Version]]:
    """What this version can be laid beside: the one before it, of this law or of the law it took the place of."""
    if version is None:
        return []
    own = [(one, version) for one in versions if one.in_force_on < version.in_force_on][:1]
    before = Version.objects.filter(law__succeeded_by=law).select_related("law").order_by("-in_force_on")
    after = Version.objects.filter(law=law.succeeded_by).select_related("law").order_by("in_force_on")[:1]
    return [*own, *((one, version) for one in before[:1]), *((version, one) for one in after)]


def _chapters(version: Version, articles: list[Article]) -> list[tuple[str, str, list[Article]]]:
    """The articles under their headings; those before the first heading under none."""
    titles = {number: title for number, title, _first in version.chapters}
    numbers = sorted({row.chapter for row in articles})
    return [(said(n), titles.get(n, ""), [row for row in articles if row.chapter == n]) for n in numbers]


@require_safe
def article(request: HttpRequest, version: str, article: str) -> HttpResponse:
    """One article: its text or our line on it, what it came from and became, and the open petitions that cite it."""
    row = queries.article(f"{version}#{article}")
    if row is None:
        raise Http404
    context = {
        "article": row,
        "version": row.version,
        "law": row.version.law,
        "chapter": next((title for number, title, _first in row.version.chapters if number == row.chapter), ""),
        "earlier": _by_anchor(queries.earlier(row)),
        "later": _by_anchor(queries.later(row)),
        "today": timezone.localdate(),
        **_citing(request, queries.subjects_citing(row, "petition")),
    }
    return draw(request, "desk/article.html", context)


def _by_anchor(anchors: tuple[str, ...]) -> list[Article]:
    return list(Article.objects.filter(anchor__in=anchors).select_related("version__law")) if anchors else []


@require_safe
def citing(request: HttpRequest, law: str) -> HttpResponse:
    """The open petitions that cite a law: who has to look again when it changes."""
    found = get_object_or_404(Law, code=law)
    context = {"law": found, **_citing(request, queries.subjects_citing_law(found, "petition"))}
    return draw(request, "desk/citing.html", context)


def _citing(request: HttpRequest, subjects: QuerySet[Any, int]) -> dict[str, Any]:
    """Those this officer may know of, the latest first."""
    open_ones = petitions.open_among(officer_of(request), subjects)
    after = request.GET.get("after", "")
    found = paging.page(
        open_ones.select_related("division").only("division", *COLUMNS), ("-id",), size=SIZE, after=after
    )
    rows: list[Row] = listed(found.rows, timezone.localdate())
    return {"rows": rows, "after": found.after, "is_first": not after}


@require_safe
def compare(request: HttpRequest, earlier: str, later: str) -> HttpResponse:
    """Two versions, article beside article."""
    versions = Version.objects.select_related("law")
    old, new = get_object_or_404(versions, code=earlier), get_object_or_404(versions, code=later)
    found = differences(old, new)
    shown = [one for one in found if one.kind != "same"]
    counts = {kind: sum(one.kind == kind for one in found) for kind in ("changed", "moved", "added", "dropped", "same")}
    return draw(request, "desk/compare.html", {"old": old, "new": new, "rows": shown, "counts": counts})


@require_safe
def cite(request: HttpRequest) -> HttpResponseBase:
    """Where a citation leads: to its article, or to a page that says why not and what there is instead."""
    form = Cited(request.GET)
    if not form.is_valid():
        return draw(request, "desk/cited.html", {"form": form, "text": ""}, status=UNPROCESSABLE)
    found = queries.resolve(form.cleaned_data["text"], form.cleaned_data["on"] or timezone.localdate())
    if found.article:
        return redirect("desk:article", found.article.version.code, found.article.key)
    if found.law and found.law.spans and not found.reference.number:
        return redirect("desk:law", found.law.code)
    context = {"form": form, "text": form.cleaned_data["text"], "sentence": found.sentence, "law": found.law}
    return draw(request, "desk/cited.html", context | {"instead": _by_anchor(found.instead)})
