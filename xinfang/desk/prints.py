"""批量打印: the papers of ticked petitions in one PDF, and their slips again; each print is a line in the trace."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.contrib import messages
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import said
from xinfang.desk.looks import looked_each
from xinfang.desk.page import draw
from xinfang.desk.printed import as_pdf
from xinfang.desk.slip import chosen_by
from xinfang.desk.ticked import TickedPage
from xinfang.desk.words import moment, unit_names
from xinfang.documents import actions as documents
from xinfang.documents import printing
from xinfang.documents.actions import ReprintGround
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper, Rendering
from xinfang.documents.papers import lines_of
from xinfang.documents.queries import copies_of, printed_at
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, queries, sight
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Demand, Petition
from xinfang.trace import receipts
from xinfang.trace.acts import AlreadyDone, once
from xinfang.trace.receipts import Receipt

SLIP = "slip"
SKIP = "skip"
_PRINTED_BEFORE = gettext_lazy("已经打印过。请选择补打理由，或者只打印还没有打印过的。")


@dataclass(frozen=True)
class Printed:
    """One paper as it was issued."""

    title: str
    number: str | None
    unit: str
    issued: str
    lines: list[tuple[str, list[str]]]
    copies: int


@dataclass(frozen=True)
class Slip:
    """登记回执, printed again."""

    petition: Petition
    codes: dict[str, str]
    demands: list[Demand]
    receipt: Receipt | None


@dataclass(frozen=True)
class Sheet:
    """A copy that is ready for the printer."""

    petition: Petition
    paper: Paper
    rendering: Rendering
    copy: int
    pdf: bytes


@dataclass(frozen=True)
class Choice:
    """A kind of paper that there is, how many, and whether it is printed."""

    value: str
    label: str
    count: int
    is_chosen: bool


class Prints(TickedPage):
    """What is printed is chosen on the page itself; at first the kinds that were issued last."""

    def answer(self) -> HttpResponseBase:
        self.petitions, self.at = self.ticked.petitions(self.officer), timezone.now()
        self.refused: list[tuple[str, str]] = []
        papers = self._papers()
        chosen = self._chosen(papers)
        self.copies = copies_of([paper.pk for _petition, paper in papers])
        wanted = [one for one in papers if one[1].kind in chosen]
        if "pdf" in self.request.POST and (pdf := self._pdf_once(wanted)):
            return as_pdf(pdf, "papers")
        slips = self._slips() if SLIP in chosen else []
        context = {
            "choices": self._choices(papers, chosen),
            "petitions": self.petitions,
            "printed": self._printed(wanted),
            "slips": slips,
            "refused": self.refused,
            "reprinted_at": self.at,
            "grounds": ReprintGround.choices,
            "ground": self.request.POST.get("ground", ""),
            "ready": self._ready([paper.pk for _petition, paper in wanted]),
            "once": uuid.uuid4(),
            "of": self.ticked.machine if self._only() else "petition",
            "rows": self.ticked.ids if self._only() else [petition.pk for petition in self.petitions],
            "here": "worklist",
        }
        return draw(self.request, "desk/prints.html", context)

    def _only(self) -> bool:
        """Whether single papers were ticked and not all that a petition has."""
        return self.ticked.machine == "notice"

    def _papers(self) -> list[tuple[Petition, Paper]]:
        """Those he may read, petition by petition, in the order they were issued."""
        ids = [petition.pk for petition in self.petitions]
        subjects = queries.subjects_of(*self.petitions)
        found: dict[int, list[Paper]] = {pk: [] for pk in ids}
        for paper in Paper.objects.filter(queries.about(subjects)).order_by("issued_at", "id"):
            found[subjects[paper.subject_kind, paper.subject_id]].append(paper)
        every = [(petition, paper) for petition in self.petitions for paper in found[petition.pk]]
        if self._only():
            every = [(petition, paper) for petition, paper in every if paper.pk in self.ticked.ids]
        return [(petition, paper) for petition, paper in every if sight.reads_paper(self.officer, petition, paper)]

    def _chosen(self, papers: Iterable[tuple[Petition, Paper]]) -> set[str]:
        if "chosen" in self.request.POST:
            return set(self.request.POST.getlist("kind"))
        if self._only():
            return {str(paper.kind) for _petition, paper in papers}
        latest: dict[int, datetime] = {petition.pk: paper.issued_at for petition, paper in papers}
        return {str(paper.kind) for petition, paper in papers if paper.issued_at == latest[petition.pk]}

    def _choices(self, papers: list[tuple[Petition, Paper]], chosen: set[str]) -> list[Choice]:
        counts: dict[str, int] = {}
        for _petition, paper in papers:
            counts[paper.kind] = counts.get(paper.kind, 0) + 1
        kinds = [(kind.value, str(kind.label), counts[kind]) for kind in PaperKind if kind in counts]
        if ours := self._reprintable():
            kinds.append((SLIP, _("登记回执（补打，每件留痕）"), len(ours)))
        return [Choice(value, label, count, value in chosen) for value, label, count in kinds]

    def _printed(self, papers: list[tuple[Petition, Paper]]) -> list[Printed]:
        looked_each(self.request, [petition for petition, _paper in papers], LookKind.PRINT)
        units = unit_names({paper.unit_code for _petition, paper in papers}) if papers else {}
        return [self._paper(petition, paper, units) for petition, paper in papers]

    def _paper(self, petition: Petition, paper: Paper, units: dict[str, str]) -> Printed:
        lines = [
            (label, value if isinstance(value, list) else [value]) for label, value in lines_of(paper, key=petition.key)
        ]
        unit = units.get(paper.unit_code, "")
        copies = self.copies.get(paper.pk, 0)
        return Printed(paper.get_kind_display(), paper.number, unit, moment(paper.issued_at), lines, copies)

    def _ready(self, ids: list[int]) -> int:
        """How many the worker has laid out already; the others are when they are printed."""
        return Rendering.objects.filter(pk__in=ids).count() if ids else 0

    def _pdf_once(self, papers: list[tuple[Petition, Paper]]) -> bytes | None:
        try:
            with once(self._token):
                pass  # sent before? Then nothing is asked or made again.
            return self._pdf(papers)
        except AlreadyDone as done:
            return self._again(papers, done.at)

    def _pdf(self, papers: list[tuple[Petition, Paper]]) -> bytes | None:
        """All in one, each copy its own act; nothing at all when the ground is missing for one."""
        ground = self.request.POST.get("ground", "")
        fresh = [one for one in papers if not self.copies.get(one[1].pk)]
        wanted = fresh if ground == SKIP else papers
        if len(fresh) < len(papers) and ground not in (SKIP, *ReprintGround.values):
            self.refused += [
                (paper.number or paper.get_kind_display(), str(_PRINTED_BEFORE))
                for _one, paper in papers
                if self.copies.get(paper.pk)
            ]
            return None
        if not wanted:
            messages.info(self.request, _("没有要打印的文书。"))
            return None
        looked_each(self.request, [petition for petition, _paper in wanted], LookKind.PRINT)
        made = [sheet for petition, paper in wanted if (sheet := self._sheet(petition, paper))]
        with once(self._token):
            printed = [pdf for sheet in made if (pdf := self._print(sheet, ground))]
        for number, sentence in self.refused if printed else ():
            messages.error(self.request, f"{number} {sentence}")  # a PDF has no place to say so
        return printing.joined(printed) if printed else None

    def _sheet(self, petition: Petition, paper: Paper, *, before: int = 0) -> Sheet | None:
        """Made before its act, so that what is damaged counts as no copy and costs no other its own."""
        copy = self.copies.get(paper.pk, 0) + 1 - before
        try:
            rendering = printing.rendering_of(paper, key=petition.key, at=self.at)
            pdf = printing.sheet_of(paper, rendering, copy=copy, key=petition.key, at=self.at)
        except Refused as refused:
            self._tell(paper, refused)
            return None
        return Sheet(petition, paper, rendering, copy, pdf)

    def _print(self, sheet: Sheet, ground: str) -> bytes | None:
        """Each is its own act; a refused one is told and the others are printed."""
        try:
            copy = documents.print_paper(sheet.rendering, ground=ground, by=self.officer, at=self.at)
        except Refused as refused:
            self._tell(sheet.paper, refused)
            return None
        if copy == sheet.copy:
            return sheet.pdf
        return printing.sheet_of(sheet.paper, sheet.rendering, copy=copy, key=sheet.petition.key, at=self.at)

    def _tell(self, paper: Paper, refused: Refused) -> None:
        self.refused.append((paper.number or paper.get_kind_display(), said(refused)))

    def _again(self, papers: list[tuple[Petition, Paper]], at: datetime) -> bytes | None:
        """The browser asks for the file again: the same copies."""
        together = printed_at(at, [paper.pk for _petition, paper in papers], by=self.officer)
        found = [self._sheet(petition, paper, before=1) for petition, paper in papers if paper.pk in together]
        return printing.joined(sheet.pdf for sheet in found if sheet) if any(found) else None

    @cached_property
    def _token(self) -> str:
        """Of this drawing of the page, and of what was chosen on it: another choice is another printing."""
        asked = self.request.POST
        chosen = ",".join([asked.get("ground", ""), *sorted(asked.getlist("kind"))])
        try:
            drawn = uuid.UUID(asked.get("once", ""))
        except ValueError:
            drawn = uuid.uuid4()
        return f"{self.officer.pk}:{uuid.uuid5(drawn, chosen)}"

    def _reprintable(self) -> list[Petition]:
        """A slip is printed again by the office that registered."""
        offices = {seat.unit_id for seat in self.officer.seats}
        return [petition for petition in self.petitions if petition.organ_id in offices]

    def _slips(self) -> list[Slip]:
        codes = {petition: self._code_of(petition) for petition in self._reprintable()}
        printed = [petition for petition, code in codes.items() if code]
        demands, promised = self._demands(), self._receipts(printed)
        return [Slip(one, {"query_code": codes[one]}, demands.get(one.pk, []), promised.get(one.pk)) for one in printed]

    def _receipts(self, printed: list[Petition]) -> dict[int, Receipt]:
        """Their codes, unless this desk leaves them off its slips."""
        if not printed or "plain" in chosen_by(self.request):
            return {}
        return receipts.promises({one.pk: str(one.number) for one in printed})

    def _code_of(self, petition: Petition) -> str:
        """Each is its own act; a refused one is told and the others are printed."""
        try:
            return actions.reprint_slip(petition, by=self.officer, at=self.at)
        except Refused as refused:
            self.refused.append((str(petition.number), said(refused)))
            return ""

    def _demands(self) -> dict[int, list[Demand]]:
        found: dict[int, list[Demand]] = {}
        if sight.reads_text(self.officer):
            ids = [petition.pk for petition in self.petitions]
            for demand in Demand.objects.filter(petition__in=list(ids)).order_by("n"):
                found.setdefault(demand.petition_id, []).append(demand)
        return found
