"""The moves on the petition page: what is open to him and in which order, and what still stands before the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.desk import withdrawals_open
from xinfang.organizations.models import Officer
from xinfang.petitions import openings
from xinfang.petitions.models import Assignment, FollowUp, Petition


@dataclass(frozen=True)
class MoveLink:
    """A button that `open_moves` gives."""

    href: str
    label: str
    norm: str
    unit: str
    is_awaited: bool
    is_rare: bool
    """Made only where there is cause, so it stands below, folded."""
    until: str = ""
    """The last day of a right that somebody has."""


@dataclass(frozen=True)
class BlockedLine:
    """A move that is his to make and cannot be made yet."""

    label: str
    why: str
    unit: str


def following_up(row: FollowUp | None) -> dict[str, date]:
    """What a rating of 不满意 waits for now, each with its last day: the call, then what was found out."""
    if row is None:
        return {}
    finding = {"petition.conclude_follow_up": row.result_due}
    return finding if row.called_at else {"petition.call_back": row.call_due, **finding}


@dataclass(frozen=True)
class Moves:
    """What `openings` gives this officer, as the page draws it."""

    petition: Petition
    officer: Officer
    work: Sequence[openings.Work]
    promises: Sequence[Promise]
    following: Mapping[str, date]
    today: date

    def context(self) -> dict[str, Any]:
        opened, blocked = openings.within_reach(self.officer, self.petition, self.work, self.today)
        onward = sorted(opened, key=lambda one: (*self._later(one), one.verb == "assignment.pass_on"))
        links = [(one.verb, self._link(one)) for one in onward if one.verb != "petition.register"]
        return {
            "moves": [link for _verb, link in links],
            "plain": [link for _verb, link in links if not link.is_rare],
            "withdrawal": withdrawals_open.link(self.officer, self.petition, {one.verb for one in opened}),
            # Within reach of a thumb; handing it to a colleague is rarely what a phone is taken out for.
            "near": [link for verb, link in links if verb != "assignment.pass_on" and link.is_awaited][:2],
            "is_waiting": any(link.is_awaited for _verb, link in links),
            "rare": [link for _verb, link in links if link.is_rare],
            "blocked": [BlockedLine(str(one.move.label), one.why, self._unit_of(one)) for one in blocked],
        }

    def _later(self, one: openings.OpenMove) -> tuple[bool, bool, bool]:
        """A draft that waits for his signature first, then what is awaited, then what is plain, then what is rare."""
        return one.verb != "assignment.issue_opinion", not self._is_awaited(one), not one.move.is_plain

    def _is_awaited(self, one: openings.OpenMove) -> bool:
        """Waited for by the table, or because the petitioner said 不满意 and its days run."""
        return openings.is_awaited(one.verb, one.subject, self.officer) or one.verb in self.following

    def _link(self, one: openings.OpenMove) -> MoveLink:
        subject = one.subject.number if isinstance(one.subject, Petition) else one.subject.pk
        href = reverse(f"desk:{one.verb.replace('.', '-', 1)}", args=[subject])
        move, until = one.move, self._until(one)
        is_awaited = self._is_awaited(one)
        is_rare = not (is_awaited or move.is_plain)
        return MoveLink(href, str(move.label), str(move.norm), self._unit_of(one), is_awaited, is_rare, until)

    def _until(self, one: openings.OpenMove) -> str:
        """The last day of a right, the unit's to object, the petitioner's to a review; and of what a rating waits for."""
        if one.verb == "petition.apply_review":
            return self._still_may_ask()
        if day := self.following.get(one.verb):
            return _("评价不满意，最迟 %(day)s。") % {"day": day.isoformat()}
        if one.verb != "assignment.raise_objection":
            return ""
        owner = ("assignment", one.subject.pk)
        days = [row.due_on for row in self.promises if row.clock == Clock.D3 and (row.subject, row.subject_id) == owner]
        return _("到 %(until)s 为止，逾期视为认可。") % {"until": days[-1].isoformat()} if days else ""

    def _still_may_ask(self) -> str:
        """The petitioner's right to a review, and its last day."""
        windows = [promise for promise in self.promises if promise.clock in (Clock.D9, Clock.D11)]
        level = _("复核") if windows and windows[-1].clock == Clock.D11 else _("复查")
        if not windows:
            return _("还可以申请复查；处理意见书的送达还没有证明，申请期限没有起算。")
        told = {"level": level, "until": windows[-1].due_on.isoformat()}
        if windows[-1].is_open_on(self.today):
            return _("还可以申请%(level)s，到 %(until)s 为止。") % told
        return _("申请%(level)s的最后一日是 %(until)s，已经过了；收到的仍然登记，由复查、复核办决定是否受理。") % told

    def _unit_of(self, one: openings.OpenMove) -> str:
        """Named where more than one unit works on it."""
        several = sum(isinstance(row, Assignment) for row in self.work) > 1
        return one.subject.unit.short_name if several and isinstance(one.subject, Assignment) else ""
