"""No clock begins anew because somebody touched the case: edits, remarks, other hands, other units, returns, looks.

Any sequence of them leaves every last day as it was promised. An approved extension and a start corrected with proof
move one; that days of a hearing move the final review's alone, and nothing else, is tested in deadlines (`test_terms`).
"""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import Settings

from tests.cast import Cast, Life, assemble
from tests.desk.hall import signed_in
from tests.files.handed_in import sealed
from xinfang.deadlines.errors import ShiftRefused
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, NoteKind, ReopenGround, RevealGround
from xinfang.petitions.models import Assignment
from xinfang.petitions.models.correction import CorrectedField
from xinfang.trace import followers, sequencer

Dates = tuple[date, date, date, date]


def correct_title(life: Life) -> None:
    row = actions.ask_correction(
        life.petition,
        field=CorrectedField.TITLE,
        new=f"反映漏水（{life.now:%H%M%S}）",
        reason="录错。",
        by=life.cast.registrar,
        at=life.later(),
    )
    actions.confirm_correction(row, by=life.cast.bureau_head, at=life.later())


def log_work(life: Life) -> None:
    kind, at = NoteKind.SITE_VISIT, life.later()
    actions.log_work(life.assignment, kind=kind, text="走访。", happened_at=at, by=life.handler, at=at)


def pass_on(life: Life) -> None:
    to = (
        life.cast.street_head if life.assignment.handler_id == life.cast.street_handler.pk else life.cast.street_handler
    )
    actions.pass_on(life.assignment, to=to, by=life.cast.street_head, at=life.later())


def add_evidence(life: Life) -> None:
    petition = life.petition
    file = sealed("合同。".encode(), petition)
    actions.add_evidence(petition, file=file, name="合同.txt", label="合同", by=life.cast.registrar, at=life.later())


def instruct(life: Life) -> None:
    due = timezone.localdate(life.now) + timedelta(days=5)
    cast, text = life.cast, "请从速办理。"
    actions.instruct(life.petition, leader=cast.leader, text=text, due_on=due, by=cast.bureau_head, at=life.later())


def object_in_vain(life: Life) -> None:
    life.object()
    actions.refuse_objection(life.assignment, answer="属你单位职责。", by=life.cast.dispatcher, at=life.later())


def go_to_another_unit(life: Life) -> None:
    life.object()
    life.return_assignment()
    reason, unit = "住建局职责。", life.cast.dept
    actions.reassign(life.petition, unit=unit, reason=reason, by=life.cast.dispatcher, at=life.later())


def send_the_result_back(life: Life) -> None:
    life.return_result()
    actions.handle_again(life.assignment, by=life.handler, at=life.later())


def reopen(life: Life) -> None:
    ground, unit = ReopenGround.NEW_FACTS, life.cast.street
    actions.reopen(
        life.petition, ground=ground, unit=unit, reason="有新证据。", by=life.cast.bureau_head, at=life.later()
    )


def look(life: Life) -> None:
    for name in ("dispatcher", "street_handler", "leader"):
        browser = signed_in(life.cast.officers[name])
        for address in ("/desk/", f"/desk/petitions/{life.petition.number}/"):
            assert browser.get(address).status_code in (200, 404), (name, address)


def reveal(life: Life) -> None:
    person = life.petition.petitioners.get()
    actions.reveal(person, ground=RevealGround.CONTACT, by=life.cast.dispatcher, at=life.later())


def read_on(life: Life) -> None:
    sequencer.place_all()
    followers.read_all()


TOUCHES: dict[str, Callable[[Life], object]] = {
    "a title corrected": correct_title,
    "work noted": log_work,
    "another hand": pass_on,
    "a file handed in": add_evidence,
    "a leader's word": instruct,
    "an objection in vain": object_in_vain,
    "another unit": go_to_another_unit,
    "the result sent back": send_the_result_back,
    "taken up again after its end": reopen,
    "three who look": look,
    "a name shown": reveal,
    "the slip again": lambda life: actions.reprint_slip(life.petition, by=life.cast.registrar, at=life.later()),
    "the department helps": lambda life: actions.add_co_handler(
        life.petition, unit=life.cast.dept, requirement="请说明。", by=life.cast.dispatcher, at=life.later()
    ),
    "signed for": Life.sign_for,
    "an opinion drafted": Life.draft_opinion,
    "a week goes by": lambda life: life.later(days=7),
    "the worker reads on": read_on,
}
STAGES = (
    "check_duplicate",
    "dispatch",
    "sign_for",
    "accept",
    "handle",
    "deliver",
    "report",
    "close",
    "return_assignment",
)


