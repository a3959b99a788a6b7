"""The log signs its size and root on a beat, and for a receipt at once; never two that do not fit."""

import base64
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tests.cast import MORNING
from tests.trace.notes import noted
from xinfang.trace import checkpoints, sequencer, signers, tree
from xinfang.trace.models import Checkpoint, Leaf, Place
from xinfang.trace.notes import Head, Note
from xinfang.trace.verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def _three() -> None:
    noted(3)
    sequencer.place_all()


@pytest.mark.usefixtures("_three")
def test_a_checkpoint_says_origin_size_and_root_under_the_logs_signature() -> None:
    made = checkpoints.publish(MORNING)
    assert made is not None
    note = Note.read(made.note)
    assert note.text == f"xinfang-610115/log\n3\n{base64.b64encode(tree.root(3)).decode()}\n"
    assert Head.read(note.text).root == bytes(made.root)
    assert note.signed_by(signers.signer().verifier) is None


@pytest.mark.usefixtures("_three")
def test_a_log_that_did_not_grow_keeps_its_checkpoint() -> None:
    first = checkpoints.publish(MORNING)
    assert checkpoints.publish(MORNING + timedelta(hours=1)) == first
    assert Checkpoint.objects.count() == 1


def test_an_empty_log_has_no_checkpoint() -> None:
    assert checkpoints.publish(MORNING) is None
    assert checkpoints.over(1) is None


@pytest.mark.usefixtures("_three")
def test_a_receipt_does_not_wait_for_the_beat_and_the_beat_does_not_tell_of_receipts() -> None:
    checkpoints.publish(MORNING)
    noted(2)
    assert checkpoints.over(5) is None  # no leaf yet
    sequencer.place_all()
    made = checkpoints.over(5)
    assert made is not None
    assert (made.size, made.is_public) == (5, False)
    assert checkpoints.over(4) == made  # once for all that it covers
    assert checkpoints.last_public().size == 3  # type: ignore[union-attr]
    public = checkpoints.publish(MORNING)
    assert checkpoints.over(5) == public


@pytest.mark.usefixtures("_three")
def test_nothing_is_signed_over_rows_that_are_gone(unguarded: None) -> None:
    checkpoints.publish(MORNING)
    Place.objects.filter(n=3).delete()
    Leaf.objects.filter(n=3).delete()
    with pytest.raises(checkpoints.NotGrown):
        checkpoints.publish(MORNING)


@pytest.mark.usefixtures("_three")
def test_one_that_another_process_signs_meanwhile_over_more_is_no_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    real, has_come = tree.size, []

    def size() -> int:
        """Right after it is read, another worker places two more, and a receipt is taken."""
        found = real()
        if not has_come:
            has_come.append(True)
            noted(2)
            sequencer.place_all()
            checkpoints.over(5)
        return found

    monkeypatch.setattr(tree, "size", size)
    made = checkpoints.publish(MORNING)
    assert made is not None
    assert (made.size, made.is_public) == (3, True)


def test_a_clock_that_was_a_day_ahead_for_one_beat_makes_no_lie_for_ever() -> None:
    now = timezone.now()
    noted(1)
    sequencer.place_all()
    checkpoints.publish(now + timedelta(days=1))
    noted(1)
    sequencer.place_all()
    assert verify() is not None  # as long as no later checkpoint says what time it is
    checkpoints.publish(now)
    noted(1)
    sequencer.place_all()
    checkpoints.publish(now + timedelta(minutes=10))
    assert verify() is None


def test_the_beat_is_timed_work(settings: Any) -> None:
    from xinfang.trace import timetable

    assert timetable._jobs["trace.checkpoint"].every == timedelta(seconds=settings.LOG_BEAT)
