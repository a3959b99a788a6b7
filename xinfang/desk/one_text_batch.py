"""一稿多户, signed: the list of batches, and one of them: its text, its differences, what the gate misses, and the head's hand.

Signing is one act a petition. It goes on for some seconds, shows how far it came, and goes on from there, so that neither a
slow machine nor a lost connection leaves anything half-done.
"""

import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_safe

from xinfang.desk.forms.base import said
from xinfang.desk.looks import looked_each
from xinfang.desk.page import draw, officer_of
from xinfang.foundation import paging
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, batches, openings
from xinfang.petitions.batches import Line
from xinfang.petitions.codes import LookKind, OpinionResult
from xinfang.petitions.one_text import OneText
from xinfang.petitions.reply_gate import Gap
from xinfang.trace.acts import AlreadyDone, once

VERB = "assignment.issue_opinion"
SIZE = 20
SPELL = 4.0
"""Seconds after which the page says how far it came."""
UNPROCESSABLE, LONGEST_REASON, BEGINNING = 422, 500, 60


@dataclass(frozen=True)
class Listed:
    """One batch in the list."""

    batch: int
    drafted: Any
    unit: str
    begins: str
    count: int
    issued: int


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Those of his units, the latest first."""
    officer = officer_of(request)
    if not batches.writes(officer):
        raise PermissionDenied(_("您没有拟写、签发处理意见的岗位。"))
    found = paging.page(batches.batches(officer), ("-id",), size=SIZE, after=request.GET.get("after", ""))
    counts = batches.counted(row.batch for row in found.rows)
    context = {
        "batches": [_listed(row, *counts[row.batch]) for row in found.rows],
        "after": found.after,
        "is_first": not request.GET.get("after"),
        "here": "worklist",
    }
    return draw(request, "desk/one_text/batches.html", context)


def _listed(row: Any, count: int, issued: int) -> Listed:
    parts = batches.text_of([row]).parts
    begins = next(iter(parts.values())).finding[:BEGINNING] if parts else "—"
    return Listed(row.batch, row.opinion.drafted_at, row.opinion.assignment.unit.short_name, begins, count, issued)


class OneTextBatch(View):
    """Read by who drafts or signs in the unit; signed by its head."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.refused: dict[int, str] = {}
        self.complaints: list[str] = []

    def get(self, request: HttpRequest, batch: int) -> HttpResponse:
        self._read(batch)
        looked_each(request, [line.assignment.petition for line in self.lines], LookKind.OPEN)
        return self._drawn()

    def post(self, request: HttpRequest, batch: int) -> HttpResponse:
        self._read(batch)
        if not self.signable:
            messages.error(request, _("没有等待您签发的件。"))
            return redirect("desk:one-text", batch)
        if self._missing():
            return self._drawn(status=UNPROCESSABLE)
        return self._signed(batch)

    def _read(self, batch: int) -> None:
        self.batch = batch
        self.rows = list(batches.of_batch(officer_of(self.request), batch))
        if not self.rows:
            raise Http404
        self.lines = batches.lines(self.rows, on=timezone.localdate())
        officer = officer_of(self.request)
        self.signable = [
            line for line in self.lines if line.is_waiting and openings.is_his(VERB, line.assignment, officer)
        ]

    # What the gate asks of the head

    @cached_property
    def gaps(self) -> list[tuple[Gap, int]]:
        """Everything that is missing anywhere, each with how many petitions miss it."""
        found = Counter(gap for line in self.lines for gap in line.gaps)
        return sorted(found.items(), key=lambda one: (one[0].n, one[0].code))

    @property
    def asked(self) -> list[int]:
        """The demands whose basis he looks up himself: the basis is one for all."""
        return sorted({gap.n for gap, _count in self.gaps if gap.is_asked})

    @property
    def may_waive(self) -> bool:
        return any(gap.may_be_waived for gap, _count in self.gaps)

    @property
    def looked_up(self) -> list[int]:
        return [n for n in self.asked if self.request.POST.get(f"looked_up_{n}")]

    @property
    def waiver(self) -> str:
        return self.request.POST.get("waiver", "").strip()

    def _missing(self) -> bool:
        """What one tick or one sentence would mend for all is asked before the first is signed."""
        self.complaints = [
            _("诉求 %(n)s 的依据还没有勾选核对。") % {"n": n} for n in self.asked if n not in self.looked_up
        ]
        if len(self.waiver) > LONGEST_REASON or "\0" in self.waiver:
            self.complaints.append(_("理由不能超过 %(most)s 个字，也不能有看不见的字符。") % {"most": LONGEST_REASON})
        if self.once is None:
            self.complaints.append(_("页面已经过期，请看过以后再签发。"))
        return bool(self.complaints)

    # Signing

    @cached_property
    def once(self) -> uuid.UUID | None:
        try:
            return uuid.UUID(self.request.POST.get("once", ""))
        except ValueError:
            return None

    def _signed(self, batch: int) -> HttpResponse:
        """On from where the spell before ended. Those refused are asked again at the end, so that the last page has them all."""
        begun, after = time.monotonic(), self._after()
        for line in [one for one in self.signable if one.shared.n > after]:
            if time.monotonic() - begun > SPELL:
                return self._on(after)
            self._sign(line)
            after = line.shared.n
        for line in [one for one in self.signable if one.shared.n not in self._tried]:
            self._sign(line)
        self._read(batch)
        return self._drawn(is_done=True)

    def _after(self) -> int:
        typed = self.request.POST.get("after", "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(SIZE * SIZE)) else 0

    @cached_property
    def _tried(self) -> set[int]:
        return set()

    def _sign(self, line: Line) -> None:
        self._tried.add(line.shared.n)
        officer = officer_of(self.request)
        words: dict[str, Any] = {"looked_up": self.looked_up, "waiver": self.waiver}
        try:
            with once(str(uuid.uuid5(self.once or uuid.uuid4(), f"{officer.pk}:{line.assignment.pk}"))):
                actions.issue_opinion(
                    line.assignment, draft=line.shared.opinion_id, by=officer, at=timezone.now(), **words
                )
        except AlreadyDone:
            return
        except Refused as refused:
            self.refused[line.shared.n] = said(refused)

    def _on(self, after: int) -> HttpResponse:
        """So far; the page goes on by itself, or by its button."""
        typed = {"once": str(self.once), "after": str(after), "waiver": self.waiver}
        typed |= {f"looked_up_{n}": "on" for n in self.looked_up}
        done = sum(1 for line in self.lines if line.shared.n <= after)
        context = {"batch": self.batch, "typed": typed, "done": done, "count": len(self.lines), "here": "worklist"}
        return draw(self.request, "desk/one_text/going_on.html", context)

    # The page

    def _drawn(self, *, status: int = 200, is_done: bool = False) -> HttpResponse:
        move = openings.moves()[VERB]
        context = {
            "batch": self.batch,
            "unit": self.lines[0].assignment.unit.name,
            "drafted": self.rows[0].opinion.drafted_at,
            "organ": self.rows[0].opinion.remedy_organ,
            "answers": _told(batches.text_of(self.rows)),
            "places": list(self.lines[0].values),
            "rows": [(line, self._state(line)) for line in self.lines],
            "gaps": self.gaps,
            "asked": self.asked,
            "looked_up": self.looked_up,
            "may_waive": self.may_waive,
            "waiver": self.waiver,
            "signable": len(self.signable),
            "waiting": sum(line.is_waiting for line in self.lines),
            "issued": [line for line in self.lines if line.opinion.issued_at],
            "refused": [(line, self.refused[line.shared.n]) for line in self.lines if line.shared.n in self.refused],
            "refusals": self.complaints,
            "is_done": is_done,
            "may_write": any(seat.duty in batches.WRITERS for seat in officer_of(self.request).seats),
            "once": self.once or uuid.uuid4(),
            "move": move,
            "here": "worklist",
        }
        return draw(self.request, "desk/one_text/batch.html", context, status=status)

    def _state(self, line: Line) -> str:
        if line.shared.n in self.refused:
            return self.refused[line.shared.n]
        if line.opinion.issued_at:
            return _("已签发 %(paper)s") % {"paper": line.paper}
        if line.is_waiting:
            return _("待签发")
        return _("已另行拟稿") if line.shared.latest != line.opinion.pk else str(line.assignment.get_status_display())  # type: ignore[attr-defined]


def _told(text: OneText) -> Sequence[dict[str, Any]]:
    """The text as it was written, places and all."""
    results = dict(OpinionResult.choices)
    return [
        {
            "n": n,
            "finding": part.finding,
            "basis": part.basis,
            "result": results.get(part.result, part.result),
            "what": part.what,
            "by_day": part.by_day,
        }
        for n, part in text.parts.items()
    ]
