"""Whatever people do, in whatever order, what must hold holds (domain appendix C), and the trace verifies.

5,000 acts here, refused ones included; XINFANG_ACTS=200000 does as many and, with -s, prints what came of them. Each
county starts from its number alone: XINFANG_FIRST=17 begins with the one that failed.
"""

import logging
import os
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from pytest_django import Settings

from tests.cast import assemble
from tests.petitions.facts import a_city_above, moment
from tests.petitions.pasts import PASTS
from tests.petitions.wanderer import Wanderer
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.queries import running_of
from xinfang.deadlines.terms import Clock
from xinfang.deadlines.words import Kind
from xinfang.foundation.prepared import Prepared
from xinfang.petitions import sweeps
from xinfang.petitions.codes import AssignmentKind, Confidentiality, DeliveryMode, EvaluationStatus, RevealGround
from xinfang.petitions.dates import COPIES
from xinfang.petitions.letters import BY_ITS_ASSIGNER
from xinfang.petitions.lifecycle import (
    ENDED_ASSIGNMENT,
    MOVES,
    AssignmentStatus,
    HearingStatus,
    PetitionStatus,
    ReviewStatus,
)
from xinfang.petitions.models import (
    Assignment,
    Delivery,
    Evaluation,
    Extension,
    Hearing,
    Named,
    Opinion,
    Petition,
    Recusal,
    ReviewCase,
)
from xinfang.petitions.queries import Seated, visible_to
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


def _after(start: date, days: int) -> date:
    return start + timedelta(days=days)


def _unshifted(promise: Promise) -> tuple[date, date, date]:
    """Its dates without the days that rows account for; the start that it had at first."""
    shifted, corrected = sum(shift.days or 0 for shift in promise.shifts.all()), _corrections(promise)
    started_on = corrected[0].first if corrected else promise.started_on
    assert started_on is not None
    return started_on, _after(promise.due_strict, -shifted), _after(promise.due_on, -shifted)


def _corrections(promise: Promise) -> list[Shift]:
    found = [shift for shift in promise.shifts.all() if shift.kind == Kind.START_CORRECTED]
    return sorted(found, key=lambda shift: shift.pk)


@cache
def _over_the_wall(seated: Seated) -> Prepared[Petition]:
    """The accusations that he may know of, though he did not enter them or they are routed out. It follows from his seats."""
    named = Named.objects.filter(officer=seated[0]).values("petition")
    seen = visible_to(seated[0]).filter(confidentiality=Confidentiality.ACCUSATION_COMPARTMENT)
    return Prepared(lambda: seen.exclude(status__in=["draft", "registered", "triaged"], pk__in=named))


START = moment(date(2025, 3, 3))  # a Monday, with years to go
ACTS_IN_CI = 5000
ACTS = int(os.environ.get("XINFANG_ACTS", ACTS_IN_CI))
FIRST = int(os.environ.get("XINFANG_FIRST", "1"))
A_COUNTY, BETWEEN_LOOKS = 250, 40
PASTS_EACH = 3
A, P = AssignmentStatus, PetitionStatus


def _began_earlier(row: Assignment) -> bool:
    """The unit had it in hand before, as was proven."""
    of_the_notice = Shift.objects.filter(
        promise__subject="assignment", promise__subject_id=row.pk, promise__clock=Clock.D4
    )
    return of_the_notice.filter(kind=Kind.START_CORRECTED).exists()


Keeps = Callable[["County"], None]
INVARIANTS: list[Keeps] = []


def invariant() -> Callable[[Keeps], Keeps]:
    """What must hold of a county after everything that people do in it."""

    def keep(keeps: Keeps) -> Keeps:
        INVARIANTS.append(keeps)
        return keeps

    return keep


