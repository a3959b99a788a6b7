"""A promised date moves in four ways and no other, each accounted for by a row."""

import ast
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from xinfang.deadlines import moved, promises, queries, shifts, sweep
from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.clocks import Excluded
from xinfang.deadlines.errors import NotRunning, ShiftRefused, StatedDayRefused
from xinfang.deadlines.models import Promise, Shift
from xinfang.deadlines.moved import Moved
from xinfang.deadlines.shifts import Approver
from xinfang.deadlines.terms import Clock
from xinfang.trace.acts import Hand

pytestmark = pytest.mark.usefixtures("loaded")
UNIT = "610115001001"
HEAD = Approver("unit_head", "officer:7@610115001001")
ROOT = Path(__file__).resolve().parents[2]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def start(clock: Clock, on: str, subject_id: int = 1, **more: date) -> Promise:
    moment = at(f"2026-{on}T09:00")
    return promises.start(clock, subject="assignment", subject_id=subject_id, unit=UNIT, at=moment, **more)


def extend(promise: Promise, days: int = 30, on: str = "10-30", ground: str = "需委托测绘") -> Shift:
    return shifts.extend(promise, days=days, ground=ground, by=HEAD, at=at(f"2026-{on}T16:00"))


def hearing(promise: Promise, first: str, last: str) -> Shift:
    moment = at("2026-09-20T16:00")
    return shifts.exclude(
        promise, first=day(first), last=day(last), ground=Excluded.HEARING, by=HEAD, at=moment, proof="听证笔录"
    )


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[Moved]:
    """What the room above is told."""
    told: list[Moved] = []
    monkeypatch.setattr(moved, "_followers", {"assignment": told.extend})
    return told


def test_s2_an_extension_asked_for_on_the_59th_day_counts_from_the_strict_last_day(heard: list[Moved]) -> None:
    promise = start(Clock.D5, "09-01")
    shift = extend(promise)
    promise.refresh_from_db()
    assert (promise.due_strict, promise.due_on) == (day("11-30"), day("11-30"))
    assert (shift.kind, shift.days, shift.due_before, shift.due_after) == (
        "extension",
        30,
        day("10-31"),
        day("11-30"),
    )
    assert (shift.article, shift.approved_post, shift.approved_by) == (
        "《信访工作条例》第三十四条",
        "unit_head",
        "officer:7@610115001001",
    )
    assert [(one.promise.pk, one.old, one.new) for one in heard] == [(promise.pk, day("10-31"), day("11-30"))]


def test_a_second_extension_is_refused() -> None:
    promise = start(Clock.D5, "09-01")
    extend(promise, days=10)
    with pytest.raises(ShiftRefused, match="已经延长过一次") as refused:
        extend(promise, days=10)
    assert refused.value.article == "《信访工作条例》第三十四条"


def test_the_database_refuses_a_second_extension_too() -> None:
    shift = extend(start(Clock.D5, "09-01"), days=10)
    shift.pk += 1
    with pytest.raises(IntegrityError), transaction.atomic():
        shift.save(force_insert=True)


@pytest.mark.parametrize("days", [0, -1, 31])
def test_more_than_thirty_days_or_none_are_refused(days: int) -> None:
    with pytest.raises(ShiftRefused, match="最长30日"):
        extend(start(Clock.D5, "09-01"), days=days)


def test_an_extension_is_asked_for_before_the_last_day_ends() -> None:
    extend(start(Clock.D5, "09-01", 1), on="10-31")
    with pytest.raises(ShiftRefused, match="2026-10-31届满"):
        extend(start(Clock.D5, "09-01", 2), on="11-01")


def test_an_extension_asked_for_in_time_may_be_approved_later() -> None:
    promise = start(Clock.D5, "09-01")
    moment, asked_on = at("2026-11-02T09:00"), day("10-30")
    shifts.extend(promise, days=30, ground="案情复杂", by=HEAD, at=moment, asked_on=asked_on)
    promise.refresh_from_db()
    assert promise.due_on == day("11-30")


