"""一稿多户, written: petitions ticked in the worklist, one text with its places, a table; then a draft for each, an act each."""

import hashlib
import json
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BigIntegerField
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk import drafts, excel
from xinfang.desk.form_page import UNPROCESSABLE, FormPage, fill
from xinfang.desk.forms.base import said
from xinfang.desk.forms.one_text import BY_TABLE, Household, OneTextForm
from xinfang.desk.kept import kept_of
from xinfang.desk.looks import looked_each
from xinfang.desk.page import draw, officer_of
from xinfang.desk.ticked import MOST, TickedPage
from xinfang.foundation.errors import Refused
from xinfang.foundation.text import listed
from xinfang.petitions import actions, batches, one_text, openings, queries
from xinfang.petitions.actions.opinion import Shared
from xinfang.petitions.codes import LookKind, OpinionResult
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Assignment, Demand, Petitioner, SharedDraft
from xinfang.petitions.one_text import NUMBER, TITLE, WHO, OneText
from xinfang.trace.acts import AlreadyDone, once

VERB = "assignment.draft_opinion"


class BeginOneText(TickedPage):
    """From the worklist to the page, which has an address of its own and keeps what is typed."""

    def answer(self) -> HttpResponseBase:
        if self.ticked.machine != "assignment":
            messages.error(self.request, _("一稿多户请在承办件里选。"))
            return redirect("desk:worklist")
        return redirect(f"{reverse('desk:one-text-write')}?rows={','.join(str(pk) for pk in self.ticked.ids)}")


@dataclass(frozen=True)
class Left:
    """A petition that is not written for, or was not, and why."""

    number: str
    title: str
    why: str


