"""One form, one act, however often it is sent."""

from datetime import datetime

import pytest
from django.db import IntegrityError
from django.utils import timezone

from tests.trace.notes import CLERK, note
from xinfang.foundation.errors import Refused
from xinfang.trace import acts
from xinfang.trace.acts import AlreadyDone, Hand, act, once, record
from xinfang.trace.models import Bookmark, Entry

pytestmark = pytest.mark.django_db


def test_the_same_form_sent_twice_is_one_act() -> None:
    with once("form-1"):
        note(41, at=timezone.now())
    with pytest.raises(AlreadyDone) as refused, once("form-1"):
        note(42, at=timezone.now())
    assert (refused.value.subject_kind, refused.value.subject_id) == ("note", 41)
    assert refused.value.sentence == "这份表单已经提交过，没有重复办理。"
    assert Entry.objects.count() == 1


def test_the_second_of_two_that_came_at_once_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither saw the other when it began; the database tells them apart."""
    with once("form-1"):
        note(41, at=timezone.now())
    look, looked = acts._refuse_second, []
    monkeypatch.setattr(acts, "_refuse_second", lambda token: look(token) if looked else looked.append(token))
    with pytest.raises(AlreadyDone) as refused, once("form-1"):
        note(42, at=timezone.now())
    assert refused.value.subject_id == 41
    assert Entry.objects.count() == 1


def test_the_second_that_waited_for_the_row_is_told_so_and_not_that_someone_was_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It found the row moved on, by its own first sending."""
    with once("form-1"):
        note(41, at=timezone.now())
    look, looked = acts._refuse_second, []
    monkeypatch.setattr(acts, "_refuse_second", lambda token: look(token) if looked else looked.append(token))
    with pytest.raises(AlreadyDone) as refused, once("form-1"):
        raise Refused("可能已有人先行办理。")
    assert refused.value.subject_id == 41


def test_a_refusal_after_its_own_first_act_stays_that_refusal() -> None:
    def note_and_stumble() -> None:
        note(41, at=timezone.now())
        raise Refused("附件打不开。")

    with pytest.raises(Refused, match="附件") as refused, once("form-1"):
        note_and_stumble()
    assert not isinstance(refused.value, AlreadyDone)


def test_two_forms_are_two_acts() -> None:
    for token in ("form-1", "form-2"):
        with once(token):
            note(at=timezone.now())
    assert Entry.objects.count() == 2


def test_an_act_that_was_refused_may_be_sent_again() -> None:
    @act
    def failing(*, by: Hand, at: datetime) -> None:
        record("test.fail", subject=("note", 1), by=by, at=at, facts={})
        raise Refused("请写明原因。")

    with pytest.raises(Refused), once("form-1"):
        failing(by=CLERK, at=timezone.now())
    with once("form-1"):
        note(at=timezone.now())
    assert Entry.objects.get().once == "form-1"


def test_acts_inside_the_act_do_not_carry_the_token() -> None:
    @act
    def outer(*, by: Hand, at: datetime) -> None:
        note(2, at=at)
        record("test.outer", subject=("note", 1), by=by, at=at, facts={})
        record("test.outer", subject=("note", 3), by=by, at=at, facts={})

    with once("form-1"):
        outer(by=CLERK, at=timezone.now())
    assert list(Entry.objects.filter(once="form-1").values_list("subject_id", flat=True)) == [1]


def test_a_form_that_does_two_acts_carries_its_token_on_the_first() -> None:
    with once("form-1"):
        note(1, at=timezone.now())
        note(2, at=timezone.now())
    assert dict(Entry.objects.values_list("subject_id", "once")) == {1: "form-1", 2: None}
    with pytest.raises(AlreadyDone), once("form-1"):
        note(3, at=timezone.now())


def test_another_clash_is_not_taken_for_a_second_sending() -> None:
    Bookmark.objects.create(reader="a")

    @act
    def clashing(*, by: Hand, at: datetime) -> None:
        Bookmark.objects.create(reader="a")

    with pytest.raises(IntegrityError), once("form-1"):
        clashing(by=CLERK, at=timezone.now())


def test_after_the_form_nothing_carries_its_token() -> None:
    with once("form-1"):
        note(at=timezone.now())
    assert note(at=timezone.now()).once is None