class County:
    """Many hands, some petitions, and a year or two. All that happens follows from the number."""

    def __init__(self, n: int) -> None:
        self.pasts = [PASTS[at % len(PASTS)] for at in range(PASTS_EACH * n, PASTS_EACH * (n + 1))]
        self.people = Wanderer(assemble(), START)
        a_city_above(self.people.cast)
        self.people.chance.seed(n)
        self.first_dates: dict[int, tuple[date, date, date]] = {}
        self.made: set[str] = set()

    def live(self, acts: int) -> None:
        """Until so many acts were tried, the refused ones too; then its trace is checked."""
        ways = [self.people_go_on] * 6 + [self.people_tend] * 2 + [self.somebody_meddles, self.time_passes]
        looked = 0
        for last in self.pasts:
            self.people.come_with_a_past(last)
        for _ in range(3):
            self.people.arrive()
        while self.people.tried.total() < acts:
            if self.people.pick(*[False] * 9, True):
                self.people.arrive()
            self.people.pick(*ways)()
            if self.people.tried.total() >= looked + BETWEEN_LOOKS:
                self.holds()
                looked = self.people.tried.total()
        self.holds()
        sequencer.place_all()
        assert verify() is None
        self.made = set(Entry.objects.values_list("act", flat=True).distinct())
        assert all(sentence.endswith("。") for sentence in self.people.sentences)

    def holds(self) -> None:
        for keeps in INVARIANTS:
            keeps(self)

    def people_go_on(self) -> None:
        self.people.walk(self.people.pick(3, 12, 24))

    def people_tend(self) -> None:
        for _ in range(self.people.pick(2, 6)):
            self.people.tend()
        if self.people.pick(True, *[False] * 5):
            self.people.look()

    def somebody_meddles(self) -> None:
        for _ in range(4):
            self.people.meddle()

    def time_passes(self) -> None:
        self.people.pass_time(days=self.people.chance.randint(5, 40))
        sweeps.expire_evaluations(self.people.now)
        sweeps.presume_accepted(self.people.now)
        sweeps.end_supplements(self.people.now)
        sweeps.end_review_supplements(self.people.now)

    @invariant()
    def c1_a_matter_has_one_open_lead(self) -> None:
        leads = Assignment.objects.filter(role="lead").exclude(status__in=ENDED_ASSIGNMENT)
        assert not leads.values("matter").annotate(n=Count("id")).filter(n__gt=1).exists()

    @invariant()
    def c1_nobody_helps_where_nobody_leads(self) -> None:
        helping = Assignment.objects.filter(role="co").exclude(status__in=ENDED_ASSIGNMENT)
        for row in helping:
            assert row.petition.assignments.filter(role="lead").exclude(status__in=ENDED_ASSIGNMENT).exists()

    @invariant()
    def c4_a_leaders_day_is_never_later_than_the_laws(self) -> None:
        for row in Assignment.objects.filter(role="lead", feedback_due__isnull=False):
            more = sum(row.extensions.filter(is_granted=True).values_list("days", flat=True))
            put_off = Shift.objects.filter(promise__subject_id=row.pk, promise__clock="D7", ground=BY_ITS_ASSIGNER)
            if put_off.exists():  # by the assigner, up to the law's own day
                assert row.feedback_due <= (row.handling_due or row.feedback_due)
                continue
            assert row.feedback_due <= row.received_at.date() + timedelta(days=76 + more)
            days = row.petition.instructions.filter(due_on__isnull=False, given_at__lte=row.received_at)
            due = [one.due_on for one in days if one.due_on > timezone.localdate(row.received_at)]
            assert row.feedback_due <= min(due, default=row.feedback_due)
        for row in Assignment.objects.filter(role="co"):
            lead = row.petition.assignments.filter(role="lead", received_at__lte=row.received_at).latest("id")
            more = sum(lead.extensions.filter(is_granted=True).values_list("days", flat=True))
            given, law = timezone.localdate(row.received_at), _after(timezone.localdate(lead.received_at), 75 + more)
            assert row.notice_due <= max(law, given)

    @invariant()
    def whoever_keeps_away_makes_no_move(self) -> None:
        for recusal in Recusal.objects.filter(officer__isnull=False):
            subjects = [recusal.petition_id, *recusal.petition.assignments.values_list("pk", flat=True)]
            after = Entry.objects.filter(
                subject_id__in=subjects, officer_id=recusal.officer_id, at__gt=recusal.recused_at
            )
            assert not after.filter(act__in=MOVES).exists()

    @invariant()
    def c2_every_state_is_the_last_that_was_recorded(self) -> None:
        last: dict[tuple[str, int], str] = {}
        for entry in Entry.objects.filter(facts__has_key="to").order_by("id"):
            assert entry.hand != "officer" or (entry.officer_id and entry.post and entry.unit)
            assert entry.recorded_at
            last[entry.subject_kind, entry.subject_id] = entry.facts["to"]
        rows = {("petition", row.pk): row.status for row in Petition.objects.all()}
        rows |= {("assignment", row.pk): row.status for row in Assignment.objects.all()}
        rows |= {("review", row.pk): row.status for row in ReviewCase.objects.all()}
        rows |= {("hearing", row.pk): row.status for row in Hearing.objects.all()}
        first = {"assignment": A.AWAITING_SIGN, "review": ReviewStatus.APPLIED, "hearing": HearingStatus.PROPOSED}
        born = {key: first[key[0]] for key in rows if key[0] in first}
        assert rows == born | last

    @invariant()
    def c3_times_follow_one_another_and_receipt_never_changes(self) -> None:
        for row in Petition.objects.all():
            times = [
                row.received_at,
                row.registered_at,
                row.triaged_at,
                row.dispatched_at,
                row.closed_at,
                row.archived_at,
            ]
            known = [at for at in times if at]
            assert known == sorted(known)
            assert row.received_at == self.people.received[row.pk]

    @invariant()
    def c4_no_date_is_later_than_the_law_allows(self) -> None:
        for row in Assignment.objects.filter(role="lead").select_related("petition"):
            came = row.petition.received_at if row.kind == AssignmentKind.SELF else row.received_at
            notice = _after(timezone.localdate(came), 15)
            assert row.notice_due == notice or (row.notice_due < notice and _began_earlier(row))
            assert (row.handling_due is None) == (row.procedure_due is not None)
            more = sum(row.extensions.filter(is_granted=True).values_list("days", flat=True))
            assert more <= 30
            if row.handling_due:
                assert row.handling_due <= _after(notice, 60 + more)
            if row.handling_due and row.accepted_at:
                assert row.handling_due <= _after(timezone.localdate(row.accepted_at), 60 + more)
        for promise in Promise.objects.filter(clock="D2"):
            received = timezone.localdate(self.people.received[promise.subject_id])
            assert promise.due_on == _after(received, 15)

    @invariant()
    def c4_no_date_moves_but_by_a_shift(self) -> None:
        """Whatever is edited, said, handed on, returned or looked at (issue 4)."""
        for promise in Promise.objects.prefetch_related("shifts"):
            found = _unshifted(promise)
            first = self.first_dates.setdefault(promise.pk, found)
            assert found[0] == first[0], promise
            assert found == first or _corrections(promise), promise  # what begins elsewhere ends elsewhere
        for row in Assignment.objects.all():
            kept = running_of("assignment", row.pk)
            copies = {clock: getattr(row, column) for clock, column in COPIES.items()}
            assert all(copies[Clock(one.clock)] == one.due_on for one in kept if one.clock in COPIES), row

    @invariant()
    def c5_an_issued_opinion_answers_every_demand(self) -> None:
        past = Assignment.objects.filter(role="lead", status__in=[A.OPINION_ISSUED, A.DELIVERED, A.REPORTED, A.DONE])
        for row in past.filter(procedure_due=None):
            opinion = Opinion.objects.filter(assignment=row, issued_at__isnull=False).latest("id")
            answers = list(opinion.answers.all())
            assert {answer.demand_id for answer in answers} == set(row.petition.demands.values_list("pk", flat=True))
            assert all(answer.basis and answer.finding and answer.result for answer in answers)
            assert opinion.remedy_organ
            signed = Entry.objects.filter(act="assignment.issue_opinion", subject_id=row.pk).latest("id")
            assert signed.post in ("unit_head", "bureau_head")

    @invariant()
    def c6_what_is_delivered_has_its_receipt_and_only_it_opens_a_window(self) -> None:
        past = Assignment.objects.filter(role="lead", status__in=[A.DELIVERED, A.REPORTED, A.DONE], procedure_due=None)
        assert not past.filter(Q(deliveries__isnull=True) | Q(delivered_at__isnull=True)).exists()
        windows = set(Promise.objects.filter(clock="D9").values_list("subject_id", flat=True))
        served = Delivery.objects.exclude(mode=DeliveryMode.FILED)  # nobody was there to be served
        assert windows == set(served.values_list("assignment__petition", flat=True))

    @invariant()
    def c7_closed_is_never_just_a_button(self) -> None:
        for row in Petition.objects.filter(status__in=[P.CLOSED, P.ARCHIVED], ended_at__isnull=True):
            assert row.closed_at
            is_routed = row.endings.filter(act="assignment.procedure_taken").exclude(text="").exists()
            assert is_routed or row.assignments.filter(status=A.DONE, deliveries__isnull=False).exists()

    @invariant()
    def c7_every_other_end_has_its_paper_or_its_reason(self) -> None:
        for row in Petition.objects.filter(ended_at__isnull=False):
            assert row.endings.exists() or row.withdrawals.filter(is_voluntary=True).exists()

    @invariant()
    def c8_only_the_petitioner_rates_and_silence_is_not_satisfaction(self) -> None:
        rated = Entry.objects.filter(act="petition.evaluate")
        assert rated.count() == Evaluation.objects.count()
        assert set(rated.values_list("hand", "post")) <= {("petitioner", ""), ("officer", "registrar")}
        again = Entry.objects.filter(act="petition.reopen").values("subject_id")
        unrated = Evaluation.objects.exclude(petition__evaluation_status=EvaluationStatus.RATED)
        assert not unrated.exclude(petition__in=again).exists()
        assert not Petition.objects.filter(status=P.ARCHIVED, evaluation_status=EvaluationStatus.PENDING).exists()

    @invariant()
    def c10_a_repeat_points_to_an_initial_petition_of_its_matter(self) -> None:
        repeats = Petition.objects.filter(repeat_of__isnull=False)
        assert not repeats.exclude(is_initial=False, repeat_of__is_initial=True, matter=F("repeat_of__matter")).exists()
        assert not Petition.objects.filter(is_initial=False, repeat_of__isnull=True).exists()

    @invariant()
    def c12_numbers_have_no_gap(self) -> None:
        serials = defaultdict(list)
        for number in Petition.objects.exclude(number=None).values_list("number", flat=True):
            serials[number[:-6]].append(int(number[-6:]))
        for head, found in serials.items():
            assert sorted(found) == list(range(1, len(found) + 1)), head

    @invariant()
    def c4_only_an_approved_extension_or_a_proven_start_has_moved_a_date(self) -> None:
        """No calendar is loaded here; days of a hearing count in a final review alone."""
        shifts = Shift.objects.select_related("promise")
        assert set(shifts.values_list("kind", flat=True)) <= {Kind.EXTENSION, Kind.START_CORRECTED, Kind.EXCLUDED}
        assert all(shift.promise.clock == Clock.D12 for shift in shifts if shift.kind == Kind.EXCLUDED)
        granted = Extension.objects.filter(is_granted=True).values_list("assignment_id", flat=True)
        extended = [shift for shift in shifts if shift.kind == Kind.EXTENSION]
        of_handling = [shift.promise.subject_id for shift in extended if shift.promise.clock == Clock.D5]
        assert sorted(of_handling) == sorted(granted)
        of_results = [shift for shift in extended if shift.promise.clock == Clock.D7]
        assert {one.promise.subject_id for one in of_results if one.ground != BY_ITS_ASSIGNER} <= set(granted)
        assert len(extended) == len(of_handling) + len(of_results)
        assert all(shift.approved_post for shift in shifts)
        assert all(shift.proof for shift in shifts if shift.kind == Kind.START_CORRECTED)

    @invariant()
    def c9_nobody_outside_knows_of_an_accusation(self) -> None:
        """Beside the discipline organ only whoever entered it, and he until it is routed out."""
        sealed = Petition.objects.filter(confidentiality=Confidentiality.ACCUSATION_COMPARTMENT)
        if not sealed.exists():
            return
        for name, officer in self.people.cast.officers.items():
            if name != "discipline":
                assert not _over_the_wall((officer, officer.seats, date.today())).all(), name

    @invariant()
    def c14_whoever_was_shown_a_name_gave_a_ground(self) -> None:
        shown = Entry.objects.filter(act__in=["petition.reveal", "petition.search_by_name"])
        assert all(entry.facts["ground"] in RevealGround.values and entry.officer_id for entry in shown)

    @invariant()
    def nothing_waits_without_a_clock_or_runs_after_the_end(self) -> None:
        ended = Petition.objects.filter(status__in=[P.ARCHIVED, P.VOIDED]).values("pk")
        assert not Promise.objects.filter(subject="petition", subject_id__in=ended, stopped_at__isnull=True).exists()
        over = Assignment.objects.filter(status__in=ENDED_ASSIGNMENT)
        # Who gave it back has it on his table until the petitioner is told where it went.
        asked = Q(status=A.RETURNED, petition__status__in=[P.REGISTERED, P.TRIAGED])
        runs = Promise.objects.filter(subject="assignment", stopped_at__isnull=True)
        assert not runs.filter(subject_id__in=over.exclude(asked).values("pk")).exists()
        assert not runs.filter(subject_id__in=over.filter(asked).values("pk")).exclude(clock=Clock.D4).exists()