def promised() -> dict[int, Dates]:
    columns = ("started_on", "due_strict", "due_legal", "due_on")
    return {pk: dates for pk, *dates in Promise.objects.values_list("pk", *columns)}  # type: ignore[misc]


def copied() -> dict[int, tuple[date | None, ...]]:
    """What the worklist shows of them."""
    columns = ("notice_due", "handling_due", "feedback_due")
    return {row.pk: tuple(getattr(row, name) for name in columns) for row in Assignment.objects.all()}


def only_brought_forward(before: tuple[date | None, ...], now: tuple[date | None, ...]) -> bool:
    """The law's own dates stand; a leader's word may bring the report's day forward, and nothing brings it back (C4)."""
    (*of_law, report), (*still, reported) = before, now
    return still == of_law and (
        report == reported or (report is not None and reported is not None and reported < report)
    )


def touched(life: Life, names: list[str]) -> int:
    """How many of these could be done; a refusal changes nothing."""
    done = 0
    for name in names:
        try:
            with transaction.atomic():
                TOUCHES[name](life)
            done += 1
        except (Refused, Assignment.DoesNotExist):
            pass
    return done


@pytest.fixture
def store(settings: Settings, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "store"


@pytest.mark.django_db
@pytest.mark.usefixtures("store")
def test_whoever_touches_the_case_however_often_leaves_every_date_where_it_was() -> None:
    counted = 0

    @settings(max_examples=25)
    @given(st.sampled_from(STAGES), st.lists(st.sampled_from(sorted(TOUCHES)), min_size=1, max_size=8))
    def any_sequence(stage: str, names: list[str]) -> None:
        nonlocal counted
        with transaction.atomic():
            life = Life(assemble(), way=AssignmentKind.ASSIGN).until(stage)
            dates, copies = promised(), copied()
            counted += touched(life, names)
            now = promised()
            assert {pk: now[pk] for pk in dates} == dates
            assert all(only_brought_forward(copies[pk], found) for pk, found in copied().items() if pk in copies)
            assert not Shift.objects.exists()
            transaction.set_rollback(True)

    any_sequence()
    assert counted > 30


@pytest.mark.parametrize("name", TOUCHES)
def test_each_of_these_touches_is_really_made_somewhere(cast: Cast, store: None, name: str) -> None:
    """Otherwise the sentence above would say little."""
    for stage in STAGES:
        with transaction.atomic():
            done = touched(Life(cast, way=AssignmentKind.ASSIGN).until(stage), [name])
            transaction.set_rollback(True)
        if done:
            return
    pytest.fail(name)


@pytest.mark.parametrize(
    ("way", "clocks"), [(AssignmentKind.TRANSFER, {Clock.D5}), (AssignmentKind.ASSIGN, {Clock.D5, Clock.D7})]
)
def test_an_approved_extension_moves_its_own_date_and_with_it_the_day_of_a_result_that_nobody_named(
    cast: Cast, way: AssignmentKind, clocks: set[Clock]
) -> None:
    life = Life(cast, way=way).until("ask_extension")
    dates = promised()
    actions.extend(life.assignment, answer="同意。", by=life.cast.street_head, at=life.later())
    moved = [pk for pk, found in promised().items() if found != dates[pk]]
    assert set(Promise.objects.filter(pk__in=moved).values_list("clock", flat=True)) == clocks


def test_a_start_corrected_with_proof_moves_its_own_date_and_no_other(cast: Cast) -> None:
    life = Life(cast).until("deliver")
    dates, window = promised(), Promise.objects.get(clock=Clock.D9)
    facts = {"on": window.started_on - timedelta(days=3), "reason": "看错了日期。", "by": cast.bureau_head}
    with pytest.raises(ShiftRefused):
        actions.correct_start(life.petition, promise=window, proof=" ", at=life.later(), **facts)
    assert promised() == dates
    actions.correct_start(life.petition, promise=window, proof="邮政回执", at=life.later(), **facts)
    assert [pk for pk, found in promised().items() if found != dates[pk]] == [window.pk]
