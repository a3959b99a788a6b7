"""The petition page, read in a fixed number of statements and worked out for the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from xinfang.deadlines import promises as deadlines
from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.desk import after, branch_words, branches, sheet_rows, withdrawals_open
from xinfang.desk.corrected import CorrectionLine, lines, may_ask, of_field, receipts
from xinfang.desk.page import keeps_paper_of
from xinfang.desk.rows import marks_of
from xinfang.desk.templatetags.due import due
from xinfang.desk.words import act_label, hand_label, moment, unit_names
from xinfang.documents.models import Paper
from xinfang.foundation.text import listed
from xinfang.organizations.models import Officer
from xinfang.petitions import came_directly, desks, help_card, openings, reviews, sight
from xinfang.petitions.codes import EvaluationStatus
from xinfang.petitions.latest import know_lead, latest_lead, open_follow_up
from xinfang.petitions.models import (
    Answer,
    Assignment,
    Demand,
    Evaluation,
    Evidence,
    FollowUp,
    Original,
    Petition,
    Petitioner,
    Plea,
    ReceiptNote,
    ReviewCase,
    WorkNote,
)
from xinfang.petitions.models.correction import CorrectedField
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.reply_gate import Gap, gaps_before_signing
from xinfang.trace.models import Entry

_ANY_PROMISE = "9" * 18
_WITH_A_UNIT = frozenset({"dispatched", "self_handling"})
"""Of what was given out its own state says little: how far the unit is stands beside it."""


@dataclass(frozen=True)
class Fact:
    """One line of the facts, and what stood there before it was corrected."""

    name: str
    value: str
    was: list[CorrectionLine]


@dataclass(frozen=True)
class Step:
    """One act of the timeline."""

    when: str
    act: str
    who: str
    said: list[branch_words.Line]


@dataclass(frozen=True)
class ClockLine:
    """One promise, as the page tells it."""

    name: str
    article: str
    due: str
    state: str
    light: str
    why: str


@dataclass(frozen=True)
class PersonLine:
    """Masked, unless this very answer reveals it."""

    pk: int
    role: str
    identity: Identity
    is_revealed: bool


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


class Sheet:
    """What one officer sees of one petition. Each property that reads is read once."""

    def __init__(self, petition: Petition, officer: Officer, *, today: date, revealed: dict[int, Identity]) -> None:
        self.petition, self.officer, self.today, self.revealed = petition, officer, today, revealed
        self.assignments = sheet_rows.ASSIGNMENTS.all(petition.pk)
        self.given = [assignment.pk for assignment in self.assignments]
        self.reviews, self.hearings = sheet_rows.looked_again(petition)
        self.again = [row.pk for row in (*self.reviews, *self.hearings)]
        for assignment in self.assignments:
            assignment.petition = petition
        know_lead(petition, self.assignments)
        self.reads_text = sight.reads_text(officer)
        self.sees_phone = sight.handles(officer, self.assignments)

    def context(self) -> dict[str, Any]:
        petition = self.petition
        self.corrections, self.receipts = self._corrections(), self._receipts()
        people, may_reveal = self._people(), sight.may_reveal(self.officer)
        return {
            "petition": petition,
            "marks": marks_of(petition),
            "lead": latest_lead(petition) if petition.status in _WITH_A_UNIT else None,
            "facts": self._facts(),
            "reads_text": self.reads_text,
            "reads_proof": sight.sees_names(self.officer),
            "care": self._care(),
            "demands": self.demands,
            "people": people,
            "may_reveal": may_reveal,
            "sees_phone": self.sees_phone,
            "is_its_desk": desks.is_its_desk(self.officer, petition),
            "has_address": may_reveal and any(person.identity.address for person in people),
            **self._moves(),
            "clocks": self._clocks(),
            "steps": self._steps(),
            "papers": self._papers(),
            "files": [file for file in self.files if not file.note_id],
            "originals": self._originals(),
            "waiting": [one for one in self.corrections if not one.confirmed],
            "title_was": of_field(self.corrections, CorrectedField.TITLE),
            "summary_was": of_field(self.corrections, CorrectedField.SUMMARY),
            "may_correct": may_ask(self.officer, petition),
            "corrected_fields": CorrectedField.choices,
            "receipt_notes": self.receipts,
            "keeps_paper": keeps_paper_of(self.officer, petition),
            "reads_originals": sight.reads_originals(self.officer),
            "assignments": self.assignments,
            "notes": self._notes(),
            **self.beside(),
            "reviews": self._reviews(),
            "hearings": self.hearings,
            "is_terminated": any(review.is_terminal for review in self.reviews),
            "pleas": self._open_pleas(),
            "writes_for_him": desks.may_write_for_him(self.officer),
            **self._opinions(),
            "evaluations": self.evaluations,
        }

    def _care(self) -> dict[str, Any] | None:
        """Looked for as the page is drawn, and forgotten with it."""
        said = [self.petition.text, self.petition.summary, *(demand.text for demand in self.demands)]
        if not (self.reads_text and help_card.is_called_for(said)):
            return None
        return {"steps": help_card.what_to_do(), "lines": help_card.lines()}

    def beside(self) -> dict[str, Any]:
        """What stands beside the road, asked for only where the timeline says that there is some."""
        acts = {entry.act for entry in self.entries}
        if self._was_dissatisfied():
            acts.add(after.DISSATISFIED)
        shown = branches.shown(self.petition, self.assignments, acts, self.today, reads_text=self.reads_text)
        return shown | after.shown(self.petition, self.officer, acts, reads_text=self.reads_text)

    def _facts(self) -> list[Fact]:
        was = {
            _("问题属地"): of_field(self.corrections, CorrectedField.DIVISION, CorrectedField.PLACE),
            _("内容分类"): of_field(self.corrections, CorrectedField.CATEGORY),
            _("人数"): of_field(self.corrections, CorrectedField.PERSONS_INVOLVED),
        }
        return [Fact(name, str(value), was.get(name, [])) for name, value in self._values() if value]

    def _values(self) -> list[tuple[str, Any]]:
        petition = self.petition
        return [
            (_("信访形式"), petition.get_channel_display()),
            (_("信访来源"), petition.get_source_display()),
            (_("信访目的"), petition.get_purpose_display()),
            (_("收到时间"), self._received()),
            (_("信访日期"), petition.petition_date.isoformat()),
            (_("登记时间"), moment(petition.registered_at)),
            (_("登记机构"), petition.organ.name),
            (_("由谁办理"), reviews.holder_of(petition, self.reviews)),
            (
                _("问题属地"),
                " ".join(filter(None, [petition.division.name if petition.division else "", petition.place])),
            ),
            (_("内容分类"), _category(petition)),
            (_("人数"), self._heads()),
            (_("接谈结果"), petition.get_reception_outcome_display()),
            (_("被反映单位"), petition.respondent_unit.name if petition.respondent_unit else ""),
            (_("三类事项"), petition.get_kind_display()),
            (_("办理程序"), petition.get_procedure_display()),
            (_("最迟日期"), due(petition.pk, soonest) if (soonest := self._soonest()) else ""),
            (_("初件编号"), _number_beside(petition, petition.repeat_of)),
            (_("相关件编号"), _number_beside(petition, petition.related_to)),
            (pgettext("heading", "评价"), petition.get_evaluation_status_display()),
        ]

    def _soonest(self) -> date | None:
        """What waits first: a rating of 不满意 is answered for long before the file is closed."""
        return min(filter(None, [self.petition.due_on, *self._following_up().values()]), default=None)

    def _received(self) -> str:
        """As it was entered; that a paper shows another time is said beside it."""
        entered = moment(self.petition.received_at)
        shown = [moment(note.shown_at) for note in self.receipts]
        return (
            _("%(entered)s（凭据所示：%(shown)s）") % {"entered": entered, "shown": listed(shown)} if shown else entered
        )

    def _heads(self) -> str:
        petition = self.petition
        said = _("信访 %(count)s 人，涉及 %(involved)s 人") % {
            "count": petition.persons_count,
            "involved": petition.persons_involved,
        }
        return said + (
            _("，到场 %(present)s 人") % {"present": petition.persons_present} if petition.persons_present else ""
        )

    @cached_property
    def demands(self) -> list[Demand]:
        found = sheet_rows.DEMANDS.all(self.petition.pk) if self.reads_text else []
        for demand in found:
            demand.petition = self.petition
        return found

    def _people(self) -> list[PersonLine]:
        return [self._person(person) for person in sheet_rows.PEOPLE.all(self.petition.pk)]

    def _person(self, person: Petitioner) -> PersonLine:
        person.petition = self.petition
        clear = self.revealed.get(person.pk)
        shown = clear or (person.masked_but_phone if self.sees_phone else person.masked)
        return PersonLine(person.pk, str(person.get_role_display()), shown, clear is not None)

    def _moves(self) -> dict[str, Any]:
        opened, blocked = openings.within_reach(self.officer, self.petition, self._work(), self.today)
        onward = sorted(opened, key=lambda one: (*self._later(one), one.verb == "assignment.pass_on"))
        links = [(one.verb, self._link(one)) for one in onward if one.verb != "petition.register"]
        return {
            "moves": [link for _verb, link in links],
            "plain": [link for _verb, link in links if not link.is_rare],
            # Within reach of a thumb; handing it to a colleague is rarely what a phone is taken out for.
            "withdrawal": withdrawals_open.link(self.officer, self.petition, {one.verb for one in opened}),
            "near": [link for verb, link in links if verb != "assignment.pass_on" and link.is_awaited][:2],
            "is_waiting": any(link.is_awaited for _verb, link in links),
            "rare": [link for _verb, link in links if link.is_rare],
            "blocked": [BlockedLine(str(one.move.label), one.why, self._unit_of(one)) for one in blocked],
        }

    def _later(self, one: openings.OpenMove) -> tuple[bool, bool]:
        """What is awaited first, then what is plain, then what is rare."""
        return not self._is_awaited(one), not one.move.is_plain

    def _is_awaited(self, one: openings.OpenMove) -> bool:
        """Waited for by the table, or because the petitioner said 不满意 and its days run."""
        return openings.is_awaited(one.verb, one.subject, self.officer) or one.verb in self._following_up()

    def _following_up(self) -> dict[str, date]:
        """What a rating of 不满意 waits for now, each with its last day: the call, then what was found out."""
        row = self.follow_up
        if row is None:
            return {}
        finding = {"petition.conclude_follow_up": row.result_due}
        return finding if row.called_at else {"petition.call_back": row.call_due, **finding}

    @cached_property
    def follow_up(self) -> FollowUp | None:
        return open_follow_up(self.petition) if self._was_dissatisfied() else None

    def _was_dissatisfied(self) -> bool:
        return any("dissatisfied" in (one.bureau, one.unit) for one in self.evaluations)

    def _work(self) -> list[openings.Work]:
        return [*self.assignments, *self.reviews, *self.hearings]

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
        if day := self._following_up().get(one.verb):
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
        several = len(self.assignments) > 1
        return one.subject.unit.short_name if several and isinstance(one.subject, Assignment) else ""

    def _clocks(self) -> list[ClockLine]:
        return [self._clock(promise) for promise in self.promises]

    @cached_property
    def promises(self) -> list[Promise]:
        found = sheet_rows.CLOCKS.all(self.petition.pk, *self.given)
        if self.reviews:
            found = sorted(
                [*found, *sheet_rows.AGAIN_CLOCKS.all(*self.again)], key=lambda one: (one.started_at, one.pk)
            )
        return came_directly.marked(found, self.petition, self.assignments)

    def _reviews(self) -> Sequence[ReviewCase]:
        for review in self.reviews:
            review.days = reviews.days_of(review, self.promises)  # type: ignore[attr-defined]
        return self.reviews

    def _clock(self, promise: Promise) -> ClockLine:
        rule = promise.term
        level = Level.NONE if promise.stopped_at or rule.is_window else deadlines.warnings_of(promise).level(self.today)
        return ClockLine(
            str(rule.name),
            rule.article,
            promise.due_on.isoformat(),
            self._clock_state(promise, level),
            level.name.lower(),
            self._why.replace(_ANY_PROMISE, str(promise.pk)),
        )

    @cached_property
    def _why(self) -> str:
        return reverse("desk:why", args=[int(_ANY_PROMISE)])

    def _clock_state(self, promise: Promise, level: Level) -> str:
        if promise.stopped_at:
            return _("已于 %(when)s 停止") % {"when": moment(promise.stopped_at)}
        if not promise.is_open_on(self.today):
            days = (self.today - promise.due_on).days
            return (
                npgettext("days", "已过期 %(days)s 天", "已过期 %(days)s 天", days) % {"days": days}
                if promise.term.is_window
                else npgettext("days", "超期 %(days)s 天", "超期 %(days)s 天", days) % {"days": days}
            )
        ahead = (promise.due_on - self.today).days
        left = npgettext("days", "还剩 %(days)s 天", "还剩 %(days)s 天", ahead) % {"days": ahead}
        return _("%(level)s，%(left)s") % {"level": level.label, "left": left} if level else left

    @cached_property
    def entries(self) -> list[Entry]:
        found = sheet_rows.ENTRIES.all(self.petition.pk, *self.given)
        if self.again:
            found = sorted([*found, *sheet_rows.AGAIN_ENTRIES.all(*self.again)], key=lambda one: (one.at, one.pk))
        return found

    def _steps(self) -> list[Step]:
        entries = self.entries
        known = {assignment.unit.code: assignment.unit.name for assignment in self.assignments}
        known[self.petition.organ.code] = self.petition.organ.name
        known |= {seat.unit_code: seat.unit_name for seat in self.officer.seats}
        if unknown := {entry.unit for entry in entries if entry.unit} - set(known):
            known |= unit_names(unknown)
        words = branch_words.of(self.petition, self.given, entries, self.officer)
        return [
            Step(moment(one.at), act_label(one.act), hand_label(one, known), words.get((one.act, one.at), []))
            for one in entries
        ]

    def _papers(self) -> list[Paper]:
        issued = sheet_rows.PAPERS.all(self.petition.pk, *self.given)
        if self.again:
            more = sheet_rows.AGAIN_PAPERS.all(*self.again)
            issued = sorted([*issued, *more], key=lambda one: (one.issued_at, one.pk))
        return [paper for paper in issued if sight.reads_paper(self.officer, self.petition, paper)]

    @cached_property
    def files(self) -> list[Evidence]:
        return sheet_rows.FILES.all(self.petition.pk) if self.reads_text else []

    def _originals(self) -> Sequence[Original]:
        return sheet_rows.originals(self.petition.pk) if self.reads_text else []

    def _corrections(self) -> list[CorrectionLine]:
        """Values are free text, so they are for whoever reads the text."""
        found = sheet_rows.CORRECTIONS.all(self.petition.pk) if self.reads_text else []
        return lines(found, self.officer, self.petition)

    def _receipts(self) -> list[ReceiptNote]:
        """Asked for only where the timeline says that there is one."""
        is_noted = any(entry.act == "petition.annotate_receipt" for entry in self.entries)
        return receipts(self.petition) if is_noted and self.reads_text else []

    def _notes(self) -> list[tuple[WorkNote, list[Evidence]]]:
        """What was done, each with its photographs: a file that came with a note stands there and not in the list of files."""
        notes = sheet_rows.NOTES.all(*self.given) if self.given and self.reads_text else []
        return [(note, [file for file in self.files if file.note_id == note.pk]) for note in notes]

    def _opinions(self) -> dict[str, Any]:
        answers = self._answers()
        gaps = self._gaps(answers)
        for answer in answers:
            answer.gaps = [gap for gap in gaps if gap.n == answer.demand.n] if _is_draft(answer) else []  # type: ignore[attr-defined]
        said = {answer.demand.n for answer in answers if _is_draft(answer)}
        return {"answers": answers, "draft_gaps": [gap for gap in gaps if gap.n not in said]}

    def _answers(self) -> list[Answer]:
        """The answers of what was issued; to the unit itself also those of its draft."""
        if not self.given or not self.reads_text:
            return []
        works = {assignment.pk: assignment for assignment in self.assignments}
        found = [
            answer
            for answer in sheet_rows.ANSWERS.all(*self.given)
            if answer.opinion.issued_at or sight.reads_draft(self.officer, works[answer.opinion.assignment_id].unit_id)
        ]
        for answer in found:
            answer.opinion.assignment = works[answer.opinion.assignment_id]
        last = {answer.opinion.assignment_id: answer.opinion_id for answer in found}
        for answer in found:  # a draft that has a later one beside it will not be signed
            is_last = last[answer.opinion.assignment_id] == answer.opinion_id
            answer.opinion.is_replaced = not (answer.opinion.issued_at or is_last)  # type: ignore[attr-defined]
        return found

    def _open_pleas(self) -> list[Plea]:
        """What the petitioner asked for and was not answered."""
        if not (self.petition.has_pleas and self.reads_text and desks.reply_seat(self.officer, self.petition)):
            return []
        return list(Plea.objects.filter(petition=self.petition, reply__isnull=True).order_by("id"))

    def _gaps(self, answers: list[Answer]) -> list[Gap]:
        """What the draft that would be signed next still misses."""
        return gaps_before_signing(self.demands, answers, on=self.today)

    @cached_property
    def evaluations(self) -> list[Evaluation]:
        is_rated = self.petition.evaluation_status == EvaluationStatus.RATED
        return sheet_rows.EVALUATIONS.all(self.petition.pk) if is_rated and self.reads_text else []


def _is_draft(answer: Answer) -> bool:
    """Of the draft that would be signed next."""
    return not (answer.opinion.issued_at or answer.opinion.is_replaced)  # type: ignore[attr-defined]


def _number_beside(petition: Petition, other: Petition | None) -> str:
    """A number in another compartment stays there: the other was sealed later."""
    return str(other.number) if other and other.confidentiality == petition.confidentiality else ""


def _category(petition: Petition) -> str:
    """Under the name it had when the petition was registered."""
    if petition.category is None:
        return ""
    return petition.category.called_on(timezone.localdate(petition.registered_at or petition.received_at))
