"""Somebody does something: verbs by hands at growing times, each with arguments that may or may not fit."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from tests.cast import WANG, Cast, intake
from tests.petitions import pasts
from tests.petitions.bystander import BESIDE, add_evidence, look
from tests.petitions.facts import SYSTEM, begun
from tests.petitions.reviewers import Reviewers
from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.organizations.models import Unit
from xinfang.petitions import actions, policies
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    GROUNDS,
    AssignmentKind,
    CallAbout,
    Channel,
    DeliveryMode,
    DisciplineOutcome,
    DuplicateOutcome,
    EvaluationValue,
    FollowUpOutcome,
    MatterKind,
    MediationOutcome,
    NoteKind,
    OpinionResult,
    PetitionerView,
    Procedure,
    Purpose,
    Recipient,
    RecusalGround,
    ReferralKind,
    ReopenGround,
    SimpleGround,
    Way,
)
from xinfang.petitions.intake import Person
from xinfang.petitions.lifecycle import MACHINES, MOVES, moves_of
from xinfang.petitions.models import Assignment, Hearing, Petition, ReviewCase
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.obstacles import obstacle
from xinfang.petitions.policies import By, Subject
from xinfang.petitions.road import name_of
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry

ANSWER = AnswerText("属实。", "《民法典》", OpinionResult.SUPPORTED)
PEOPLE = [(Person(WANG),), (Person(Identity(name="李四", phone="13900000000")),), ()]
CHANNELS = [Channel.LETTER, Channel.VISIT, Channel.ONLINE, Channel.PHONE]


def _asked(rows: Any) -> Prepared[Any]:
    """All of them in the order they were made, or those of one petition: the same few questions at every step."""
    return Prepared(
        lambda *petition: rows.filter(petition__in=petition).order_by("id") if petition else rows.order_by("id")
    )


ORGAN = Petition.objects.select_related("organ")
PETITION, PETITIONS = Prepared(lambda pk: ORGAN.filter(pk=pk)), Prepared(lambda: ORGAN.order_by("id"))
WORK = _asked(Assignment.objects.select_related("petition__organ", "unit"))
REVIEWS = _asked(ReviewCase.objects.select_related("petition__organ", "respondent"))
HEARINGS = _asked(Hearing.objects.select_related("petition__organ", "assignment__unit", "review"))
LAST_ENTRY = Prepared(lambda: Entry.objects.order_by("-id")[:1])
ENTRIES_AFTER = Prepared(lambda pk: Entry.objects.filter(pk__gt=pk).order_by("id"))
FIRST_OF_ALL = "petition.check_duplicate"
ASIDE = {
    "petition.return_proposal",
    *("petition.add_co_handler", "petition.instruct", "petition.sponsor", "petition.log_sponsor_visit"),
    *("petition.end_sponsorship", "petition.recuse", "petition.recuse_unit", "petition.allow_unit"),
    *("assignment.mediate", "assignment.drop_co"),
    *("petition.call_back", "petition.conclude_follow_up", "petition.resolve", "petition.refer"),
    "petition.report_urgent",
    "petition.merge",
    "assignment.cancel",
    "assignment.move_feedback",
    FIRST_OF_ALL,
    "petition.void",
    "assignment.pass_on",
    "assignment.log_work",
    "assignment.accept_procedure",
    "assignment.route_to_procedure",
}


def _standing(machine: str) -> dict[str, list[str]]:
    """What the table allows from each state."""
    found = defaultdict(list)
    for verb, move in moves_of(machine).items():
        for status in move.start:
            found[str(status)].append(verb)
    return found


ON_THE_TABLE = {machine: _standing(machine) for machine in MACHINES}


class Wanderer(Reviewers):
    """Chooses by its seed alone. Knows the secrets of the petitions it saw come, and what time it is."""

    def __init__(self, cast: Cast, now: datetime) -> None:
        self.cast, self.now, self.chance = cast, now, Random(0)
        self.secrets: dict[int, str] = {}
        self.received: dict[int, datetime] = {}
        self.sentences: set[str] = set()
        self.tried: Counter[str] = Counter()
        self.done: Counter[str] = Counter()
        self.hands: list[By] = [*cast.officers.values(), PETITIONER, SYSTEM]

    def pick(self, *values: Any) -> Any:
        return self.chance.choice(values)

    def one_of(self, rows: Any) -> Any:
        """One of these, in the order they were made; None when there is none."""
        return self.pick(None) if not (found := list(rows.order_by("id"))) else self.pick(*found)

    def pass_time(self, **kw: int) -> None:
        self.now = min(self.now + timedelta(**kw), timezone.now())

    def arrive(self) -> None:
        """A letter or a visitor, today or some days ago; registered at once or noted first."""
        cast, came = self.cast, self.now - timedelta(days=self.pick(0, 0, 1, 3))
        organ, officer = self.pick(
            *[(cast.bureau, cast.registrar)] * 3, (cast.bureau, cast.dispatcher), (cast.street, cast.street_handler)
        )
        if self.pick(True, False, False, False):
            noted = actions.receive(channel=Channel.VISIT, received_at=came, organ=organ, by=officer, at=self.now)
            self.received[noted.pk] = came
            self._did("petition.receive")
            return
        facts = self._facts() | {"received_at": came, "petition_date": timezone.localdate(came)}
        done = actions.register(intake(**facts), organ=organ, by=self.pick(officer, officer, PETITIONER), at=self.now)
        self.secrets[done.petition.pk] = done.act_secret
        self.received[done.petition.pk] = came
        self._did("petition.register")

    def _did(self, verb: str) -> None:
        self.tried[verb] += 1
        self.done[verb] += 1

    def _facts(self) -> dict[str, Any]:
        return {
            "channel": self.pick(*CHANNELS),
            "people": self.pick(*PEOPLE),
            "persons_count": self.pick(1, 1, 1, 12),
            "is_urgent": self.pick(True, False),
            "is_confidential": self.pick(True, *[False] * 7),
            "purpose": self.pick(Purpose.ACCUSE, *[Purpose.CLAIM] * 7),
        }

    def come_with_a_past(self, last: str) -> None:
        """A petition that the right hands have led to where the road branches; then it goes on like the others."""
        life = begun(self.cast, self.now, way=pasts.WAYS.get(last, AssignmentKind.TRANSFER))
        self.secrets[life.pk] = life.registered.act_secret
        before = LAST_ENTRY.get().pk - 1  # the registration counts
        add_evidence(self, life.petition, self.cast.registrar)
        pasts.lead(life, last)
        for row in Petition.objects.filter(pk__gte=life.pk):
            self.received[row.pk] = row.received_at
        for entry in ENTRIES_AFTER.all(before):
            self._did(entry.act)
        self.now = life.now
        self._go_on(life.pk, 12)

    def walk(self, steps: int) -> None:
        """One petition and its unit's work go on by some steps."""
        self._go_on(self.pick(*PETITIONS.all()).pk, steps)

    def _go_on(self, petition: int, steps: int) -> None:
        """As far as the road is free and nobody is refused for long."""
        refused = 0
        for _ in range(steps):
            free = next(self._free(PETITION.get(petition)), None)
            if free is None or refused == 3:
                return
            row, verb = free
            by = next((by for by in self._all_hands() if _may(verb, row, by)), None)
            refused = 0 if by and self._try(row, verb, by) else refused + 1
            self.pass_time(hours=self.pick(1, 5, 30))

    def _all_hands(self) -> list[By]:
        """In any order, so that whoever of them may is as likely as the others."""
        return self.chance.sample(self.hands, len(self.hands))

    def _free(self, petition: Petition) -> Iterator[tuple[Subject, str]]:
        """What the table allows from here and nothing stands before; mostly forward first, or what is new to the county."""
        rows: list[Subject] = [*WORK.all(petition.pk), petition, *REVIEWS.all(petition.pk)]
        rows += HEARINGS.all(petition.pk) if petition.has_hearings else []
        today, aside = timezone.localdate(self.now), ASIDE if petition.duplicate_checked_at else ASIDE - {FIRST_OF_ALL}
        on_the_table = [(row, verb) for row in rows for verb in ON_THE_TABLE[name_of(row)[0]][row.status]]
        self.chance.shuffle(on_the_table)
        if self.pick(True, True, False):
            on_the_table.sort(key=lambda one: one[1] in aside)
        elif self.pick(True, True, False):
            on_the_table.sort(key=lambda one: self.done[one[1]] > 0)
        return (one for one in on_the_table if not obstacle(one[1], one[0], today))

    def meddle(self) -> None:
        """Any move by any hand."""
        row = self.pick(*PETITIONS.all(), *WORK.all(), *REVIEWS.all(), *HEARINGS.all())
        verbs = [verb for verb, move in moves_of(name_of(row)[0]).items() if move.start]
        self._try(row, self.pick(*verbs), self.pick(*self.hands))

    def tend(self) -> None:
        """Something beside the road, by any officer; by those who have the most to do with it more often."""
        cast, petition, verb = self.cast, self.pick(*PETITIONS.all()), self.pick(*BESIDE)
        by = self.pick(*[cast.registrar, cast.dispatcher, cast.bureau_head] * 4, *cast.officers.values())
        self._attempt(verb, lambda: BESIDE[verb](self, petition, by))

    def look(self) -> None:
        """An officer looks at his worklist and at a petition."""
        numbered = [petition for petition in PETITIONS.all() if petition.number]
        if numbered:
            look(self.pick(*numbered), self.pick(*self.cast.officers.values()))

    def _try(self, row: Subject, verb: str, by: By) -> bool:
        """A move along the road."""
        return self._attempt(verb, lambda: getattr(self, verb.partition(".")[2])(row, by) or True, row)

    def _attempt(self, verb: str, do: Callable[[], object], row: Subject | None = None) -> bool:
        """A refusal leaves nothing behind and says why; what was done has left its entry; nothing to do is no act."""
        last = LAST_ENTRY.get().pk
        try:
            is_done = bool(do())
        except Refused as refused:
            self.tried[verb] += 1
            self.sentences.add(refused.sentence)
            assert not ENTRIES_AFTER.all(last)
            return False
        left = ENTRIES_AFTER.all(last)
        assert bool(left) == is_done
        if is_done:
            self._did(verb)
            assert any(one.act == verb and (row is None or one.subject_id == row.pk) for one in left)
        return is_done

    # Petition

    def register(self, petition: Petition, by: By) -> None:
        facts = self._facts() | {"received_at": self.now, "petition_date": timezone.localdate(self.now)}
        done = actions.register(intake(**facts), organ=petition.organ, by=by, at=self.now, draft=petition)
        self.secrets[petition.pk] = done.act_secret

    def check_duplicate(self, petition: Petition, by: By) -> None:
        outcome = self.pick(*DuplicateOutcome, *[DuplicateOutcome.INITIAL] * 4)
        other = self.pick(None, *PETITIONS.all())
        actions.check_duplicate(petition, outcome=outcome, other=other, reason="理由", by=by, at=self.now)

    def propose(self, petition: Petition, by: By) -> None:
        way = self.pick(*[Way.TRANSFER, Way.ASSIGN, Way.SELF] * 3, *Way)
        kind = self.pick(*[MatterKind.APPEAL_CLAIM] * 4, MatterKind.ACCUSATION)
        how = Disposition(
            kind=kind,
            procedure=Procedure.PETITION_PROCEDURE,
            category="040200",
            way=way,
            lead_unit=self._lead_of(petition, way),
            ground=self.pick(*GROUNDS[way]) if way in GROUNDS else "",
            destination=self.pick("区委政法委", "区纪委监委") if way == Way.ROUTE_OUT else "",
            opinion="意见。",
        )
        actions.propose(petition, how, by=by, at=self.now)

    def _lead_of(self, petition: Petition, way: Way) -> Unit | None:
        if way in GROUNDS or way == Way.REPLY_DIRECT:
            return None
        own = way == Way.SELF
        return petition.organ if own else self.pick(*[self.cast.street, self.cast.dept] * 3, self.cast.village)

    def approve(self, petition: Petition, by: By) -> None:
        actions.approve(petition, note="同意。", by=by, at=self.now)

    def transfer(self, petition: Petition, by: By) -> None:
        actions.transfer(petition, by=by, at=self.now)

    def assign(self, petition: Petition, by: By) -> None:
        days = self.pick(None, 0, 20, 90)
        due = None if days is None else timezone.localdate(self.now) + timedelta(days=days)
        actions.assign(petition, requirement="请办。", feedback_due=due, by=by, at=self.now)

    def self_handle(self, petition: Petition, by: By) -> None:
        actions.self_handle(petition, by=by, at=self.now)

    def return_proposal(self, petition: Petition, by: By) -> None:
        actions.return_proposal(petition, reason=self.pick("", "不妥。"), by=by, at=self.now)

    def merge(self, petition: Petition, by: By) -> None:
        actions.merge(petition, by=by, at=self.now)

    def reply_direct(self, petition: Petition, by: By) -> None:
        actions.reply_direct(petition, text=self.pick("", "答复。"), by=by, at=self.now)

    def decline(self, petition: Petition, by: By) -> None:
        actions.decline(petition, right_road=self.pick("", "向法院起诉。"), by=by, at=self.now)

    def decline_final(self, petition: Petition, by: By) -> None:
        actions.decline_final(petition, text="已有复核意见。", by=by, at=self.now)

    def route_out(self, petition: Petition, by: By) -> None:
        actions.route_out(petition, right_road="", by=by, at=self.now)

    def take_up(self, petition: Petition, by: By) -> None:
        actions.take_up(petition, note=self.pick("", "交第一纪检监察室。"), by=by, at=self.now)  # type: ignore[arg-type]

    def answer_accusation(self, petition: Petition, by: By) -> None:
        outcome, answer = self.pick(*DisciplineOutcome), self.pick("", "已经查明。")
        destination = self.pick("", "市纪委监委") if outcome == DisciplineOutcome.REFERRED else ""
        told = {"outcome": outcome, "answer": answer, "destination": destination}
        actions.answer_accusation(petition, **told, by=by, at=self.now)  # type: ignore[arg-type]

    def file_away(self, petition: Petition, by: By) -> None:
        actions.file_away(petition, by=by, at=self.now)

    def take_back(self, petition: Petition, by: By) -> None:
        actions.take_back(petition, told_by=timezone.localdate(self.now), by=by, at=self.now)  # type: ignore[arg-type]

    def decide_owner(self, petition: Petition, by: By) -> None:
        unit = self.pick(self.cast.street, self.cast.dept)
        actions.decide_owner(petition, unit=unit, reason="属其职责。", by=by, at=self.now)

    def reassign(self, petition: Petition, by: By) -> None:
        unit = self.pick(self.cast.street, self.cast.dept)
        actions.reassign(petition, unit=unit, reason="属其职责。", by=by, at=self.now)

    def reopen(self, petition: Petition, by: By) -> None:
        ground, unit = self.pick(*ReopenGround), self.pick(self.cast.street, self.cast.dept)
        actions.reopen(petition, ground=ground, unit=unit, reason="重办。", by=by, at=self.now)

    def withdraw(self, petition: Petition, by: By) -> None:
        actions.withdraw(petition, called_back="本人自愿。", by=by, at=self.now)

    def add_co_handler(self, petition: Petition, by: By) -> None:
        unit, requirement = self.pick(self.cast.street, self.cast.dept), self.pick("", "请说明。", "请说明。")
        actions.add_co_handler(petition, unit=unit, requirement=requirement, by=by, at=self.now)

    def instruct(self, petition: Petition, by: By) -> None:
        days = self.pick(None, 0, 10, 40, 200)
        due = None if days is None else timezone.localdate(self.now) + timedelta(days=days)
        leader = self.pick(self.cast.leader, self.cast.leader, self.cast.registrar)
        actions.instruct(petition, leader=leader, text="请认真办理。", due_on=due, by=by, at=self.now)

    def sponsor(self, petition: Petition, by: By) -> None:
        leader, plan = self.cast.leader, self.pick("", "入户。")
        actions.sponsor(petition, leader=leader, plan=plan, standard="息诉。", by=by, at=self.now)

    def log_sponsor_visit(self, petition: Petition, by: By) -> None:
        on = timezone.localdate(self.now) - timedelta(days=self.pick(-1, 0))
        actions.log_sponsor_visit(petition, text="约见。", visited_on=on, by=by, at=self.now)

    def end_sponsorship(self, petition: Petition, by: By) -> None:
        actions.end_sponsorship(petition, result=self.pick("", "化解。"), by=by, at=self.now)

    def recuse(self, petition: Petition, by: By) -> None:
        officer, ground = self.pick(*[None] * 8, *self.cast.officers.values()), self.pick(*RecusalGround)
        actions.recuse(petition, officer=officer, ground=ground, text=self.pick("", "亲属。"), by=by, at=self.now)

    def recuse_unit(self, petition: Petition, by: By) -> None:
        unit, ground = self.pick(self.cast.street, self.cast.dept), RecusalGround.IS_RESPONDENT
        actions.recuse_unit(petition, unit=unit, ground=ground, text=self.pick("", "被反映。"), by=by, at=self.now)

    def allow_unit(self, petition: Petition, by: By) -> None:
        unit = self.pick(self.cast.street, self.cast.dept)
        actions.allow_unit(petition, unit=unit, text=self.pick("", "法定职权。"), by=by, at=self.now)

    def close(self, petition: Petition, by: By) -> None:
        actions.close(petition, by=by, at=self.now)

    def evaluate(self, petition: Petition, by: By) -> None:
        bureau, unit = (self.pick(*EvaluationValue) for _ in range(2))
        secret = self.pick(self.secrets.get(petition.pk, ""), "AAAAAAAA")
        scan = None if by == PETITIONER else self._scan(petition)
        said = {"reason": self.pick("原因", ""), "act_secret": secret, "scan": scan}
        actions.evaluate(petition, bureau=bureau, unit=unit, **said, by=by, at=self.now)

    def call_back(self, petition: Petition, by: By) -> None:
        about, is_reached = self.pick(CallAbout.RATING, CallAbout.RESOLVED), self.pick(True, False)
        said = self.pick("", "电话回访。", "电话回访。")
        actions.call_back(petition, about=about, is_reached=is_reached, said=said, by=by, at=self.now)  # type: ignore[arg-type]

    def conclude_follow_up(self, petition: Petition, by: By) -> None:
        outcome, text = self.pick(*FollowUpOutcome), self.pick("", "已纠正。")
        actions.conclude_follow_up(petition, outcome=outcome, text=text, by=by, at=self.now)  # type: ignore[arg-type]

    def resolve(self, petition: Petition, by: By) -> None:
        secret = self.pick(self.secrets.get(petition.pk, ""), "AAAAAAAA")
        actions.resolve(petition, said=self.pick("", "解决了。"), act_secret=secret, by=by, at=self.now)

    def refer(self, petition: Petition, by: By) -> None:
        kind, organ = self.pick(*ReferralKind), self.pick("", "区民政局")
        actions.refer(petition, kind=kind, organ=organ, reason="住院欠费。", by=by, at=self.now)  # type: ignore[arg-type]

    def report_urgent(self, petition: Petition, by: By) -> None:
        learned = self.now - timedelta(minutes=self.pick(5, 40, -5))
        told = {"phoned_to": "值班室", "facts": "聚集。", "measures": "已接谈。", "recipients": list(Recipient)}
        actions.report_urgent(petition, learned_at=learned, phoned_at=self.now, **told, by=by, at=self.now)  # type: ignore[arg-type]

    def archive(self, petition: Petition, by: By) -> None:
        actions.archive(petition, by=by, at=self.now)

    def void(self, petition: Petition, by: By) -> None:
        actions.void(petition, reason=self.pick("", "", "", "误录"), by=by, at=self.now)

    # Assignment

    def sign_for(self, assignment: Assignment, by: By) -> None:
        actions.sign_for(assignment, by=by, at=self.now)

    def raise_objection(self, assignment: Assignment, by: By) -> None:
        reason, unit = self.pick("", "不属本单位。"), self.pick(None, self.cast.dept)
        actions.raise_objection(assignment, reason=reason, basis="权责清单", suggested_unit=unit, by=by, at=self.now)

    def return_assignment(self, assignment: Assignment, by: By) -> None:
        actions.return_assignment(assignment, answer=self.pick("", "属实。"), by=by, at=self.now)

    def refuse_objection(self, assignment: Assignment, by: By) -> None:
        actions.refuse_objection(assignment, answer="不成立。", by=by, at=self.now)

    def cancel(self, assignment: Assignment, by: By) -> None:
        actions.cancel(assignment, reason=self.pick("", "", "交错单位。"), by=by, at=self.now)

    def accept(self, assignment: Assignment, by: By) -> None:
        handler = self.pick(*[None] * 10, *self.cast.officers.values())
        actions.accept(assignment, handler=handler, by=by, at=self.now)

    def pass_on(self, assignment: Assignment, by: By) -> None:
        to = self.pick(self.cast.street_handler, self.cast.dept_handler, *self.cast.officers.values())
        actions.pass_on(assignment, to=to, by=by, at=self.now)

    def handle(self, assignment: Assignment, by: By) -> None:
        actions.handle(assignment, text="联系。", by=by, at=self.now)  # type: ignore[arg-type]

    def log_work(self, assignment: Assignment, by: By) -> None:
        kind, happened_at = self.pick(*NoteKind), self.now - timedelta(hours=self.pick(-1, 0, 5))
        actions.log_work(assignment, kind=kind, text="走访。", happened_at=happened_at, by=by, at=self.now)  # type: ignore[arg-type]

    def draft_opinion(self, assignment: Assignment, by: By) -> None:
        answers = dict.fromkeys(self.pick((1, 2), (1, 2), (1,), (2, 3)), ANSWER)
        actions.draft_opinion(assignment, answers=answers, remedy_organ="临潼区人民政府", by=by, at=self.now)

    def issue_opinion(self, assignment: Assignment, by: By) -> None:
        drafts = assignment.opinions.order_by("-id").values_list("pk", flat=True)
        actions.issue_opinion(assignment, draft=next(iter(drafts), 0), by=by, at=self.now)

    def deliver(self, assignment: Assignment, by: By) -> None:
        on = timezone.localdate(self.now) - timedelta(days=self.pick(-1, 0, 0, 1))
        actions.deliver(
            assignment,
            mode=self.pick(*DeliveryMode),
            delivered_on=on,
            proof="签收 EMS20260001",
            consented_on=on,
            witnesses=("甲", "乙"),
            by=by,
            at=self.now,
        )

    def report(self, assignment: Assignment, by: By) -> None:
        actions.report(assignment, process="经过。", view=self.pick(*PetitionerView), by=by, at=self.now)

    def check_result(self, assignment: Assignment, by: By) -> None:
        actions.check_result(assignment, note="合格。", by=by, at=self.now)

    def accept_simple(self, assignment: Assignment, by: By) -> None:
        ground, is_doubtful = self.pick(*SimpleGround), self.pick(True, False, False)
        actions.accept_simple(assignment, ground=ground, may_be_refused=is_doubtful, by=by, at=self.now)

    def leave_simple(self, assignment: Assignment, by: By) -> None:
        actions.leave_simple(assignment, reason=self.pick("", "涉及多个单位。"), by=by, at=self.now)

    def accept_procedure(self, assignment: Assignment, by: By) -> None:
        actions.accept_procedure(assignment, **self._procedure(), by=by, at=self.now)

    def route_to_procedure(self, assignment: Assignment, by: By) -> None:
        actions.route_to_procedure(assignment, **self._procedure(), by=by, at=self.now)

    def _procedure(self) -> dict[str, Any]:
        due = timezone.localdate(self.now) + timedelta(days=self.pick(0, 45, 200))
        return {"procedure": self.pick(*Procedure), "right_road": "向仲裁委员会申请。", "procedure_due": due}

    def procedure_taken(self, assignment: Assignment, by: By) -> None:
        actions.procedure_taken(assignment, proof=self.pick("", "立案通知书。"), by=by, at=self.now)

    def presume_accepted(self, assignment: Assignment, by: By) -> None:
        actions.presume_accepted(assignment, by=by, at=self.now)

    def ask_supplement(self, assignment: Assignment, by: By) -> None:
        until = timezone.localdate(self.now) + timedelta(days=self.pick(0, 3, 10, 90))
        actions.ask_supplement(assignment, missing="合同。", until=until, by=by, at=self.now)

    def end_supplement(self, assignment: Assignment, by: By) -> None:
        actions.end_supplement(assignment, is_arrived=self.pick(True, False), by=by, at=self.now)

    def ask_extension(self, assignment: Assignment, by: By) -> None:
        days, ground = self.pick(0, 10, 30, 30, 31), self.pick("", "需委托测绘。", "需鉴定。")
        actions.ask_extension(assignment, days=days, ground=ground, by=by, at=self.now)

    def extend(self, assignment: Assignment, by: By) -> None:
        actions.extend(assignment, answer="同意。", by=by, at=self.now)

    def move_feedback(self, assignment: Assignment, by: By) -> None:
        day = (assignment.feedback_due or self.now.date()) + timedelta(days=self.pick(0, 1, 5, 30, 90))
        reason = self.pick("", "已请示，同意放宽。", "已请示，同意放宽。")
        actions.move_feedback(assignment, day=day, reason=reason, by=by, at=self.now)

    def refuse_extension(self, assignment: Assignment, by: By) -> None:
        actions.refuse_extension(assignment, answer=self.pick("", "理由不足。"), by=by, at=self.now)

    def return_result(self, assignment: Assignment, by: By) -> None:
        actions.return_result(assignment, note=self.pick("", "第2项诉求未答复。"), by=by, at=self.now)

    def handle_again(self, assignment: Assignment, by: By) -> None:
        actions.handle_again(assignment, by=by, at=self.now)

    def mediate(self, assignment: Assignment, by: By) -> None:
        on, terms = timezone.localdate(self.now) - timedelta(days=self.pick(-1, 0, 0)), self.pick("", "限期维修。")
        outcome, perform_by = self.pick(*MediationOutcome), self.pick(None, on + timedelta(days=9))
        actions.mediate(
            assignment,
            outcome=outcome,
            mediator="调解员",
            held_on=on,
            terms=terms,
            perform_by=perform_by,
            by=by,
            at=self.now,
        )

    def co_work(self, assignment: Assignment, by: By) -> None:
        actions.co_work(assignment, by=by, at=self.now)

    def give_co_opinion(self, assignment: Assignment, by: By) -> None:
        actions.give_co_opinion(assignment, text=self.pick("", "属实。", "属实。"), by=by, at=self.now)

    def finish_co(self, assignment: Assignment, by: By) -> None:
        actions.finish_co(assignment, by=by, at=self.now)  # type: ignore[arg-type]

    def drop_co(self, assignment: Assignment, by: By) -> None:
        actions.drop_co(assignment, by=by, at=self.now)  # type: ignore[arg-type]

    def finish(self, assignment: Assignment, by: By) -> None:
        actions.finish(assignment, by=by, at=self.now)  # type: ignore[arg-type]


def _may(verb: str, row: Subject, by: By) -> bool:
    try:
        policies.hand_for(verb, row, by)
    except Refused:
        return False
    return True


assert {verb.partition(".")[2] for verb, move in MOVES.items() if move.start} <= set(dir(Wanderer))
