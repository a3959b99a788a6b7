"""Going one step along a road: hold the row, ask the table, change, move the clocks, freeze the papers, record."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation

from xinfang.deadlines import promises
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.documents import papers
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Officer, Unit
from xinfang.petitions import policies, telling
from xinfang.petitions.codes import AssignmentRole
from xinfang.petitions.dimensions import of_assignment, of_petition
from xinfang.petitions.errors import NotOnTheRoad, NotReady, NotYourMove
from xinfang.petitions.lifecycle import MOVES, AssignmentStatus
from xinfang.petitions.models import Assignment, Hearing, Petition, ReviewCase
from xinfang.petitions.models.words import Sealed, words_of
from xinfang.petitions.obstacles import obstacle
from xinfang.petitions.policies import By, Subject, petition_of
from xinfang.petitions.queries import visible_to
from xinfang.trace.acts import Traced, record
from xinfang.trace.hands import Hand

ROAD = Hand.system("road")
"""The hand of what follows from a move by itself."""
OF_PETITION = frozenset({Clock.D0, Clock.D0_VISIT, Clock.D2, Clock.D9, Clock.D11, Clock.D14, Clock.D15, Clock.D20}) | {
    Clock.D15_RESULT
}


@dataclass
class Step:
    """A move under way: its verb, the row it moves, the hand that may, and the state it left."""

    verb: str
    subject: Any
    hand: Hand
    at: datetime
    left: str
    promises: dict[Clock, Promise] = field(default_factory=dict)
    contact: str = ""
    """Whom to ask about a paper that this step issues: who works on it, or who takes the step."""
    issued: list[Paper] = field(default_factory=list)

    @property
    def petition(self) -> Petition:
        return petition_of(self.subject)


_PETITION = Prepared(lambda pk: Petition.objects.select_for_update(of=("self",)).select_related("organ").filter(pk=pk))
_PETITIONS = Prepared(
    lambda *pks: (
        Petition.objects.select_for_update(of=("self",)).select_related("organ").filter(pk__in=pks).order_by("pk")
    )
)
_ASSIGNMENT = Prepared(
    lambda pk: (
        Assignment.objects.select_for_update(of=("self", "petition"))
        .select_related("petition__organ", "unit", "handler")
        .filter(pk=pk)
    )
)


def hold_petition(petition: Petition) -> Petition:
    """Read the petition again, locked until the transaction ends."""
    return _PETITION.get(petition.pk)


def hold_petitions(*petitions: int) -> dict[int, Petition]:
    """Several by id, locked in one order, so that two who hold the same ones never wait for each other."""
    return {petition.pk: petition for petition in _PETITIONS.all(*petitions)}


_REVIEW = Prepared(
    lambda pk: (
        ReviewCase.objects.select_for_update(of=("self", "petition"))
        .select_related("petition__organ", "respondent")
        .filter(pk=pk)
    )
)


def hold_review(review: ReviewCase) -> ReviewCase:
    """The review and its petition, both locked."""
    return _REVIEW.get(review.pk)


def hold_hearing(hearing: Hearing) -> Hearing:
    """The hearing and its petition, both locked."""
    held = Hearing.objects.select_for_update(of=("self", "petition"))
    return held.select_related("petition__organ", "assignment__unit", "review").get(pk=hearing.pk)


def hold_assignment(assignment: Assignment) -> Assignment:
    """The assignment and its petition, both locked."""
    return _ASSIGNMENT.get(assignment.pk)


def enter(verb: str, subject: Subject, *, by: By, at: datetime) -> Step:
    """May this hand do it, does the table allow it from here, and is everything there? Refused otherwise."""
    move = MOVES[verb]
    hand = policies.hand_for(verb, subject, by)
    refuse_sealed(subject, by)
    if subject.status not in move.start:
        raise NotOnTheRoad(move.label, subject.get_status_display())
    if at < subject.moved_at:
        raise Refused("时间不能早于上一步办理的时间，可能已有人先行办理。请刷新后再看。", field="at")
    if missing := obstacle(verb, subject, timezone.localdate(at)):
        raise NotReady(missing)
    return Step(verb, subject, hand, at, left=subject.status, contact=_contact(subject, by))


def _contact(subject: Subject, by: By) -> str:
    """Papers of a unit's work name its handler, whoever signs them. Of a sealed petition nobody is named."""
    if petition_of(subject).is_sealed:
        return ""
    handler = subject.handler if isinstance(subject, Assignment) else None
    return handler.name if handler else by.name if isinstance(by, Officer) else ""


