"""The petition page, read in a fixed number of statements and worked out for the template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xinfang.deadlines.models import Promise
from xinfang.desk import after, branch_words, branches, sheet_answers, sheet_clocks, sheet_rows
from xinfang.desk.corrected import CorrectionLine, lines, may_ask, of_field, receipts
from xinfang.desk.page import keeps_paper_of
from xinfang.desk.rows import marks_of
from xinfang.desk.sheet_moves import Moves, following_up
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
from xinfang.trace.models import Entry

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
class PersonLine:
    """Masked, unless this very answer reveals it."""

    pk: int
    role: str
    identity: Identity
    is_revealed: bool


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
            "clocks": sheet_clocks.lines(self.promises, self.today),
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
            **sheet_answers.with_gaps(self._answers(), self.demands, self.today),
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
        return min(filter(None, [self.petition.due_on, *following_up(self.follow_up).values()]), default=None)

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
        work: list[openings.Work] = [*self.assignments, *self.reviews, *self.hearings]
        following = following_up(self.follow_up)
        return Moves(self.petition, self.officer, work, self.promises, following, self.today).context()

    @cached_property
    def follow_up(self) -> FollowUp | None:
        return open_follow_up(self.petition) if self._was_dissatisfied() else None

    def _was_dissatisfied(self) -> bool:
        return any(one.is_dissatisfied for one in self.evaluations)

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

    def _answers(self) -> list[Answer]:
        return sheet_answers.of(self.assignments, self.officer) if self.reads_text else []

    def _open_pleas(self) -> list[Plea]:
        """What the petitioner asked for and was not answered."""
        if not (self.petition.has_pleas and self.reads_text and desks.reply_seat(self.officer, self.petition)):
            return []
        return list(Plea.objects.filter(petition=self.petition, reply__isnull=True).order_by("id"))

    @cached_property
    def evaluations(self) -> list[Evaluation]:
        is_rated = self.petition.evaluation_status == EvaluationStatus.RATED
        return sheet_rows.EVALUATIONS.all(self.petition.pk) if is_rated and self.reads_text else []


def _number_beside(petition: Petition, other: Petition | None) -> str:
    """A number in another compartment stays there: the other was sealed later."""
    return str(other.number) if other and other.confidentiality == petition.confidentiality else ""


def _category(petition: Petition) -> str:
    """Under the name it had when the petition was registered."""
    if petition.category is None:
        return ""
    return petition.category.called_on(timezone.localdate(petition.registered_at or petition.received_at))
