"""The pages under the names of the verbs: `xinfang play` decides what is done, when and by whom; here it is done at a desk."""

from datetime import date, datetime

from django.utils import timezone

from tests.journeys.callers import Slip
from tests.journeys.desks import Desks
from tests.journeys.visitor import Upload, Visitor
from xinfang.organizations.models import Officer
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    CallAbout,
    DeliveryMode,
    DuplicateOutcome,
    EvaluationStatus,
    EvaluationValue,
    FollowUpOutcome,
    NoteKind,
    PetitionerView,
)
from xinfang.petitions.models import Assignment, Petition
from xinfang.trace.acts import Hand


class Pages:
    """Takes the place of `xinfang.petitions.actions` in a play. `slips` are those that petitioners took home, by number."""

    def __init__(self, desks: Desks) -> None:
        self.desks = desks
        self.slips: dict[str, Slip] = {}

    def _take(self, move: str, subject: Petition | Assignment, by: Officer, at: datetime, **entries: object) -> None:
        petition = subject.petition if isinstance(subject, Assignment) else subject
        said = {name: _said(entry) for name, entry in entries.items()}
        self.desks.take(move, by, petition, at, said)

    def check_duplicate(
        self,
        petition: Petition,
        *,
        outcome: DuplicateOutcome,
        other: Petition | None,
        reason: str,
        by: Officer,
        at: datetime,
    ) -> None:
        number = other.number if other else ""
        self._take("判重", petition, by, at, outcome=outcome, other=number, reason=reason)

    def propose(self, petition: Petition, disposition: Disposition, *, by: Officer, at: datetime) -> None:
        self._take(
            "拟办",
            petition,
            by,
            at,
            kind=disposition.kind,
            category=disposition.category,
            way=disposition.way,
            lead_unit=disposition.lead_unit.name,
            opinion=disposition.opinion,
        )

    def approve(self, petition: Petition, *, note: str, by: Officer, at: datetime) -> None:
        self._take("批办", petition, by, at, note=note)

    def transfer(self, petition: Petition, *, by: Officer, at: datetime) -> None:
        self._take("转送", petition, by, at)

    def assign(
        self, petition: Petition, *, requirement: str, feedback_due: date | None, by: Officer, at: datetime
    ) -> None:
        self._take("交办", petition, by, at, requirement=requirement, feedback_due=feedback_due or "")

    def self_handle(self, petition: Petition, *, by: Officer, at: datetime) -> None:
        self._take("自办", petition, by, at)

    def sign_for(self, assignment: Assignment, *, by: Officer, at: datetime) -> None:
        self._take("签收", assignment, by, at)

    def accept(self, assignment: Assignment, *, by: Officer, at: datetime) -> None:
        self._take("受理告知", assignment, by, at)

    def handle(self, assignment: Assignment, *, text: str, by: Officer, at: datetime) -> None:
        self._take("承办", assignment, by, at, text=text)

    def log_work(
        self, assignment: Assignment, *, kind: NoteKind, text: str, happened_at: datetime, by: Officer, at: datetime
    ) -> None:
        moment = f"{timezone.localtime(happened_at):%Y-%m-%dT%H:%M}"
        self._take("办理记录", assignment, by, at, kind=kind, happened_at=moment, text=text)

    def draft_opinion(
        self, assignment: Assignment, *, answers: dict[int, AnswerText], remedy_organ: str, by: Officer, at: datetime
    ) -> None:
        parts = ("finding", "basis", "result")
        said = {f"{part}_{n}": getattr(answer, part) for n, answer in answers.items() for part in parts}
        self._take("拟写处理意见", assignment, by, at, remedy_organ=remedy_organ, **said)

    def issue_opinion(
        self, assignment: Assignment, *, draft: int, by: Officer, at: datetime, looked_up: range = range(0)
    ) -> None:
        """Which draft the head has read the page itself sends along; without a library it asks him to look nothing up."""
        self._take("出具处理意见", assignment, by, at)

    def deliver(
        self,
        assignment: Assignment,
        *,
        mode: DeliveryMode,
        delivered_on: date,
        proof: str,
        by: Officer,
        at: datetime,
        consented_on: date | None = None,
    ) -> None:
        consented = {"consented_on": consented_on} if mode == DeliveryMode.ELECTRONIC and consented_on else {}
        self._take("送达", assignment, by, at, mode=mode, delivered_on=delivered_on, proof=proof, **consented)

    def report(self, assignment: Assignment, *, process: str, view: PetitionerView, by: Officer, at: datetime) -> None:
        self._take("办结报告", assignment, by, at, process=process, view=view)

    def check_result(self, assignment: Assignment, *, note: str, by: Officer, at: datetime) -> None:
        self._take("审核", assignment, by, at, note=note)

    def close(self, petition: Petition, *, by: Officer, at: datetime) -> None:
        self._take("办结", petition, by, at)

    def evaluate(
        self,
        petition: Petition,
        *,
        bureau: EvaluationValue,
        unit: EvaluationValue,
        reason: str,
        scan: Upload,
        by: Officer,
        at: datetime,
    ) -> None:
        """Every other petitioner brings the paper form, the rest rate at home."""
        if int(str(petition.number)[-1]) % 2:
            self._take("评价", petition, by, at, bureau=bureau, unit=unit, reason=reason, scan=scan)
        else:
            self._rated_at_home(self.slips[str(petition.number)], at, bureau, unit, reason)

    def call_back(
        self, petition: Petition, *, about: CallAbout, is_reached: bool, said: str, by: Officer, at: datetime
    ) -> None:
        reached = "yes" if is_reached else "no"
        self._take("回访", petition, by, at, about=about, is_reached=reached, said=said)

    def conclude_follow_up(
        self, petition: Petition, *, outcome: FollowUpOutcome, text: str, by: Officer, at: datetime
    ) -> None:
        self._take("不满意核查", petition, by, at, outcome=outcome, text=text)

    def _rated_at_home(
        self, slip: Slip, at: datetime, bureau: EvaluationValue, unit: EvaluationValue, reason: str
    ) -> None:
        self.desks.time_passes(at)
        screen = Visitor()
        screen.open("/")
        screen.follow("我要查询")
        screen.fill(number=slip.number, query_code=slip.query_code)
        screen.press("查询")
        screen.fill(bureau=str(bureau.label), unit=str(unit.label), reason=reason, act_secret=slip.act_secret)
        self.desks.press(screen, "提交评价")
        assert screen.sees("您的评价已经记下，谢谢。")

    def expire_evaluation(self, petition: Petition, *, by: Hand, at: datetime) -> None:
        """Nobody's page: the worker finds it by night."""
        self.desks.time_passes(at)
        self.desks.night()
        petition.refresh_from_db(fields=["evaluation_status"])
        assert petition.evaluation_status == EvaluationStatus.EXPIRED_UNRATED

    def archive(self, petition: Petition, *, by: Officer, at: datetime) -> None:
        self._take("归档", petition, by, at)


def rating_form(petition: Petition, *, by: Officer, at: datetime) -> Upload:
    """The paper in the registrar's hand; only the page keeps it, together with the rating."""
    return Upload("评价表.txt", "text/plain", f"信访事项评价表\n{petition.number}\n".encode())


def _said(entry: object) -> str | Upload:
    return entry if isinstance(entry, Upload) else str(getattr(entry, "label", entry))
