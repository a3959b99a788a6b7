"""档案室: the shelf, the file, its volumes with cover, index and notes; the steps of the archivist."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from xinfang.archives import actions, binding, checking, policies, queries, retention
from xinfang.archives.lines import pages_of, titled
from xinfang.archives.models import Borrowing, CaseFile, Item, Section, Source, Volume, VolumeCheck
from xinfang.desk.form_page import FormPage
from xinfang.desk.forms.archives import BindForm, LendForm, NoteForm, PlaceForm, ReasonForm, TermForm
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.looks import looked
from xinfang.desk.page import draw, officer_of, word_of
from xinfang.desk.petitions import seen_by
from xinfang.documents.kinds import PaperKind
from xinfang.foundation import paging
from xinfang.foundation.text import Text
from xinfang.organizations.models import Officer
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Evidence, Original, Petition
from xinfang.trace.acts import AlreadyDone

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
    number = word_of(request, "number", most=60)
    rows: dict[str, QuerySet[Any]] = {
        SHELF: queries.shelf(officer, number=number),
        UNBOUND: queries.unbound(officer),
        OUT: queries.out(officer),
    }
    page = paging.page(rows[kind], LISTS[kind][1], size=SIZE, after=request.GET.get("after", ""))
    context = {
        "lists": [(name, label, name == kind) for name, (label, _keys) in LISTS.items()],
        "list": kind,
        "number": number,
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


class BindPage(FormPage):
    """立卷."""

    template_name = "desk/archives/bind.html"

    def prepare(self, **kwargs: Any) -> None:
        insider(self.request)
        self.petition: Petition = seen_by(self.request, kwargs["number"])
        self.file = CaseFile.objects.filter(petition=self.petition).first()
        if not self.file and not policies.keeps(officer_of(self.request), self.petition):
            raise PermissionDenied(str(NOT_YOURS))

    def closed(self) -> HttpResponse | None:
        if self.file:
            return redirect("desk:case-file", self.file.pk)
        if self.petition.status != "archived":
            messages.info(self.request, _("先归档，再立卷。"))
            return redirect("desk:petition", self.petition.number)
        return None

    def form(self, *args: Any, **kwargs: Any) -> BindForm:
        pieces, rule = binding.pieces(self.petition), retention.proposed(self.petition)
        return BindForm(*args, pieces=pieces, rule=rule, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        file = actions.bind(self.petition, form.bound(), by=officer_of(self.request), at=timezone.now())
        messages.success(self.request, _("已立卷：%(number)s。") % {"number": file.number})
        return redirect("desk:case-file", file.pk)

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return redirect("desk:case-file", CaseFile.objects.get(petition=self.petition).pk)

    def context(self, form: Any) -> dict[str, Any]:
        return {"petition": self.petition, "lines": form.lines(), "facts": form.facts(), "here": "archives"}


class KeeperPage(FormPage):
    """A form about one file or volume, for whoever keeps it."""

    template_name = "desk/archives/form.html"
    heading: Any = ""
    done: Any = ""
    form_class: type[DeskForm] = DeskForm

    def prepare(self, **kwargs: Any) -> None:
        self.find(**kwargs)
        self.petition = self.file.petition
        if not self.is_his():
            raise PermissionDenied(str(NOT_YOURS))

    def find(self, **kwargs: Any) -> None:
        self.file = file_seen_by(self.request, kwargs["file"])
        self.volume: Volume | None = None

    def is_his(self) -> bool:
        return policies.keeps(officer_of(self.request), self.petition)

    def form(self, *args: Any, **kwargs: Any) -> DeskForm:
        return self.form_class(*args, **kwargs)

    def act(self, form: Any) -> HttpResponseBase:
        self.move(form.cleaned_data)
        messages.success(self.request, str(self.done))
        return self.home()

    def move(self, said: dict[str, Any]) -> None:
        raise NotImplementedError

    @property
    def hand(self) -> dict[str, Any]:
        return {"by": officer_of(self.request), "at": timezone.now()}

    def already(self, done: AlreadyDone) -> HttpResponseBase:
        return self.home()

    def home(self) -> HttpResponseBase:
        return redirect("desk:volume", self.volume.pk) if self.volume else redirect("desk:case-file", self.file.pk)

    def context(self, form: Any) -> dict[str, Any]:
        found = {"file": self.file, "volume": self.volume, "petition": self.petition}
        return {**found, "heading": self.heading, "here": "archives"}


class VolumePage(KeeperPage):
    """A form about one volume."""

    volume: Volume

    def find(self, **kwargs: Any) -> None:
        self.volume = volume_seen_by(self.request, kwargs["volume"])
        self.file = self.volume.file


class LendVolume(VolumePage):
    """借出."""

    heading, done, form_class = gettext_lazy("借出案卷"), gettext_lazy("已借出。"), LendForm

    def move(self, said: dict[str, Any]) -> None:
        actions.lend_volume(self.volume, **said, **self.hand)


class MoveVolume(VolumePage):
    """移放."""

    heading, done, form_class = gettext_lazy("移放案卷"), gettext_lazy("存放位置已更新。"), PlaceForm

    def move(self, said: dict[str, Any]) -> None:
        actions.move_volume(self.volume, **said, **self.hand)


class NoteVolume(VolumePage):
    """备考."""

    heading, done, form_class = gettext_lazy("写备考表"), gettext_lazy("已写入备考表。"), NoteForm

    def move(self, said: dict[str, Any]) -> None:
        actions.note_volume(self.volume, **said, **self.hand)


class CheckVolume(VolumePage):
    """检查: every file of the volume is read."""

    heading = gettext_lazy("检查案卷")

    def act(self, form: Any) -> HttpResponseBase:
        check = actions.check_volume(self.volume, checking.read_through(self.volume), **self.hand)
        if check.found:
            messages.error(self.request, _("检查完毕，有 %(n)s 处不对，见备考表。") % {"n": len(check.found)})
        else:
            messages.success(self.request, _("检查完毕，全部材料和立卷时一样。"))
        return self.home()


class TakeBackVolume(VolumePage):
    """归还."""

    heading, done = gettext_lazy("归还案卷"), gettext_lazy("已归还。")

    def find(self, **kwargs: Any) -> None:
        borrowing = get_object_or_404(Borrowing, pk=kwargs["borrowing"])
        self.borrowing = borrowing
        super().find(volume=borrowing.volume_id)

    def move(self, said: dict[str, Any]) -> None:
        actions.take_back_volume(self.borrowing, **self.hand)


class SealFile(KeeperPage):
    """封存."""

    heading, done, form_class = gettext_lazy("封存案卷"), gettext_lazy("已封存。"), ReasonForm

    def move(self, said: dict[str, Any]) -> None:
        actions.seal_file(self.file, **said, **self.hand)


class OpenFile(KeeperPage):
    """启封: by another hand than the archivist's."""

    heading, done = gettext_lazy("启封案卷"), gettext_lazy("已启封。")

    def is_his(self) -> bool:
        return policies.may_approve(officer_of(self.request), self.file.organ_id, self.petition.confidentiality)

    def move(self, said: dict[str, Any]) -> None:
        actions.open_file(self.file, **self.hand)


class SetTerm(KeeperPage):
    """重新划定保管期限."""

    heading, done, form_class = gettext_lazy("重新划定保管期限"), gettext_lazy("保管期限已重新划定。"), TermForm

    def move(self, said: dict[str, Any]) -> None:
        actions.set_term(self.file, **said, **self.hand)
