"""盖章件回传: what waits for its ink, and the stamped and signed sheets that come back scanned, each to its paper."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_safe

from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.base import DeskForm, said
from xinfang.desk.forms.fields import Checked, Files
from xinfang.desk.page import officer_of, scans_papers
from xinfang.desk.papers import streamed
from xinfang.desk.printed import damaged_page, paper_seen
from xinfang.documents import actions, printing, scans
from xinfang.documents.models import AwaitingInk, Paper, Rendering, SignedSheet
from xinfang.documents.scans import Scan
from xinfang.files import store
from xinfang.files.errors import Damaged
from xinfang.files.store import Sealed
from xinfang.foundation import paging
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import queries, sight
from xinfang.petitions.models import Assignment, Hearing, Petition, ReviewCase
from xinfang.trace.acts import AlreadyDone, once

SIZE = 50
KEYS = ("paper_id",)
_HINT = gettext_lazy("PDF、JPEG、PNG 或者手机拍的 HEIC。一份文书有几页的，扫成一个 PDF，或者一页一个文件一起选。")


class ScansForm(DeskForm):
    """Scans of any papers of his."""

    scans = Files(label=gettext_lazy("扫描件"), help_text=_HINT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scans"].error_messages["required"] = _("请选择扫描件。")


class ScanForm(ScansForm):
    """Scans of this one paper."""

    is_by_hand = Checked(label=gettext_lazy("我已核对：方块码读不出，但这就是这份文书"))
    is_another = Checked(label=gettext_lazy("再传一份：前一份扫错了"))


def looked_into(uploads: Iterable[UploadedFile]) -> list[tuple[str, Scan]]:
    """Each under the name it came with. Slow, so before any act."""
    return [(upload.name or "", _named(upload)) for upload in uploads]


def _named(upload: UploadedFile) -> Scan:
    assert upload.file is not None
    try:
        return scans.look_into(upload.file)
    except Refused as refused:
        sentence = _("“%(name)s”：%(why)s") % {"name": upload.name, "why": refused.sentence}
        raise Refused(sentence, field="scans") from refused


def sealed(petition: Petition, scan: Scan) -> Sealed:
    return store.seal(store.take(scan.file), key=petition.key)


def attach(
    request: HttpRequest, petition: Petition, rendering: Rendering, scan: Scan, *, by_hand: bool, another: bool
) -> SignedSheet:
    """Cleaned and sealed before the act, as every file that is handed in."""
    file = sealed(petition, scan)
    by, at = officer_of(request), timezone.now()
    return actions.sign_in_ink(rendering, scan=scan, file=file, is_by_hand=by_hand, is_another=another, by=by, at=at)


class PaperInk(FormPage):
    """The sheet of one paper."""

    template_name = "desk/paper_ink.html"

    def prepare(self, **kwargs: Any) -> None:
        self.petition, self.paper = paper_seen(self.request, kwargs["number"], kwargs["paper"])
        self.rendering = printing.rendering_of(self.paper, key=self.petition.key, at=timezone.now())
        self.sheets = list(SignedSheet.objects.filter(paper=self.paper).order_by("nth"))

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        form = ScanForm(*args, **kwargs)
        if not self.sheets:
            del form.fields["is_another"]
        return form

    def act(self, form: forms.Form) -> HttpResponseBase:
        told = form.cleaned_data
        scan = scans.together([one for _name, one in looked_into(told["scans"])])
        another = told.get("is_another", False)
        attach(self.request, self.petition, self.rendering, scan, by_hand=told["is_by_hand"], another=another)
        messages.success(self.request, _("盖章件已收下。"))
        return self._back()

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self._back()

    def _back(self) -> HttpResponseBase:
        return redirect("desk:paper", self.petition.number, self.paper.pk)

    def context(self, form: forms.Form) -> dict[str, Any]:
        return {"petition": self.petition, "paper": self.paper, "sheets": self.sheets}


@require_safe
def signed_sheet(request: HttpRequest, number: str, paper: int, nth: int) -> HttpResponseBase:
    """The copy that units read, as it was scanned."""
    petition, found = paper_seen(request, number, paper)
    sheet = get_object_or_404(SignedSheet.objects.select_related("copy"), paper=found, nth=nth)
    try:
        return streamed(sheet.copy, petition, f"{petition.number}-{found.kind}-{nth}")
    except Damaged as damaged:
        return damaged_page(request, petition, damaged)


@dataclass(frozen=True)
class Waiting:
    """A paper that waits for its ink, of a petition he may know of."""

    paper: Paper
    petition: Petition


class Ink(FormPage):
    """What waits in his units; scans of many papers at once, each attached by its code."""

    template_name = "desk/ink.html"

    def prepare(self, **kwargs: Any) -> None:
        self.officer = officer_of(self.request)
        if not scans_papers(self.officer):
            raise PermissionDenied(_("您的岗位不回传盖章件。"))
        self.told: list[tuple[str, str]] = []

    def form(self, *args: Any, **kwargs: Any) -> forms.Form:
        return ScansForm(*args, **kwargs)

    def attempt(self, form: forms.Form) -> HttpResponseBase | None:
        """Each paper is an act of its own: what is refused is told, the others are attached."""
        with once(self.token):
            if not form.is_valid():
                return None
            done = self._attached(form.cleaned_data["scans"])
        if done:
            messages.success(self.request, _("收下 %(count)s 份盖章件。") % {"count": done})
        for name, why in self.told:
            messages.error(self.request, _("“%(name)s”没有收下：%(why)s") % {"name": name, "why": why})
        return redirect("desk:ink")

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:ink")

    def _attached(self, uploads: Sequence[UploadedFile]) -> int:
        """How many papers got their sheet. Files of one paper go together, whatever order they were chosen in."""
        found: dict[str, list[tuple[str, Scan]]] = defaultdict(list)
        for upload in uploads:
            name = upload.name or ""
            if scan := self._read(name, upload):
                found[next(iter(scan.serials))].append((name, scan))
        return sum(self._attach(serial, parts) for serial, parts in found.items())

    def _read(self, name: str, upload: UploadedFile) -> Scan | None:
        assert upload.file is not None
        try:
            scan = scans.look_into(upload.file)
            if len(scan.serials) != 1:
                raise Refused(_MIXED if scan.serials else _UNREADABLE)
        except Refused as refused:
            self._tell(name, refused)
            return None
        return scan

    def _attach(self, serial: str, parts: list[tuple[str, Scan]]) -> int:
        """A code of a paper that he may not read is nobody's."""
        try:
            rendering = Rendering.objects.filter(serial=serial).select_related("paper").first()
            petition = rendering and self._petition_of(rendering.paper)
            if not rendering or not petition:
                raise Refused("没有您可以看的这份文书。")
            scan = scans.together([scan for _name, scan in parts])
            attach(self.request, petition, rendering, scan, by_hand=False, another=False)
        except Refused as refused:
            self._tell("、".join(name for name, _scan in parts), refused)
            return 0
        return 1

    def _tell(self, name: str, refused: Refused) -> None:
        self.told.append((name, said(refused)))

    def _petition_of(self, paper: Paper) -> Petition | None:
        petition = petitions_of([paper], self.officer).get(paper.pk)
        return petition if petition and sight.reads_paper(self.officer, petition, paper) else None

    def context(self, form: forms.Form) -> dict[str, Any]:
        units = {seat.unit_code for seat in self.officer.seats}
        rows = AwaitingInk.objects.filter(unit_code__in=units).select_related("paper")
        page = paging.page(rows, KEYS, size=SIZE, after=self.request.GET.get("after", ""))
        papers = [row.paper for row in page.rows]
        known = petitions_of(papers, self.officer)
        waiting = [
            Waiting(paper, known[paper.pk])
            for paper in papers
            if paper.pk in known and sight.reads_paper(self.officer, known[paper.pk], paper)
        ]
        return {"waiting": waiting, "after": page.after, "here": "ink"}


_UNREADABLE = gettext_noop("读不出方块码。请重新扫描，不要遮住右上角；还是读不出的，请打开那份文书，在那里上传并核对。")
_MIXED = gettext_noop("里面有几份文书。请一份文书扫成一个文件再传。")


_WORK: dict[str, type[Model]] = {"assignment": Assignment, "review": ReviewCase, "hearing": Hearing}


def petitions_of(papers: Sequence[Paper], officer: Officer) -> dict[int, Petition]:
    """By paper, the petition it belongs to, where he may know of it."""
    subjects: dict[str, list[int]] = defaultdict(list)
    for paper in papers:
        subjects[paper.subject_kind].append(paper.subject_id)
    found: dict[tuple[str, int], Petition] = {}
    for one in queries.visible_to(officer).filter(pk__in=subjects["petition"]):
        found["petition", one.pk] = one
    for kind, model in _WORK.items():
        if ids := subjects[kind]:
            rows: QuerySet[Any] = model._default_manager.filter(queries.of_visible(officer), pk__in=ids)
            found |= {(kind, row.pk): row.petition for row in rows.select_related("petition")}
    named = ((paper.pk, found.get((paper.subject_kind, paper.subject_id))) for paper in papers)
    return {pk: petition for pk, petition in named if petition}
