"""The same road in bare Django: each act's statements on the same tables, and nothing else.

No rule is asked, nothing is sealed, no digest is made, no day is worked out: what is left is what any Django program
would pay to read and write these rows. `tests/bench` holds it to that: for every act the same rows in the same tables,
and never more statements than the verb.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from bench.county import County
from bench.lives import Life, Script
from xinfang.deadlines.models import Promise
from xinfang.documents import numbers
from xinfang.documents.models import Paper
from xinfang.legislation.models import Citation, Law
from xinfang.organizations.models import Duty, Unit
from xinfang.petitions.codes import OpinionResult
from xinfang.petitions.lifecycle import AssignmentStatus, PetitionStatus
from xinfang.petitions.models import (
    Answer,
    Approval,
    Assignment,
    CheckResult,
    Commitment,
    Delivery,
    Demand,
    DuplicateCheck,
    Evaluation,
    Matter,
    Opinion,
    Petition,
    Petitioner,
    Proposal,
    Report,
    WorkNote,
)
from xinfang.trace.models import Entry, Waiting

SEALED, HASH, WRAPPED, PAPER = bytes(170), bytes(32), bytes(60), bytes(600)
DIGEST = "0" * 64
FACTS = {
    **dict.fromkeys(("petition", "organ", "unit"), 7_527_000_667_940_263_617),
    **dict.fromkeys(
        ("division", "channel", "source", "purpose", "kind", "procedure", "category"), "petition_procedure"
    ),
    **dict.fromkeys(("initial", "joint", "group", "anonymous", "judicial", "counted"), False),
    **dict.fromkeys(("petition_date", "received_on", "registered_on", "handling_due", "from", "to"), "2026-11-22"),
    "rows": [["petitions.petition", 7_527_000_667_940_263_617], ["documents.paper", 7_527_000_667_940_263_617]],
}
FAR = date(2030, 1, 1)


class Skeleton(Life):
    """The steps of a `Life`, in the same order at the same times."""

    def __init__(self, county: County, script: Script) -> None:
        super().__init__(county, script)
        self.handler = county.officer(script.unit, Duty.CASE_HANDLER)
        self.law = Law.objects.order_by("pk").first()

    def take(self, step: str) -> Any:
        if not self.has(step):
            return None
        with transaction.atomic():
            return getattr(self, f"_{step}")(self.at(step))

    def _entry(self, act: str, kind: str, subject: int, at: datetime) -> None:
        entry = Entry.objects.create(
            act=act,
            subject_kind=kind,
            subject_id=subject,
            hand="officer",
            officer_id=self.handler.pk,
            post="case_handler",
            unit=self.script.unit.code,
            at=at,
            recorded_at=at,
            facts=FACTS,
            digest=DIGEST,
        )
        Waiting.objects.create(entry=entry)

    def _of_petition(self, act: str, at: datetime) -> None:
        self._entry(f"petition.{act}", "petition", self.petition.pk, at)

    def _of_assignment(self, act: str, at: datetime) -> None:
        self._entry(f"assignment.{act}", "assignment", self.assignment.pk, at)

    def _papers(self, at: datetime, *papers: tuple[str, Unit, str]) -> None:
        """Kind, unit and the word of its number, if it has one."""
        series = {kind: f"paper:{unit.code}:{at.year}:{word}" for kind, unit, word in papers if word}
        taken = numbers.take_of(list(series.values())) if series else {}
        Paper.objects.bulk_create(
            Paper(
                kind=kind,
                template_version=1,
                number=f"{unit.paper_code}字〔{at.year}〕{word} {taken[series[kind]]} 号" if word else None,
                unit_code=unit.code,
                subject_kind="petition",
                subject_id=self.petition.pk,
                data=PAPER,
                issued_at=at,
            )
            for kind, unit, word in papers
        )

    def _promise(self, at: datetime, subject: tuple[str, int], *clocks: str) -> None:
        day = at.date()
        Promise.objects.bulk_create(
            Promise(
                clock=clock,
                subject=subject[0],
                subject_id=subject[1],
                unit_code=self.script.unit.code,
                started_on=day,
                started_at=at,
                due_strict=day + timedelta(days=15),
                due_legal=day + timedelta(days=15),
                due_on=day + timedelta(days=15),
                provisional=False,
                warn_on=FAR,
            )
            for clock in clocks
        )

    def _stop(self, at: datetime, subject: tuple[str, int], *clocks: str) -> None:
        running = Promise.objects.filter(subject=subject[0], subject_id=subject[1], stopped_at__isnull=True)
        running.filter(clock__in=clocks).update(stopped_at=at)

    def _hold_petition(self) -> Petition:
        self.petition = (
            Petition.objects.select_for_update(of=("self",)).select_related("organ").get(pk=self.petition.pk)
        )
        return self.petition

    def _hold_assignment(self) -> Assignment:
        held = Assignment.objects.select_for_update(of=("self", "petition")).select_related("petition__organ", "unit")
        self.assignment = held.get(pk=self.assignment.pk)
        return self.assignment

    def _people(self) -> None:
        list(Petitioner.objects.filter(petition=self.petition))

    def _proposal(self) -> Proposal:
        rows = self.petition.proposals.select_related("approval", "lead_unit").order_by("-id")
        proposal = rows.first()
        assert proposal is not None
        return proposal

    def _opinion(self) -> Opinion:
        opinion = self.assignment.opinions.order_by("-id").first()
        assert opinion is not None
        return opinion

    def _register(self, at: datetime) -> None:
        intake = self.script.intake
        petition = Petition(
            organ=self.script.organ,
            key_wrapped=WRAPPED,
            query_code_sealed=WRAPPED,
            query_code_hash=HASH,
            act_secret_hash=HASH,
            matter=Matter.objects.create(opened_at=at),
            registered_at=at,
            status=PetitionStatus.REGISTERED,
            due_on=FAR,
            registered_by=self.handler,
            division_id=intake.division,
            category_id=intake.category,
        )
        for field in ("channel", "source", "purpose", "title", "text", "place", "petition_date", "received_at"):
            setattr(petition, field, getattr(intake, field))
        people = [Petitioner(petition=petition, role=person.role, sealed=SEALED) for person in intake.people]
        for n, person in enumerate(people):
            person.name_index = person.id_no_index = person.phone_index = petition.pk.to_bytes(32) + bytes([n])
        Petitioner.objects.bulk_create(people)
        Demand.objects.bulk_create(
            Demand(petition=petition, n=n, text=text) for n, text in enumerate(intake.demands, 1)
        )
        self._promise(at, ("petition", petition.pk), "D2")
        petition.number = f"{petition.organ.code[:6]}{at.year}SK{numbers.take(f'petition:{at.year}SK'):06d}"
        self.petition = petition
        self._papers(at, ("registration_form", petition.organ, ""))
        petition.save(force_insert=True)
        self._of_petition("register", at)

    def _check_duplicate(self, at: datetime) -> None:
        petition = self._hold_petition()
        people, same = list(petition.petitioners.all()), Q(pk__in=[])
        for field in ("id_no_index", "phone_index", "name_index"):
            same |= Q(**{f"{field}__in": [bytes(getattr(person, field)) for person in people]})
        rows = Petitioner.objects.filter(same, petition__confidentiality="normal").exclude(petition=petition)
        list(rows.select_related("petition").order_by("-petition_id")[:10])
        DuplicateCheck.objects.create(petition=petition, outcome="initial", reason="无同人同事。", checked_at=at)
        petition.duplicate_checked_at, petition.is_initial = at, True
        petition.save(update_fields=["status", "duplicate_checked_at", "is_initial", "repeat_of", "related_to"])
        self._of_petition("check_duplicate", at)

    def _propose(self, at: datetime) -> None:
        petition, script = self._hold_petition(), self.script
        Proposal.objects.create(
            petition=petition,
            kind="appeal_claim",
            procedure="petition_procedure",
            category_id=script.intake.category,
            disposition=script.way,
            lead_unit=script.unit,
            opinion="属其职责，建议由其办理并答复信访人。",
            needs_approval=True,
            proposed_at=at,
        )
        petition.status, petition.triaged_at, petition.kind = PetitionStatus.TRIAGED, at, "appeal_claim"
        petition.procedure, petition.category_id = "petition_procedure", script.intake.category
        petition.save(update_fields=["status", "triaged_at", "kind", "procedure", "category_id"])
        self._papers(at, ("proposal_form", petition.organ, ""))
        self._of_petition("propose", at)

    def _approve(self, at: datetime) -> None:
        petition = self._hold_petition()
        Approval.objects.create(petition=petition, proposal=self._proposal(), note="同意。", approved_at=at)
        self._of_petition("approve", at)

    def _dispatch(self, at: datetime) -> None:
        petition = self._hold_petition()
        proposal = self._proposal()
        Assignment.objects.filter(matter_id=petition.matter_id, role="lead", done_at__isnull=True).exists()
        assignment = Assignment(
            petition=petition,
            matter_id=petition.matter_id,
            kind=self.script.way,
            unit=proposal.lead_unit,
            status=AssignmentStatus.AWAITING_SIGN,
            procedure="petition_procedure",
            requirement="请按期报送办结报告。",
            received_at=at,
            notice_due=FAR,
            handling_due=FAR,
            feedback_due=FAR,
            due_on=FAR,
        )
        clocks = ("D3", "D4", "D7") if self.script.way == "assign" else ("D3", "D4")
        self._promise(at, ("assignment", assignment.pk), *clocks)
        assignment.save(force_insert=True)
        self._stop(at, ("petition", petition.pk), "D2")
        petition.status, petition.dispatched_at, petition.due_on = PetitionStatus.DISPATCHED, at, None
        petition.save(update_fields=["status", "dispatched_at", "due_on"])
        self._people()
        organ = petition.organ
        self._papers(at, ("assignment_letter", organ, "骨交"), ("routing_notice", organ, "骨告"))
        self.assignment = assignment
        self._of_petition("assign", at)

    def _sign_for(self, at: datetime) -> None:
        self._moved(AssignmentStatus.SIGNED, signed_at=at)
        self._of_assignment("sign_for", at)

    def _moved(self, status: str, **fields: Any) -> Assignment:
        """Held, and the columns set."""
        assignment = self._hold_assignment()
        return self._set(assignment, status=status, **fields)

    def _set(self, assignment: Assignment, **fields: Any) -> Assignment:
        for name, value in fields.items():
            setattr(assignment, name, value)
        assignment.save(update_fields=list(fields))
        return assignment

    def _accept(self, at: datetime) -> None:
        assignment = self._hold_assignment()
        mine = ("assignment", assignment.pk)
        self._stop(at, mine, "D3", "D4")
        self._promise(at, mine, "D5")
        self._set(
            assignment,
            status=AssignmentStatus.ACCEPTED,
            accepted_at=at,
            handling_due=FAR,
            due_on=FAR,
            handler=self.handler,
        )
        self._people()
        list(Demand.objects.filter(petition=assignment.petition_id).order_by("n"))
        self._papers(at, ("receipt_notice", assignment.unit, "骨受"))
        self._of_assignment("accept", at)

    def _note(self, kind: str, at: datetime) -> None:
        WorkNote.objects.create(
            assignment=self.assignment, kind=kind, text="电话联系信访人。", happened_at=at, written_by=self.handler
        )

    def _handle(self, at: datetime) -> None:
        assignment = self._hold_assignment()
        self._note("contact", at)
        self._set(assignment, status=AssignmentStatus.HANDLING, contacted_at=at)
        self._of_assignment("handle", at)

    def _log_work(self, at: datetime) -> None:
        self._hold_assignment()
        self._note("site_visit", at)
        self._of_assignment("log_work", at)

    def _draft_opinion(self, at: datetime) -> None:
        assignment = self._hold_assignment()
        opinion = Opinion.objects.create(assignment=assignment, remedy_organ="临潼区人民政府", drafted_at=at)
        Answer.objects.bulk_create(
            Answer(opinion=opinion, demand=demand, finding="属实。", basis="第五十二条", result="supported")
            for demand in assignment.petition.demands.all()
        )
        cited = Citation(law=self.law, subject_kind="assignment", subject_id=assignment.pk, on=at.date())
        Citation.objects.bulk_create([cited], ignore_conflicts=True)
        self._of_assignment("draft_opinion", at)

    def _issue_opinion(self, at: datetime) -> None:
        assignment = self._hold_assignment()
        opinion = self._opinion()
        assignment.petition.demands.exclude(pk__in=opinion.answers.values("demand")).count()
        opinion.issued_at = at
        opinion.save(update_fields=["issued_at"])
        mine = ("assignment", assignment.pk)
        self._stop(at, mine, "D5")
        self._promise(at, mine, "D19")
        self._set(assignment, status=AssignmentStatus.OPINION_ISSUED, opinion_at=at)
        answers = list(opinion.answers.select_related("demand").order_by("demand__n"))
        self._commit(at, assignment, answers)
        self._people()
        unit = assignment.unit
        self._papers(at, ("handling_opinion", unit, "骨意"), ("delivery_receipt", unit, ""))
        self._of_assignment("issue_opinion", at)

    def _commit(self, at: datetime, assignment: Assignment, answers: list[Answer]) -> None:
        """What was supported is promised; what an earlier opinion promised on the same demands is dropped."""
        if self.script.result != OpinionResult.SUPPORTED:
            return
        Commitment.objects.filter(assignment=assignment, status="open").update(status="dropped")
        Commitment.objects.bulk_create(
            Commitment(
                petition=assignment.petition,
                assignment=assignment,
                answer=answer,
                unit=assignment.unit,
                what="修好屋顶。",
                due_on=FAR,
                made_at=at,
            )
            for answer in answers
        )

    def _deliver(self, at: datetime) -> None:
        assignment = self._hold_assignment()
        opinion = self._opinion()
        self._stop(at, ("assignment", assignment.pk), "D19")
        Delivery.objects.create(
            assignment=assignment, opinion=opinion, mode="in_person", delivered_on=at.date(), proof="本人签收"
        )
        self._promise(at, ("petition", assignment.petition_id), "D9")
        self._set(assignment, status=AssignmentStatus.DELIVERED, delivered_at=at, due_on=FAR)
        self._of_assignment("deliver", at)
        if self.script.way != "assign":
            self._set(assignment, status=AssignmentStatus.DONE, done_at=at, due_on=None)
            self._of_assignment("finish", at)
            self._close(at)

    def _report(self, at: datetime) -> None:
        assignment = self._hold_assignment()
        Report.objects.create(assignment=assignment, process="已核实并整改。", view="agree", reported_at=at)
        self._stop(at, ("assignment", assignment.pk), "D7")
        self._set(assignment, status=AssignmentStatus.REPORTED, reported_at=at)
        Petition.objects.filter(pk=assignment.petition_id).update(due_on=FAR)
        self._papers(at, ("completion_report", assignment.unit, "骨报"))
        self._of_assignment("report", at)

    def _check_result(self, at: datetime) -> None:
        assignment = self._hold_assignment()
        CheckResult.objects.create(assignment=assignment, note="同意办结。", checked_at=at)
        self._set(assignment, status=AssignmentStatus.DONE, done_at=at, due_on=None)
        self._of_assignment("check_result", at)

    def _close(self, at: datetime) -> None:
        petition = self._hold_petition()
        Assignment.objects.filter(petition=petition, role="lead").order_by("-id").first()
        self._promise(at, ("petition", petition.pk), "D14")
        list(Promise.objects.filter(subject="petition", subject_id=petition.pk, stopped_at__isnull=True))
        petition.status, petition.closed_at, petition.due_on = PetitionStatus.CLOSED, at, FAR
        petition.evaluation_status = "pending"
        petition.save(update_fields=["status", "closed_at", "due_on", "evaluation_status"])
        self._papers(at, ("evaluation_form", petition.organ, ""))
        self._of_petition("close", at)

    def _evaluate(self, at: datetime) -> None:
        petition = self._hold_petition()
        Evaluation.objects.create(
            petition=petition, nth=1, bureau="satisfied", unit="satisfied", is_on_paper=False, evaluated_at=at
        )
        self._stop(at, ("petition", petition.pk), "D14")
        petition.evaluation_status = "rated"
        petition.save(update_fields=["status", "evaluation_status"])
        self._of_petition("evaluate", at)

    def _archive(self, at: datetime) -> None:
        petition = self._hold_petition()
        self._stop(at, ("petition", petition.pk), "D9", "D14")
        petition.status, petition.archived_at, petition.due_on = PetitionStatus.ARCHIVED, at, None
        petition.save(update_fields=["status", "archived_at", "due_on"])
        self._of_petition("archive", at)