@pytest.mark.parametrize("clock", [Clock.D2, Clock.D3, Clock.D4, Clock.D8A, Clock.D9, Clock.D10, Clock.D12])
def test_what_the_law_does_not_extend_is_not_extended(clock: Clock) -> None:
    with pytest.raises(ShiftRefused, match="不能延长"):
        extend(start(clock, "09-01"), days=1, on="09-02")


def test_the_assigner_may_give_more_time_for_the_report() -> None:
    promise = start(Clock.D7, "09-01", stated_on=day("09-30"))
    extend(promise, days=45, on="09-20")
    promise.refresh_from_db()
    assert (promise.due_on, promise.stated_on) == (day("11-14"), day("09-30"))


def test_an_extension_needs_its_reason() -> None:
    with pytest.raises(ShiftRefused, match="请写明理由"):
        extend(start(Clock.D5, "09-01"), ground=" ")


def test_a_stopped_clock_is_not_moved() -> None:
    promise = start(Clock.D5, "09-01")
    promises.stop([Clock.D5], subject="assignment", subject_id=1, at=at("2026-09-02T09:00"))
    with pytest.raises(NotRunning):
        extend(promise)


def test_hearing_days_in_final_review_are_not_counted_both_end_days_included() -> None:
    promise = start(Clock.D12, "08-31")
    assert promise.due_on == day("09-30")
    hearing(promise, "09-10", "09-16")
    promise.refresh_from_db()
    assert promise.due_on == date(2026, 10, 7)


def test_two_hearings_are_both_left_out_and_none_twice() -> None:
    promise = start(Clock.D12, "08-31")
    hearing(promise, "09-10", "09-16")
    hearing(promise, "10-05", "10-06")  # inside the term only because of the first
    promise.refresh_from_db()
    assert promise.due_on == date(2026, 10, 9)
    with pytest.raises(ShiftRefused, match="不能重复扣除"):
        hearing(promise, "09-16", "09-17")


@pytest.mark.parametrize("clock", [Clock.D4, Clock.D5, Clock.D7, Clock.D10])
def test_nothing_stops_any_other_clock(clock: Clock) -> None:
    with pytest.raises(ShiftRefused, match="连续计算"):
        hearing(start(clock, "08-31"), "09-10", "09-16")


@pytest.mark.parametrize(
    ("first", "last", "reason"),
    [
        ("09-16", "09-10", "不能早于开始"),
        ("08-20", "08-31", "不在期限之内"),
        ("10-01", "10-09", "不在期限之内"),
    ],
)
def test_an_interval_that_cannot_be_is_refused(first: str, last: str, reason: str) -> None:
    with pytest.raises(ShiftRefused, match=reason):
        hearing(start(Clock.D12, "08-31"), first, last)


def test_an_interval_that_begins_before_the_clock_takes_only_days_of_the_clock() -> None:
    promise = start(Clock.D12, "08-31")
    hearing(promise, "08-25", "09-02")
    promise.refresh_from_db()
    assert promise.due_on == date(2026, 10, 2)


def test_a_start_is_corrected_with_proof_and_the_days_are_counted_again() -> None:
    promise = start(Clock.D5, "09-01")
    extend(promise, days=10)
    shift = shifts.correct_start(
        promise, on=day("08-28"), proof="受理告知书第12号", ground="受理日录错", by=HEAD, at=at("2026-11-01T09:00")
    )
    promise.refresh_from_db()
    assert (promise.started_on, promise.due_on) == (day("08-28"), day("11-06"))
    assert (shift.first, shift.last, shift.proof) == (day("09-01"), day("08-28"), "受理告知书第12号")


@pytest.mark.parametrize(
    ("on", "proof", "reason"),
    [("08-28", " ", "必须写明证据"), ("09-01", "回执", "没有变化"), ("11-03", "回执", "不能晚于今天")],
)
def test_a_start_is_not_corrected_without_proof_or_into_the_future(on: str, proof: str, reason: str) -> None:
    with pytest.raises(ShiftRefused, match=reason):
        shifts.correct_start(
            start(Clock.D5, "09-01"), on=day(on), proof=proof, ground="录错", by=HEAD, at=at("2026-11-02T09:00")
        )


