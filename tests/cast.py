"""The standing cast: a small county with a clerk, a clerk of another office, a chief, and everyone else once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from xinfang.organizations.models import Division, Duty, Officer, Post, Tenure, Unit, UnitKind
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    AssignmentKind,
    Channel,
    DeliveryMode,
    DuplicateOutcome,
    EvaluationValue,
    MatterKind,
    NoteKind,
    OpinionResult,
    PetitionerView,
    Procedure,
    Purpose,
    RecusalGround,
    ReviewDecision,
    ReviewLevel,
    SimpleGround,
    Way,
)
from xinfang.petitions.intake import Intake, Person, Registered
from xinfang.petitions.models import Assignment, Category, Custodian, Hearing, Opinion, Petition, ReviewCase
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace.acts import PETITIONER, Hand, act, record

D = Duty
UNITS: tuple[tuple[str, str, UnitKind, tuple[Duty, ...]], ...] = (
    (
        "6101150000000035299",
        "区信访局",
        UnitKind.BUREAU,
        (
            D.BUREAU_HEAD,
            D.REGISTRAR,
            D.DISPATCHER,
            D.SUPERVISOR,
            D.ARCHIVIST,
            D.REVIEW_OFFICE,
            D.AUDITOR,
            D.ADMINISTRATOR,
        ),
    ),
    ("6101150010000001299", "骊山街道办事处", UnitKind.STREET, (D.UNIT_HEAD, D.CASE_HANDLER)),
    ("6101150000000048299", "区住房和城乡建设局", UnitKind.DEPT, (D.UNIT_HEAD, D.CASE_HANDLER)),
    ("6101150000000028299", "区纪委监委", UnitKind.DISCIPLINE, (D.DISCIPLINE,)),
    ("6101150000000026299", "区政府办公室", UnitKind.GOV, (D.LEADER,)),
    ("6101150010010000299", "骊山街道某村", UnitKind.VILLAGE, (D.VILLAGE_COLLECTOR,)),
)
SHORT = ("bureau", "street", "dept", "discipline", "gov", "village")


@dataclass
class Cast:
    """`cast.registrar` and so on; `cast.street_handler` and `cast.dept_handler` where two units have the duty."""

    units: dict[str, Unit]
    officers: dict[str, Officer] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        for shelf in ("units", "officers"):
            if name in self.__dict__[shelf]:
                return self.__dict__[shelf][name]
        raise AttributeError(name)

    def again(self, name: str) -> Officer:
        """The same officer as a new request loads him."""
        return Officer.objects.get(pk=self.officers[name].pk)

    def keeper(self, name: str = "supervisor") -> Officer:
        """One of the two who keep the accusations of the bureau, appointed and confirmed."""
        officer, now = self.officers[name], timezone.now()
        if not Custodian.objects.filter(officer=officer).exists():
            since = timezone.localdate(now)
            one = actions.appoint_custodian(officer=officer, since=since, by=self.bureau_head, at=now)
            actions.confirm_custodian(one, by=self.discipline_officer, at=now)
        return officer

    @property
    def discipline_officer(self) -> Officer:
        """`discipline` is the unit."""
        return self.officers["discipline"]


def assemble() -> Cast:
    """A handful of statements, so that every test can have its own."""
    Division.objects.bulk_create(
        [
            Division(code="610115000000", name="临潼区", kind="district"),
            Division(code="610115001000", name="骊山街道", kind="street", parent_id="610115000000"),
            Division(code="610115004000", name="代王街道", kind="street", parent_id="610115000000"),
            Division(code="610115005000", name="斜口街道", kind="street", parent_id="610115000000"),
        ]
    )
    Category.objects.bulk_create(
        [
            Category(code="990000", name="其他", version="2023"),
            Category(code="999900", name="其他", parent_id="990000", version="2023"),
            Category(code="040000", name="房产物业", version="2023"),
            Category(code="040200", name="物业服务", parent_id="040000", version="2023"),
        ]
    )
    units = {}
    for short, (code, name, kind, _) in zip(SHORT, UNITS, strict=True):
        units[short] = Unit.objects.create(
            code=code, name=name, short_name=name, kind=kind, opened_on=date(2007, 5, 8), paper_code=f"临{short}"
        )
    cast = Cast(units)
    seats = [(short, duty) for short, unit in zip(SHORT, UNITS, strict=True) for duty in unit[3]]
    posts = Post.objects.bulk_create(Post(unit=units[short], duty=duty, name=str(duty.label)) for short, duty in seats)
    names = [_name(short, duty) for short, duty in seats]
    officers = Officer.objects.bulk_create(
        Officer(username=name, name=f"{duty.label}某", must_change_password=False)
        for name, (_, duty) in zip(names, seats, strict=True)
    )
    Tenure.objects.bulk_create(
        Tenure(post=post, officer=officer, since=date(2020, 1, 1))
        for post, officer in zip(posts, officers, strict=True)
    )
    cast.officers = dict(zip(names, officers, strict=True))
    return cast


@act
def bring_in(*, by: Hand, at: datetime) -> None:
    """For an installation whose own `verify` asks where everybody comes from."""
    rows = [*Unit.objects.all(), *Post.objects.all(), *Officer.objects.all(), *Tenure.objects.all()]
    record("test.bring_in", subject=("county", 0), by=by, at=at, facts={}, rows=rows)


def _name(short: str, duty: Duty) -> str:
    word = {D.UNIT_HEAD: "head", D.CASE_HANDLER: "handler"}.get(duty)
    return f"{short}_{word}" if word else duty.value


WANG = Identity(name="王桂兰", id_no="610115195401010020", phone="13800001234", address="骊山街道某村三组12号")
MORNING = timezone.make_aware(datetime(2026, 6, 15, 9, 0))


def intake(**changes: Any) -> Intake:
    facts: dict[str, Any] = {
        "channel": Channel.LETTER,
        "received_at": MORNING,
        "petition_date": MORNING.date(),
        "title": "反映小区漏水无人维修",
        "text": "自去年冬天起屋顶漏水，多次找物业无果。",
        "demands": ("修好屋顶", "赔偿损失"),
        "division": "610115001000",
        "category": "040200",
        "purpose": Purpose.CLAIM,
        "people": (Person(WANG),),
    }
    return Intake(**(facts | changes))


def registered(cast: Cast, *, at: datetime = MORNING, by: Any = None, **changes: Any) -> Registered:
    return actions.register(intake(**changes), organ=cast.bureau, by=by or cast.registrar, at=at)


class Life:
    """One petition led along the ordinary road, a step at a time, by the right hands."""

    def __init__(self, cast: Cast, *, way: AssignmentKind = AssignmentKind.TRANSFER, **changes: Any) -> None:
        self.cast, self.way, self.now = cast, way, MORNING
        self.registered = registered(cast, **changes)
        self.pk = self.registered.petition.pk
        self.petition_changes = changes

    @property
    def petition(self) -> Petition:
        return Petition.objects.get(pk=self.pk)

    @property
    def assignment(self) -> Assignment:
        return Assignment.objects.filter(petition=self.pk).latest("id")

    def later(self, **kw: int) -> datetime:
        self.now += timedelta(**(kw or {"hours": 1}))
        return self.now

    def day(self, **kw: int) -> date:
        """The date that is on the wall of the county then."""
        return timezone.localdate(self.later(**kw))

    def check_duplicate(self) -> None:
        actions.check_duplicate(
            self.petition,
            outcome=DuplicateOutcome.INITIAL,
            reason="无同人同事",
            by=self.cast.dispatcher,
            at=self.later(),
        )

    def propose(self, **changes: Any) -> None:
        unit = self.cast.bureau if self.way == AssignmentKind.SELF else self.cast.street
        facts = {
            "kind": MatterKind.APPEAL_CLAIM,
            "procedure": Procedure.PETITION_PROCEDURE,
            "category": "040200",
            "way": Way(self.way),
            "lead_unit": unit,
            "opinion": "属街道职责，建议交由其办理。",
        }
        actions.propose(self.petition, Disposition(**(facts | changes)), by=self.cast.dispatcher, at=self.later())

    def approve(self) -> None:
        if self.way == AssignmentKind.ASSIGN:
            actions.approve(self.petition, note="同意。", by=self.cast.bureau_head, at=self.later())

    def dispatch(self) -> None:
        by, at = self.cast.dispatcher, self.later()
        if self.way == AssignmentKind.TRANSFER:
            actions.transfer(self.petition, by=by, at=at)
        elif self.way == AssignmentKind.ASSIGN:
            actions.assign(self.petition, requirement="请于期限内报送办结报告。", by=by, at=at)
        else:
            actions.self_handle(self.petition, by=by, at=at)

    @property
    def handler(self) -> Officer:
        return self.cast.dispatcher if self.way == AssignmentKind.SELF else self.cast.street_handler

    @property
    def head(self) -> Officer:
        return self.cast.bureau_head if self.way == AssignmentKind.SELF else self.cast.street_head

    def sign_for(self) -> None:
        actions.sign_for(self.assignment, by=self.handler, at=self.later())

    def accept(self) -> None:
        actions.accept(self.assignment, by=self.handler, at=self.later(days=1))

    def handle(self) -> None:
        actions.handle(self.assignment, text="电话联系信访人，听取情况。", by=self.handler, at=self.later(days=1))
        actions.log_work(
            self.assignment,
            kind=NoteKind.SITE_VISIT,
            text="入户查看屋顶。",
            happened_at=self.now,
            by=self.handler,
            at=self.later(),
        )

    def draft_opinion(self) -> None:
        answers = {
            demand.n: AnswerText("漏水属实。", "《物业管理条例》", OpinionResult.SUPPORTED)
            for demand in self.petition.demands.all()
        }
        actions.draft_opinion(
            self.assignment, answers=answers, remedy_organ="临潼区人民政府", by=self.handler, at=self.later()
        )

    @property
    def draft(self) -> int:
        """The draft the head has before him, 0 when there is none."""
        last = Opinion.objects.filter(assignment=self.assignment).order_by("-id").first()
        return last.pk if last else 0

    def issue_opinion(self) -> None:
        actions.issue_opinion(self.assignment, draft=self.draft, by=self.head, at=self.later())

    def deliver(self) -> None:
        actions.deliver(
            self.assignment,
            mode=DeliveryMode.IN_PERSON,
            delivered_on=self.day(days=1),
            proof="本人签收",
            by=self.handler,
            at=self.now,
        )

    def report(self) -> None:
        if self.way == AssignmentKind.ASSIGN:
            actions.report(
                self.assignment, process="已维修。", view=PetitionerView.AGREE, by=self.handler, at=self.later()
            )

    def check_result(self) -> None:
        if self.way == AssignmentKind.ASSIGN:
            actions.check_result(self.assignment, note="合格。", by=self.cast.supervisor, at=self.later())

    def close(self) -> None:
        if self.way == AssignmentKind.ASSIGN:
            actions.close(self.petition, by=self.cast.dispatcher, at=self.later())

    def evaluate(self) -> None:
        actions.evaluate(
            self.petition,
            bureau=EvaluationValue.SATISFIED,
            unit=EvaluationValue.BASICALLY,
            act_secret=self.registered.act_secret,
            by=PETITIONER,
            at=self.later(days=2),
        )

    def archive(self) -> None:
        actions.archive(self.petition, by=self.cast.archivist, at=self.later(days=60))

    def propose_end(self, way: Way, ground: str = "") -> None:
        """拟办 to an end without a unit, with the chief's word where it is needed."""
        destination = "区委政法委" if way == Way.ROUTE_OUT else ""
        self.propose(way=way, lead_unit=None, ground=ground, destination=destination)
        if way in (Way.DECLINE_FINAL, Way.FILE_AWAY):
            actions.approve(self.petition, note="同意。", by=self.cast.bureau_head, at=self.later())

    def agree_to_route_out(self) -> None:
        """The word of one who keeps the accusations and did not propose."""
        actions.approve(self.petition, note="同意转出。", by=self.cast.keeper(), at=self.later())

    def route_out(self) -> None:
        actions.route_out(self.petition, right_road="由其依法处理。", by=self.cast.dispatcher, at=self.later())

    def repeat(self) -> None:
        """Found to repeat another petition of the same person."""
        initial = registered(self.cast, **self.petition_changes).petition
        actions.check_duplicate(
            self.petition,
            outcome=DuplicateOutcome.REPEAT,
            other=initial,
            reason="同人同事。",
            by=self.cast.registrar,
            at=self.later(),
        )

    def object(self) -> None:
        actions.raise_objection(
            self.assignment,
            reason="不属本单位职权。",
            basis="权责清单",
            suggested_unit=self.cast.dept,
            by=self.head,
            at=self.later(),
        )

    def return_assignment(self) -> None:
        actions.return_assignment(self.assignment, answer="属实。", by=self.cast.dispatcher, at=self.later())

    def return_twice(self) -> None:
        """退回, 改派 to the department, and back again."""
        self.return_assignment()
        reason = "住建局职责。"
        actions.reassign(self.petition, unit=self.cast.dept, reason=reason, by=self.cast.dispatcher, at=self.later())
        actions.sign_for(self.assignment, by=self.cast.dept_handler, at=self.later())
        actions.raise_objection(
            self.assignment, reason="不是。", basis="清单", suggested_unit=None, by=self.cast.dept_head, at=self.later()
        )
        self.return_assignment()

    def ask_withdrawal(self) -> None:
        statement = "问题已经解决，自愿撤回。"
        actions.ask_withdrawal(self.petition, statement=statement, by=self.cast.registrar, at=self.later())

    def accept_simple(self) -> None:
        ground = SimpleGround.CLEAR
        actions.accept_simple(self.assignment, ground=ground, may_be_refused=False, by=self.handler, at=self.later())

    def ask_supplement(self) -> None:
        until = self.day() + timedelta(days=10)
        actions.ask_supplement(self.assignment, missing="房产证复印件。", until=until, by=self.handler, at=self.now)

    def ask_extension(self) -> None:
        actions.ask_extension(self.assignment, days=30, ground="需委托测绘。", by=self.handler, at=self.later())

    def route_to_procedure(self) -> None:
        due = self.day() + timedelta(days=45)
        actions.route_to_procedure(
            self.assignment,
            procedure=Procedure.ARBITRATION,
            right_road="向劳动人事争议仲裁委员会申请仲裁。",
            procedure_due=due,
            by=self.head,
            at=self.now,
        )

    def return_result(self) -> None:
        actions.return_result(self.assignment, note="第2项诉求未答复。", by=self.cast.supervisor, at=self.later())

    def give_to_the_department(self) -> None:
        """The department leads and the street helps."""
        self.propose(lead_unit=self.cast.dept)
        self.dispatch()
        requirement = "请说明街道掌握的情况。"
        actions.add_co_handler(
            self.petition, unit=self.cast.street, requirement=requirement, by=self.cast.dispatcher, at=self.later()
        )
        actions.sign_for(self.assignment, by=self.cast.street_handler, at=self.later())

    def co_work(self) -> None:
        actions.co_work(self.assignment, by=self.cast.street_handler, at=self.later())

    def sponsor(self) -> None:
        leader = self.cast.leader
        actions.sponsor(
            self.petition, leader=leader, plan="入户化解。", standard="本人息诉。", by=leader, at=self.later()
        )

    def recuse_unit(self) -> None:
        ground, text = RecusalGround.IS_RESPONDENT, "反映街道工作人员作风。"
        actions.recuse_unit(
            self.petition, unit=self.cast.street, ground=ground, text=text, by=self.cast.dispatcher, at=self.later()
        )

    @property
    def review(self) -> ReviewCase:
        return ReviewCase.objects.filter(petition=self.pk).latest("id")

    @property
    def hearing(self) -> Hearing:
        return Hearing.objects.filter(petition=self.pk).latest("id")

    def apply_review(self, **changes: Any) -> ReviewCase:
        """By the petitioner himself, with his act secret, the day after he had the opinion."""
        facts = {
            "level": ReviewLevel.REVIEW,
            "organ": "临潼区人民政府",
            "request": "没有查清漏水的原因，请求复查。",
            "act_secret": self.registered.act_secret,
            "by": PETITIONER,
            "at": self.later(days=1),
        }
        return actions.apply_review(self.petition, **(facts | changes))

    def ask_review_supplement(self) -> None:
        until = self.day() + timedelta(days=5)
        actions.ask_review_supplement(
            self.review, missing="授权委托书。", until=until, by=self.cast.review_office, at=self.now
        )

    def ask_review_withdrawal(self, **changes: Any) -> None:
        facts = {"statement": "想等新的材料再说。", "act_secret": self.registered.act_secret, "by": PETITIONER}
        actions.ask_review_withdrawal(self.review, **(facts | {"at": self.later()} | changes))

    def admit_review(self, **changes: Any) -> None:
        actions.admit_review(self.review, **({"by": self.cast.review_office, "at": self.later()} | changes))

    def examine_review(self) -> None:
        actions.examine_review(self.review, by=self.cast.review_office, at=self.later())

    def decide_review(self, decision: ReviewDecision = ReviewDecision.UPHELD, **changes: Any) -> None:
        facts = {
            "examined": "调取街道办理卷宗，听取双方意见，到现场查看。",
            "findings": "屋顶防水层老化，已由物业修补。",
            "basis": "《物业管理条例》第三十五条",
            "outcome": "原处理意见事实清楚，依据正确。",
            "redo_days": 30 if decision == ReviewDecision.REVOKED else None,
            "by": self.cast.review_office,
            "at": self.later(days=1),
        }
        actions.decide_review(self.review, decision=decision, **(facts | changes))

    def deliver_review(self) -> None:
        actions.deliver_review(
            self.review,
            mode=DeliveryMode.IN_PERSON,
            delivered_on=self.day(days=1),
            proof="本人签收",
            by=self.cast.review_office,
            at=self.now,
        )

    def order_redo(self, **changes: Any) -> None:
        facts = {"unit": self.cast.street, "requirement": "查清渗漏原因。", "by": self.cast.review_office}
        actions.order_redo(self.review, **(facts | {"at": self.later()} | changes))

    def reviewed(self, decision: ReviewDecision = ReviewDecision.UPHELD) -> None:
        """The review that was applied for, to its delivery."""
        self.admit_review()
        self.examine_review()
        self.decide_review(decision)
        self.deliver_review()

    def propose_hearing(self) -> None:
        actions.propose_hearing(self.assignment, reason="双方争议大。", by=self.handler, at=self.later())

    def propose_review_hearing(self) -> None:
        by = self.cast.review_office
        actions.propose_hearing(self.review, reason="事实争议大，需要当面质证。", by=by, at=self.later())

    def approve_hearing(self) -> None:
        by = self.cast.bureau_head if self.hearing.review_id else self.head
        actions.approve_hearing(self.hearing, by=by, at=self.later())

    @property
    def holder(self) -> Officer:
        return self.cast.review_office if self.hearing.review_id else self.handler

    def notice_hearing(self, **changes: Any) -> None:
        at = self.later()
        facts = {
            "starts_at": at + timedelta(days=8),
            "place": "信访局二楼听证室",
            "host": "周明",
            "members": "郑律师 某律师事务所\n吴代表 区人大代表\n冯某 社区居民",
            "by": self.holder,
            "at": at,
        }
        actions.notice_hearing(self.hearing, **(facts | changes))

    def hold_hearing(self) -> None:
        at = self.later(days=8)
        actions.hold_hearing(self.hearing, record="双方陈述、质证。", signed="均已签字。", by=self.holder, at=at)

    def conclude_hearing(self) -> None:
        at = self.later(days=1)
        actions.conclude_hearing(self.hearing, conclusion="三票一致：应予维修。", by=self.holder, at=at)

    def until(self, last: str) -> "Life":
        if last in BRANCHES:
            before, step = BRANCHES[last]
            step(self.until(before))
            return self
        for step in STEPS:
            getattr(self, step)()
            if step == last:
                return self
        raise ValueError(last)


