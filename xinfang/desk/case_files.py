"""档案室: the shelf, the file, its volumes with cover, index and notes."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.archives import checking, policies, queries
from xinfang.archives.lines import pages_of, titled
from xinfang.archives.models import Borrowing, CaseFile, Item, Section, Source, Volume, VolumeCheck
from xinfang.desk.looks import looked
from xinfang.desk.page import draw, officer_of, word_of
from xinfang.documents.kinds import PaperKind
from xinfang.foundation import paging
from xinfang.foundation.text import Text
from xinfang.organizations.models import Officer
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Evidence, Original

SIZE = 50
SHELF, UNBOUND, OUT = "shelf", "unbound", "out"
LISTS: dict[str, tuple[Text, tuple[str, ...]]] = {
    SHELF: (gettext_lazy("案卷架"), ("-filed_at", "-id")),
    UNBOUND: (gettext_lazy("待立卷"), ("archived_at", "petition_id")),
    OUT: (gettext_lazy("借出未还"), ("due_on", "id")),
}
NOT_YOURS = gettext_lazy("档案由档案员保管，没有档案员的机构由负责人保管。")
WRONG: dict[str, Text] = {
    checking.GONE: gettext_lazy("不见了"),
    checking.CHANGED: gettext_lazy("和立卷时不一样"),
    checking.DAMAGED: gettext_lazy("文件损坏，打不开"),
}


def insider(request: HttpRequest) -> Officer:
    officer = officer_of(request)
    if not policies.comes_in(officer):
        raise PermissionDenied(str(NOT_YOURS))
    return officer


@require_safe
def archives(request: HttpRequest) -> HttpResponse:
    """Three lists, each by key: what is on the shelf, what waits to be bound, who has what."""
    officer, today = insider(request), timezone.localdate()
    kind = request.GET.get("list", SHELF)
    kind = kind if kind in LISTS else SHELF
    number, place = word_of(request, "number", most=60), word_of(request, "place", most=60)
    rows: dict[str, QuerySet[Any]] = {
        SHELF: queries.shelf(officer, number=number, place=place),
        UNBOUND: queries.unbound(officer),
        OUT: queries.out(officer),
    }
    page = paging.page(rows[kind], LISTS[kind][1], size=SIZE, after=request.GET.get("after", ""))
    context = {
        "lists": [(name, label, name == kind) for name, (label, _keys) in LISTS.items()],
        "list": kind,
        "number": number,
        "place": place,
        "rows": page.rows,
        "after": page.after,
        "is_first": not request.GET.get("after"),
        "today": today,
        "here": "archives",
    }
    return draw(request, "desk/archives/shelf.html", context)


@dataclass(frozen=True)
class Line:
    """One line of the index, as the page shows it."""

    n: int
    section: str
    number: str
    unit: str
    title: str
    dated: Any
    pages: str
    note: str


def file_seen_by(request: HttpRequest, pk: int) -> CaseFile:
    rows = queries.files(insider(request)).select_related("petition__organ", "organ", "filed_by")
    found = get_object_or_404(rows, pk=pk)
    looked(request, found.petition, LookKind.OPEN)
    return found


def volume_seen_by(request: HttpRequest, pk: int) -> Volume:
    rows = queries.volumes(insider(request)).select_related("file__petition__organ", "file__organ", "file__filed_by")
    found = get_object_or_404(rows, pk=pk)
    looked(request, found.file.petition, LookKind.OPEN)
    return found


@require_safe
def case_file(request: HttpRequest, file: int) -> HttpResponse:
    """The file: its cover, its volumes, its seals and terms."""
    found = file_seen_by(request, file)
    officer, petition = officer_of(request), found.petition
    volumes = list(found.volumes.order_by("n"))
    lent = {
        one.volume_id: one
        for one in Borrowing.objects.filter(volume__in=volumes, returned_at=None).select_related("borrower")
    }
    seals = list(found.seals.select_related("sealed_by", "opened_by").order_by("-id"))
    keeps = policies.keeps(officer, petition)
    is_sealed = any(seal.opened_at is None for seal in seals)
    context = {
        "file": found,
        "petition": petition,
        "volumes": [(volume, lent.get(volume.pk)) for volume in volumes],
        "pages": sum(volume.pages for volume in volumes),
        "begins": min((volume.begins for volume in volumes), default=found.begins),
        "ends": max((volume.ends for volume in volumes), default=found.ends),
        "seals": [(seal, seal.said(petition)) for seal in seals],
        "terms": [(row, row.said(petition)) for row in found.terms.select_related("officer").order_by("-id")],
        "is_sealed": is_sealed,
        "keeps": keeps,
        "opens": is_sealed and policies.may_approve(officer, found.organ_id, petition.confidentiality),
        "today": timezone.localdate(),
        "here": "archives",
    }
    return draw(request, "desk/archives/file.html", context)


@require_safe
def volume(request: HttpRequest, volume: int) -> HttpResponse:
    """The volume on paper: cover, index, notes."""
    found = volume_seen_by(request, volume)
    petition = found.file.petition
    checks = list(found.checks.select_related("officer").order_by("-id"))
    lines = lines_of(found)
    context = {
        "volume": found,
        "file": found.file,
        "petition": petition,
        "of": found.file.volumes.count(),
        "lines": lines,
        "notes": [(note, note.said(petition)) for note in found.notes.select_related("officer").order_by("id")],
        "checks": [(check, _wrong(check, lines)) for check in checks],
        "placings": list(found.placings.select_related("officer").order_by("-id")),
        "borrowings": [
            (one, one.said(petition)) for one in found.borrowings.select_related("borrower").order_by("-id")
        ],
        "lent": found.borrowings.filter(returned_at=None).exists(),
        "keeps": policies.keeps(officer_of(request), petition),
        "printed_at": timezone.now(),
        "here": "archives",
    }
    return draw(request, "desk/archives/volume.html", context)


def _wrong(check: VolumeCheck, lines: list[Line]) -> list[str]:
    titles = {line.n: line.title for line in lines}
    said = _("第 %(n)s 号“%(title)s”%(wrong)s。")
    return [said % {"n": n, "title": titles.get(n, ""), "wrong": WRONG.get(wrong, wrong)} for n, wrong in check.found]


def lines_of(volume: Volume) -> list[Line]:
    """Whatever the number of items, in three statements."""
    items = list(volume.items.select_related("unit").order_by("n"))
    titles, places = _titles(items)
    return [
        Line(
            n=item.n,
            section=str(Section(item.section).label),
            number=item.number,
            unit=item.unit.name if item.unit else "",
            title=titled(titles[item.pk], item.part),
            dated=item.dated,
            pages=pages_of(item),
            note=places.get(item.pk, ""),
        )
        for item in items
    ]


def _titles(items: list[Item]) -> tuple[dict[int, str], dict[int, str]]:
    of = {source: [item.source_id for item in items if item.source == source] for source in Source}
    labels = dict(Evidence.objects.filter(pk__in=of[Source.EVIDENCE]).values_list("pk", "label"))
    originals = Original.objects.select_related("petition").in_bulk(of[Source.ORIGINAL])
    titles, places = {}, {}
    for item in items:
        if item.source == Source.PAPER:
            titles[item.pk] = str(PaperKind(item.kind).label)
        elif item.source == Source.EVIDENCE:
            titles[item.pk] = labels.get(item.source_id, "")
        else:
            original = originals[item.source_id]
            titles[item.pk] = original.description
            places[item.pk] = _("纸质原件，存放在：%(place)s") % {"place": original.place}
    return titles, places