def test_a_clock_that_was_red_is_calm_again_after_an_extension_and_warns_anew() -> None:
    promise = start(Clock.D5, "09-01")
    sweep.sweep(at=at("2026-10-30T08:00"))
    promise.refresh_from_db()
    assert promise.level == Level.RED
    extend(promise)
    promise.refresh_from_db()
    assert promise.level == Level.NONE
    assert promise.warn_on == day("11-03")  # 63 of 90 days
    lights = promises.warnings_of(promise)
    assert (lights.red_on, lights.overdue_on) == (day("11-28"), day("12-01"))
    assert sweep.sweep(at=at("2026-11-03T08:00")) == 1


def test_days_of_a_hearing_are_not_used_up_days() -> None:
    promise = start(Clock.D12, "08-31")
    hearing(promise, "09-10", "09-16")
    promise.refresh_from_db()
    assert promises.warnings_of(promise).yellow_on == day("09-28")  # 21 of 30, and seven that do not count
    assert promise.warn_on == day("09-28")


def test_a_term_without_a_length_must_be_stated() -> None:
    with pytest.raises(StatedDayRefused, match="请写明最后一日"):
        start(Clock.D13, "09-01")
    assert start(Clock.D13, "09-01", stated_on=day("12-01")).due_on == day("12-01")


def test_a_hearing_is_told_of_seven_days_before_it() -> None:
    assert promises.notice_before(day("11-20")) == day("11-13")


def test_a_unit_that_never_accepts_is_found_the_day_after_its_notice_was_due() -> None:
    start(Clock.D4, "06-18")
    assert not queries.unaccepted(day("07-03")).exists()
    [silent] = queries.unaccepted(day("07-04"))
    assert promises.deemed_acceptance(silent.started_on) == silent.due_on == day("07-03")
    assert promises.due(Clock.D5, silent.due_on).strict == day("09-01")


@pytest.mark.parametrize(
    "change",
    [
        {"due_strict": day("11-30"), "due_on": day("11-30"), "due_legal": day("11-30")},
        {"started_on": day("09-02")},
        {"due_legal": day("11-03")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_moves_no_date_without_a_shift(change: dict[str, date]) -> None:
    promise = start(Clock.D5, "09-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**change)


def test_the_database_lets_no_older_shift_account_for_a_newer_date() -> None:
    promise = start(Clock.D12, "08-31")
    hearing(promise, "09-10", "09-16")
    hearing(promise, "10-05", "10-06")
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(
            due_strict=date(2026, 10, 7), due_on=date(2026, 10, 7), due_legal=date(2026, 10, 8)
        )


def test_warning_and_stopping_move_no_date() -> None:
    promise = start(Clock.D5, "09-01")
    sweep.sweep(at=at("2026-10-30T08:00"))
    promises.stop([Clock.D5], subject="assignment", subject_id=1, at=at("2026-10-30T09:00"))
    promise.refresh_from_db()
    assert (promise.due_on, promise.stopped_at) == (day("10-31"), at("2026-10-30T09:00"))


def test_no_code_but_this_rooms_writes_a_promise() -> None:
    """Outside deadlines nobody creates, saves or updates one."""
    writers = {"create", "bulk_create", "update", "bulk_update", "update_or_create", "get_or_create", "save"}
    found = []
    for file in sorted((ROOT / "xinfang").rglob("*.py")):
        if "deadlines" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and node.attr in writers and "Promise." in ast.unparse(node):
                found.append(f"{file.name}: {ast.unparse(node)}")
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Promise" and node.keywords:
                found.append(f"{file.name}: {ast.unparse(node)}")
    assert found == []


def test_an_approver_is_kept_as_the_trace_names_him() -> None:
    hand = Hand("officer", 7, "unit_head", UNIT)
    assert Approver.of(hand) == HEAD