def refuse_sealed(subject: Subject, by: By) -> None:
    """A duty alone does not open a compartment."""
    petition = petition_of(subject)
    if petition.is_sealed and isinstance(by, Officer) and not visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")


def begin(verb: str, subject: Subject, *, by: By, at: datetime) -> Step:
    """The first move of a row that is not saved yet."""
    return Step(verb, subject, policies.hand_for(verb, subject, by), at, left="", contact=_contact(subject, by))


def start_clocks(
    step: Step,
    *clocks: Clock,
    on: Mapping[Clock, date] = {},
    stated: Mapping[Clock, date] = {},
    of: Assignment | ReviewCase | None = None,
) -> None:
    """Start these of the table's clocks in one insert; `on` and `stated` where the start or the last day is not ordinary."""
    starts = [
        promises.Start(
            clock, *_owner(step.petition, of or step.subject, clock), on=on.get(clock), stated_on=stated.get(clock)
        )
        for clock in clocks or MOVES[step.verb].starts
    ]
    started = promises.start_many(starts, at=step.at)
    step.promises |= {Clock(promise.clock): promise for promise in started}


def _owner(petition: Petition, subject: Subject, clock: Clock) -> tuple[str, int, str]:
    """Whose clock it is, and the unit that must keep it; a review is kept by the organ that registered."""
    if clock in OF_PETITION:  # what the petitioner may still ask for is a window of his petition
        return "petition", petition.pk, petition.organ.code
    return *name_of(subject), (subject.unit if isinstance(subject, Assignment) else petition.organ).code


def stop_clocks(step: Step) -> None:
    """Stop what the table stops: one statement for the petition's clocks, one for its work's."""
    stops = set(MOVES[step.verb].stops)
    if mine := stops & OF_PETITION:
        promises.stop(mine, subject="petition", subject_id=step.petition.pk, at=step.at)
    if (theirs := stops - OF_PETITION) and (holder := _holder(step)):
        kind, pk = name_of(holder)
        promises.stop(theirs, subject=kind, subject_id=pk, at=step.at)


def _holder(step: Step) -> Subject | None:
    """Who has these clocks: the row that moves; where a petition does, the work that was given back last, if any was."""
    if not isinstance(step.subject, Petition):
        subject: Subject = step.subject
        return subject
    if not step.subject.taken_back_at:
        return None
    returned = step.subject.assignments.filter(role=AssignmentRole.LEAD, status=AssignmentStatus.RETURNED)
    return returned.order_by("-id").first()


def advance(step: Step, **fields: Any) -> None:
    """Set the table's state and these fields, in one update."""
    if to := MOVES[step.verb].to:
        fields["status"] = to
    for name, value in fields.items():
        setattr(step.subject, name, value)
    names = list(fields)
    if isinstance(step.subject, Sealed) and not set(words_of(type(step.subject))).isdisjoint(names):
        names = [*(name for name in names if name != "words_sealed"), "words_sealed"]
    written.update(step.subject, names)


# Who gave no name is told nothing on paper; his unit's time is kept all the same (domain 3.6.1, S10, S11).
TOLD_TO_HIM = frozenset(
    {
        PaperKind.ROUTING_NOTICE,
        PaperKind.RECEIPT_NOTICE,
        PaperKind.REPEAT_NOTICE,
        PaperKind.DECLINE_NOTICE,
        PaperKind.FINAL_DECLINE_NOTICE,
        PaperKind.DIRECT_REPLY,
        PaperKind.WITHDRAWAL_NOTICE,
        PaperKind.EVALUATION_FORM,
    }
)


