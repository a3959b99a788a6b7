"""批量打印: the papers of ticked petitions on one page, a sheet each; and their slips again, each a line in the trace."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk.forms.base import said
from xinfang.desk.looks import looked_each
from xinfang.desk.page import draw
from xinfang.desk.ticked import TickedPage
from xinfang.desk.words import moment, unit_names
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.documents.papers import lines_of
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, sight
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Assignment, Demand, Petition

SLIP = "slip"


@dataclass(frozen=True)
class Printed:
    """One paper as it was issued."""

    title: str
    number: str | None
    unit: str
    issued: str
    lines: list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Slip:
    """登记回执, printed again."""

    petition: Petition
    codes: dict[str, str]
    demands: list[Demand]


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
        slips = self._slips() if SLIP in chosen else []
        context = {
            "choices": self._choices(papers, chosen),
            "petitions": self.petitions,
            "printed": self._printed([(one, paper) for one, paper in papers if paper.kind in chosen]),
            "slips": slips,
            "refused": self.refused,
            "reprinted_at": self.at,
            "here": "worklist",
        }
        return draw(self.request, "desk/prints.html", context)

    def _papers(self) -> list[tuple[Petition, Paper]]:
        """Those he may read, petition by petition, in the order they were issued."""
        ids = [petition.pk for petition in self.petitions]
        work = dict(Assignment.objects.filter(petition__in=list(ids)).values_list("pk", "petition_id"))
        ours = Q(subject_kind="petition", subject_id__in=ids) | Q(subject_kind="assignment", subject_id__in=list(work))
        found: dict[int, list[Paper]] = {pk: [] for pk in ids}
        for paper in Paper.objects.filter(ours).order_by("issued_at", "id"):
            found[paper.subject_id if paper.subject_kind == "petition" else work[paper.subject_id]].append(paper)
        every = [(petition, paper) for petition in self.petitions for paper in found[petition.pk]]
        return [(petition, paper) for petition, paper in every if sight.reads_paper(self.officer, petition, paper)]

    def _chosen(self, papers: Iterable[tuple[Petition, Paper]]) -> set[str]:
        if "chosen" in self.request.POST:
            return set(self.request.POST.getlist("kind"))
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
        return Printed(paper.get_kind_display(), paper.number, unit, moment(paper.issued_at), lines)

    def _reprintable(self) -> list[Petition]:
        """A slip is printed again by the office that registered."""
        offices = {seat.unit_id for seat in self.officer.seats}
        return [petition for petition in self.petitions if petition.organ_id in offices]

    def _slips(self) -> list[Slip]:
        demands = self._demands()
        found = [(petition, self._code_of(petition)) for petition in self._reprintable()]
        return [Slip(one, {"query_code": code}, demands.get(one.pk, [])) for one, code in found if code]

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