def none(_row: object) -> None:
    """For a step whose row nobody asks for."""


# Where the road branches: the step before, and what is done there.
BRANCHES: dict[str, tuple[str, Callable[[Life], None]]] = {
    "propose_reply": ("check_duplicate", lambda life: life.propose_end(Way.REPLY_DIRECT)),
    "propose_decline": ("check_duplicate", lambda life: life.propose_end(Way.DECLINE, "judicial_matter")),
    "propose_final": ("check_duplicate", lambda life: life.propose_end(Way.DECLINE_FINAL, "final_reviewed_same_facts")),
    "propose_out": ("check_duplicate", lambda life: life.propose_end(Way.ROUTE_OUT, "judicial")),
    "propose_file": ("check_duplicate", lambda life: life.propose_end(Way.FILE_AWAY, "no_demand")),
    "route_out": ("propose_out", Life.route_out),
    "repeat": ("check_duplicate", Life.repeat),
    "object": ("sign_for", Life.object),
    "return_assignment": ("object", Life.return_assignment),
    "return_twice": ("object", Life.return_twice),
    "accept_simple": ("sign_for", Life.accept_simple),
    "ask_supplement": ("accept", Life.ask_supplement),
    "ask_extension": ("handle", Life.ask_extension),
    "route_to_procedure": ("handle", Life.route_to_procedure),
    "return_result": ("report", Life.return_result),
    "ask_withdrawal": ("sign_for", Life.ask_withdrawal),
    "co": ("check_duplicate", Life.give_to_the_department),
    "co_work": ("co", Life.co_work),
    "sponsor": ("dispatch", Life.sponsor),
    "recuse_unit": ("dispatch", Life.recuse_unit),
    "apply_review": ("deliver", lambda life: none(life.apply_review())),
    "ask_review_supplement": ("apply_review", Life.ask_review_supplement),
    "ask_review_withdrawal": ("apply_review", Life.ask_review_withdrawal),
    "admit_review": ("apply_review", Life.admit_review),
    "examine_review": ("admit_review", Life.examine_review),
    "decide_review": ("examine_review", Life.decide_review),
    "revoke_review": ("examine_review", lambda life: life.decide_review(ReviewDecision.REVOKED)),
    "deliver_review": ("decide_review", Life.deliver_review),
    "deliver_revoked": ("revoke_review", Life.deliver_review),
    "propose_review_hearing": ("examine_review", Life.propose_review_hearing),
    "propose_hearing": ("handle", Life.propose_hearing),
    "approve_hearing": ("propose_hearing", Life.approve_hearing),
    "notice_hearing": ("approve_hearing", Life.notice_hearing),
    "hold_hearing": ("notice_hearing", Life.hold_hearing),
}
STEPS = (
    *("check_duplicate", "propose", "approve", "dispatch", "sign_for", "accept", "handle", "draft_opinion"),
    *("issue_opinion", "deliver", "report", "check_result", "close", "evaluate", "archive"),
)
