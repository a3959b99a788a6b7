"""更正起算日."""

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import refused
from xinfang.deadlines.errors import ShiftRefused
from xinfang.deadlines.models import Promise
from xinfang.organizations.errors import NotYourOffice
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.trace.models import Entry


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast, way=AssignmentKind.TRANSFER).until("deliver")


def window(life: Life) -> Promise:
    return Promise.objects.get(clock="D9", subject_id=life.petition.pk)


def correct(life: Life, **changes: object) -> object:
    promise = changes.pop("promise", None) or window(life)
    facts = {
        "promise": promise,
        "on": promise.started_on - timedelta(days=3),
        "proof": "邮政回执 2026-06-17",
        "reason": "录入时看错了日期。",
        "by": life.cast.bureau_head,
        "at": life.later(),
    }
    return actions.correct_start(life.petition, **(facts | changes))


def test_the_head_of_the_bureau_corrects_it_and_nobody_else(cast: Cast, life: Life) -> None:
    at = life.later()
    for name in set(cast.officers) - {"bureau_head"}:
        with pytest.raises(NotYourOffice):
            correct(life, by=cast.again(name), at=at)
    correct(life, at=at)


def test_the_window_ends_thirty_days_after_the_day_that_is_proven(life: Life) -> None:
    first = window(life)
    correct(life)
    moved = window(life)
    assert moved.started_on == first.started_on - timedelta(days=3)
    assert moved.due_strict == moved.started_on + timedelta(days=30)
    assert life.petition.due_on == max(Promise.objects.get(clock="D14").due_on, moved.due_on)


def test_the_entry_names_the_clock_and_its_new_day_and_not_the_reason(life: Life) -> None:
    correct(life)
    entry = Entry.objects.get(act="petition.correct_start")
    assert entry.facts["clock"] == "D9"
    assert date.fromisoformat(entry.facts["due"]["D9"]) == window(life).due_on
    assert "看错" not in str(entry.facts)


def test_without_proof_nothing_moves(life: Life) -> None:
    with refused("更正起算日必须写明证据。", ShiftRefused):
        correct(life, proof=" ")


def test_the_day_a_petition_was_received_is_never_corrected(cast: Cast) -> None:
    life = Life(cast)
    with refused("收到信访件的日期不能更正"):
        correct(life, promise=Promise.objects.get(clock="D2"), on=date(2026, 6, 14))


def test_a_clock_of_another_petition_is_not_touched_from_here(cast: Cast, life: Life) -> None:
    other = Life(cast).until("deliver")
    with refused("这一期限不属于该件。"):
        correct(life, promise=window(other))