class WriteOneText(FormPage):
    """`do` says which button: the table anew, a sheet to fill in, a look at one of them, or the drafts."""

    keeps_drafts = True
    template_name = "desk/one_text/write.html"

    def prepare(self, **kwargs: Any) -> None:
        if not batches.writes(officer_of(self.request)):
            raise PermissionDenied(_("您没有拟写处理意见的岗位。"))
        self.shut: list[Left] = []
        self.rows = self._households(self._work())
        looked_each(self.request, [row.work.petition for row in self.rows], LookKind.OPEN)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.prepare(**kwargs)
        if not self.rows and not self.shut:
            messages.error(request, _("请先在待办里选中要一起拟写的件。"))
            return redirect("desk:worklist")
        form, typed = self.form(), self._typed_before()
        if typed:
            fill(form, typed)
        return self.shown(form)

    # Which petitions

    @cached_property
    def asked(self) -> str:
        """The ids as they came: with the form, with the address, or with what was typed before."""
        typed = self.request.POST.get("rows") or self.request.GET.get("rows")
        return typed or (self._typed_before() or QueryDict()).get("rows", "")

    def _typed_before(self) -> QueryDict | None:
        """What came back from the sign-in page, or what was kept of this very choice of petitions."""
        if kept := kept_of(self.request):
            return kept.data
        if unsent := self._unsent_chosen():
            self.restored = unsent
            return unsent.data
        return self._written_before

    @cached_property
    def _written_before(self) -> QueryDict | None:
        """A batch that is written anew begins where it ended."""
        batch = self.request.GET.get("again", "")
        if not re.fullmatch(r"[1-9][0-9]{0,17}", batch):
            return None
        rows = list(batches.of_batch(officer_of(self.request), int(batch)))
        return typed_of(rows) if rows else None

    @cached_property
    def unsent(self) -> list[drafts.Unsent]:
        if self.request.method == "POST":
            return []
        found = drafts.unsent(officer_of(self.request), self.request.path, at=timezone.now())
        wanted = self.request.GET.get("rows") or (self._written_before or QueryDict()).get("rows")
        return [one for one in found if not wanted or one.data.get("rows") == wanted]

    def _ids(self) -> list[int]:
        ids = dict.fromkeys(int(text) for text in self.asked.split(",") if re.fullmatch(r"[1-9][0-9]{0,18}", text))
        return [pk for pk in ids if pk <= BigIntegerField.MAX_BIGINT][:MOST]

    def _work(self) -> list[Assignment]:
        """Those he may draft for now, of one unit; of the others he reads why not."""
        officer = officer_of(self.request)
        found = Assignment.objects.filter(queries.of_visible(officer), pk__in=self._ids())
        every = list(found.select_related("unit", "petition__organ").order_by("petition__number", "id"))
        unit = next((one.unit_id for one in every if openings.is_his(VERB, one, officer)), None)
        whys = {one.pk: self._hindrance(one, unit) for one in every}
        self.shut = [Left(str(one.petition.number), one.petition.title, whys[one.pk]) for one in every if whys[one.pk]]
        return [one for one in every if not whys[one.pk]]

    def _hindrance(self, work: Assignment, unit: int | None) -> str:
        move = openings.moves()[VERB]
        if work.status not in move.start:
            return NotOnTheRoad(move.label, work.get_status_display()).sentence
        if not openings.is_his(VERB, work, officer_of(self.request)):
            return _("您没有办理这一步的岗位。")
        if work.unit_id != unit:
            return _("不是同一个承办单位的件，请分开拟写。")
        if work.petition.is_sealed:
            return _("保密件不能和其他件一稿多户，请单独拟写。")
        return ""

    def _households(self, work: Sequence[Assignment]) -> list[Household]:
        demands: dict[int, dict[int, str]] = {one.petition_id: {} for one in work}
        for demand in Demand.objects.filter(petition__in=list(demands)).order_by("n"):
            demand.petition = next(one.petition for one in work if one.petition_id == demand.petition_id)
            demands[demand.petition_id][demand.n] = demand.text
        names = _names(work) if queries.sees_names(officer_of(self.request)) else {}
        return [
            Household(line, one, names.get(one.petition_id, ""), demands[one.petition_id])
            for line, one in enumerate(work, start=1)
        ]

    # The form and its buttons

    def form(self, *args: Any, **kwargs: Any) -> OneTextForm:
        cells = self.request.POST if self.request.method == "POST" else self._typed_before() or QueryDict()
        return OneTextForm(*args, rows=self.rows, cells=cells, **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        self.prepare(**kwargs)
        do = request.POST.get("do", "")
        if do == "send" and self.rows:
            form = self.form(request.POST, request.FILES)
            return self._answer(form) or self.shown(form, status=UNPROCESSABLE)
        form = self.form()
        fill(form, request.POST)
        return self._sheet(form) if do == "sheet" else self._table(form)

    def _table(self, form: OneTextForm) -> HttpResponse:
        """What was pasted or chosen goes into the cells; wrong, it stays where it was and the table as it is."""
        try:
            if lines := self._lines(form):
                count = form.take(lines)
                form.initial["paste"] = ""
                messages.success(self.request, _("已经填入 %(count)s 行。") % {"count": count})
        except Refused as refused:
            return self.shown(form, status=UNPROCESSABLE, refusals=[said(refused)])
        return self.shown(form)

    def _lines(self, form: OneTextForm) -> list[excel.Row]:
        columns = [NUMBER, *form.places]
        if upload := self.request.FILES.get("sheet"):
            return excel.rows(upload, columns)
        return excel.pasted(str(form.initial.get("paste") or ""), columns)

    def _sheet(self, form: OneTextForm) -> HttpResponse:
        looked_each(self.request, [row.work.petition for row in self.rows], LookKind.FILE)
        places = form.places
        filled = [[row.number, row.who, row.work.petition.title, *form.values(row).values()] for row in self.rows]
        headings = [NUMBER, WHO, TITLE, *places]
        return excel.filled("yigao-duohu", headings, filled)

    def attempt(self, form: forms.Form) -> HttpResponseBase | None:
        if not form.is_valid():
            return None
        answer = self.act(form)
        self.forget_draft()
        return answer

    def act(self, form: Any) -> HttpResponseBase:
        """One refused does not stop the others."""
        text, organ = form.text(form.cleaned_data), form.cleaned_data["remedy_organ"]
        done, refused = 0, []
        for row in self.rows:
            differences = json.dumps(form.values(row), ensure_ascii=False)
            answers = one_text.answers(text, form.values(row), row.demands)
            shared = Shared(self.batch, done + 1, text.packed(), differences)
            if why := self._draft(row.work, answers=answers, remedy_organ=organ, shared=shared):
                refused.append(Left(row.number, row.work.petition.title, why))
            else:
                done += 1
        if not refused:
            messages.success(self.request, _("已拟写 %(count)s 件，等待负责人签发。") % {"count": done})
            return redirect("desk:one-text", self.batch)
        context = {"done": done, "refused": refused, "batch": self.batch, "here": "worklist"}
        return draw(self.request, "desk/one_text/drafted.html", context)

    def _draft(self, work: Assignment, **words: Any) -> str:
        """Empty when it was drafted, by this sending of the form or by the one before."""
        try:
            with once(str(uuid.uuid5(self._mark, f"{officer_of(self.request).pk}:{work.pk}"))):
                actions.draft_opinion(work, **words, by=officer_of(self.request), at=timezone.now())
        except AlreadyDone:
            return ""
        except Refused as refused:
            return said(refused)
        return ""

    @cached_property
    def _mark(self) -> uuid.UUID:
        return uuid.UUID(self._once())

    @cached_property
    def batch(self) -> int:
        """The same whenever the same form is sent, and nobody else's."""
        digest = hashlib.sha256(f"{officer_of(self.request).pk}:{self._mark}".encode()).digest()
        return int.from_bytes(digest[:7]) >> 3 or 1

    # The page

    def shown(self, form: Any, *, status: int = 200, refusals: Sequence[str] = ()) -> HttpResponse:
        self.refusals = refusals
        return super().shown(form, status=status)

    def context(self, form: Any) -> dict[str, Any]:
        return {
            "rows": ",".join(str(row.work.pk) for row in self.rows),
            "count": len(self.rows),
            "shut": self.shut,
            "places": form.places,
            "preview": self._preview(form),
            "previewed": self.request.POST.get("preview", ""),
            "refusals": self.refusals,
            "here": "worklist",
        }

    def _preview(self, form: OneTextForm) -> dict[str, Any] | None:
        """One of them as it would be drafted, with what is missing in the place where it is missing."""
        row = next((row for row in self.rows if str(row.work.pk) == self.request.POST.get("preview")), None)
        if row is None or self.request.POST.get("do") != "preview":
            return None
        text, values = form.text(form.typed), form.values(row)
        try:
            one_text.refuse(text)
        except Refused as refused:
            return {"row": row, "wrong": [said(refused)]}
        wrong = one_text.wrong_cells(text, values, today=timezone.localdate())
        told = [_("“%(place)s”：%(why)s") % {"place": place, "why": why} for place, why in wrong.items()]
        shown = {place: value or f"[{place}]" for place, value in values.items()}
        return {"row": row, "wrong": told, "answers": _previewed(text, shown, row), "organ": form.typed["remedy_organ"]}


def _previewed(text: OneText, values: dict[str, str], row: Household) -> list[dict[str, str]]:
    """As the head will read it; what is missing stands in brackets."""
    results = dict(OpinionResult.choices)
    return [
        {
            "demand": row.demands[n],
            "finding": one_text.filled(part.finding, values),
            "basis": part.basis,
            "result": str(results.get(part.result) or one_text.filled(part.result, values)),
            "what": one_text.filled(part.what, values),
            "by_day": one_text.filled(part.by_day, values),
        }
        for n, part in text.parts.items()
        if n in row.demands
    ]


def typed_of(rows: Sequence[SharedDraft]) -> QueryDict:
    """The drafts of a batch, as their form had them."""
    typed = QueryDict(mutable=True)
    for n, part in batches.text_of(rows).parts.items():
        for name, value in asdict(part).items():
            typed[f"{name}_{n}"] = BY_TABLE if name == "result" and value not in OpinionResult.values else value
    typed["remedy_organ"] = rows[0].opinion.remedy_organ
    for row in rows:
        for place, value in batches.values_of(row).items():
            typed[f"cell:{row.opinion.assignment_id}:{place}"] = value
    typed["rows"] = ",".join(str(row.opinion.assignment_id) for row in rows if batches.is_waiting(row))
    return typed


def _names(work: Iterable[Assignment]) -> dict[int, str]:
    """Who petitioned, by petition."""
    petitions = {one.petition_id: one.petition for one in work}
    found: dict[int, list[str]] = {}
    for person in Petitioner.objects.filter(petition__in=list(petitions)).order_by("id"):
        person.petition = petitions[person.petition_id]
        if person.identity.name:
            found.setdefault(person.petition_id, []).append(person.identity.name)
    return {pk: listed(names) for pk, names in found.items()}