@pytest.mark.django_db
def test_whatever_people_do_the_invariants_hold_and_the_trace_verifies(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.STORE = tmp_path / "store"
    caplog.set_level(logging.ERROR, logger="django.request")  # a page that is not his is a 404
    began, tried, done, made, n = time.process_time(), 0, 0, set[str](), FIRST
    while tried < ACTS:
        county = _lived(n, min(A_COUNTY, ACTS - tried))
        tried, done, n = tried + county.people.tried.total(), done + county.people.done.total(), n + 1
        made |= county.made
    rest = set(MOVES) - made
    print(f"\n{tried} acts in {n - FIRST} counties: {done} done, {tried - done} refused")
    print(
        f"{time.process_time() - began:.0f} s of this processor; moves never made: {', '.join(sorted(rest)) or 'none'}"
    )
    assert len(rest) <= _may_be_left(tried), rest


def _may_be_left(tried: int) -> int:
    """How many moves so few acts may miss by chance: of 5,000 three, of 20,000 none."""
    return 0 if tried >= 20_000 else 3 + max(0, ACTS_IN_CI - tried) // 60


def _lived(n: int, acts: int) -> County:
    """One county's life, taken back when it is over; a failure names the county."""
    with transaction.atomic():
        county = County(n)
        try:
            county.live(acts)
        except BaseException as error:
            error.add_note(f"Again: XINFANG_FIRST={n}")
            raise
        finally:
            transaction.set_rollback(True)
    return county