def issue(step: Step, unit: Unit, signer: str = "", /, **writers: Callable[[], dict[str, Any]]) -> None:
    """Draw up the papers the table names that have a writer here; `leave` writes them. Papers speak Chinese whoever acts.

    A writer finds those before it in `step.issued`. `signer`: the organ that the unit works for.
    """
    subject, key = name_of(step.subject), step.petition.key
    about: dict[str, Any] = {"unit": unit, "subject": subject, "key": key, "at": step.at, "contact": step.contact}
    about["signer"] = signer
    kinds = [kind for kind in MOVES[step.verb].papers if kind.value in writers and _is_told(kind, step.petition)]
    numbers = papers.numbered(kinds, unit=unit, signer=signer, at=step.at) if len(kinds) > 1 else {}
    with _in_chinese():
        for kind in kinds:
            data = writers[kind.value]()
            step.issued.append(papers.drawn_up(kind, **about, data=data, number=numbers.get(kind, "")))


def _is_told(kind: PaperKind, petition: Petition) -> bool:
    return not (petition.is_anonymous and kind in TOLD_TO_HIM)


def _in_chinese() -> AbstractContextManager[None]:
    """Most who act read it already: to change into the language one speaks costs as much as into another."""
    is_spoken = translation.get_language() == settings.LANGUAGE_CODE
    return nullcontext() if is_spoken else translation.override(settings.LANGUAGE_CODE)


def leave(step: Step, *, rows: Iterable[Traced] = (), **facts: Any) -> None:
    """The last line of every verb: its papers and its entry, with the dimensions of the petition and the facts of this step."""
    work = of_assignment(step.subject) if isinstance(step.subject, Assignment) else {}
    telling.tell(step.petition, step.verb, step.issued, at=step.at)
    dated = {clock.value: promise.due_on for clock, promise in step.promises.items()}
    numbers = [paper.number or PaperKind(paper.kind).value for paper in step.issued]
    record(
        step.verb,
        subject=name_of(step.subject),
        by=step.hand,
        at=step.at,
        facts=told(
            step.petition,
            **{**work, "from": step.left, "to": step.subject.status, "due": dated, "papers": numbers, **facts},
        ),
        rows=rows,
        new=step.issued,
        key=step.petition.key,
    )


_KINDS = {Petition: "petition", Assignment: "assignment", ReviewCase: "review", Hearing: "hearing"}


def name_of(subject: Subject) -> tuple[str, int]:
    """As entries and clocks name it."""
    return _KINDS[type(subject)], subject.pk


_OF_SEALED = frozenset({"from", "to"})
"""Where it stands, which `verify` holds against the row."""


def told(petition: Petition, **facts: Any) -> dict[str, Any]:
    """What an entry tells: the dimensions it is counted by, and the facts of the step."""
    return plain(of_petition(petition)) | beside(petition, **facts)


def note(
    act: str,
    petition: Petition,
    *,
    by: Hand,
    at: datetime,
    rows: Iterable[Traced] = (),
    issued: Iterable[Paper] = (),
    **facts: Any,
) -> None:
    """The last line of an act that moves nothing along the road: its entry, with the papers that were drawn up for it."""
    record(
        act,
        subject=name_of(petition),
        by=by,
        at=at,
        facts=beside(petition, **facts),
        rows=list(rows),
        new=list(issued),
        key=petition.key,
    )


def beside(petition: Petition, **facts: Any) -> dict[str, Any]:
    """The facts of a step alone. Of a sealed petition no unit, no result, no paper, whatever the step was."""
    return plain({name: value for name, value in facts.items() if not petition.is_sealed or name in _OF_SEALED})


def plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Dates as text, and nothing that says nothing."""
    return {name: _text(value) for name, value in facts.items() if value not in ("", None, {}, [])}


def _text(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _text(inner) for name, inner in value.items()}
    return value.isoformat() if isinstance(value, date) else value
