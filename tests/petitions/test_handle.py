"""承办 begins with the contact with the petitioner; what is done is added to the record and never changed."""

from datetime import timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused, running
from xinfang.petitions import actions
from xinfang.petitions.codes import NoteKind
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import WorkNote
from xinfang.trace.models import Entry


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("accept")


def log(life: Life, **changes: object) -> WorkNote:
    at = life.later()
    facts = {"kind": NoteKind.SITE_VISIT, "text": "入户查看。", "happened_at": at, "by": life.handler, "at": at}
    return actions.log_work(life.assignment, **(facts | changes))


def test_only_the_handling_unit_begins(cast: Cast, life: Life) -> None:
    may = hands_that_may(cast, lambda by: actions.handle(life.assignment, text="已联系。", by=by, at=life.later()))
    assert may == {"street_head", "street_handler"}


def test_only_the_handling_unit_writes_its_record(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: log(life, by=by)) == {"street_head", "street_handler"}


def test_handling_begins_with_the_contact(life: Life) -> None:
    note = actions.handle(life.assignment, text="电话联系，听取情况。", by=life.handler, at=life.later())
    assert (life.assignment.status, life.assignment.contacted_at) == ("handling", life.now)
    assert (note.kind, note.text, note.written_by) == ("contact", "电话联系，听取情况。", life.cast.street_handler)


def test_no_clock_moves(life: Life) -> None:
    before = running(life.assignment)
    life.handle()
    assert running(life.assignment) == before


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_a_record_that_says_nothing_is_refused(life: Life, text: str) -> None:
    with refused("请写明办理情况。", field="text"):
        actions.handle(life.assignment, text=text, by=life.handler, at=life.later())
    with refused("请写明办理情况。", field="text"):
        log(life, text=text)
    assert not WorkNote.objects.exists()
    assert life.assignment.status == "accepted"


def test_work_may_be_recorded_later_than_it_was_done_and_not_before(life: Life) -> None:
    done = life.now + timedelta(minutes=10)
    assert log(life, happened_at=done).happened_at == done
    with refused("办理时间不能晚于现在。", field="happened_at"):
        log(life, happened_at=life.now + timedelta(days=1))


def test_every_record_stands_beside_the_others(life: Life) -> None:
    life.handle()
    log(life)
    assert [note.kind for note in life.assignment.notes.order_by("id")] == ["contact", "site_visit", "site_visit"]
    assert life.assignment.status == "handling"
    assert list(Entry.objects.filter(act="assignment.log_work").values_list("facts__note", flat=True)) == [
        "site_visit",
        "site_visit",
    ]


def test_handling_begins_once(life: Life) -> None:
    life.handle()
    with refused("现在不能“承办”：该件当前状态为“办理中”", NotOnTheRoad):
        life.handle()


def test_nothing_is_handled_before_it_is_accepted(cast: Cast) -> None:
    life = Life(cast).until("sign_for")
    with refused("现在不能“承办”：该件当前状态为“已签收待办理”", NotOnTheRoad):
        life.handle()


def test_nothing_is_added_after_the_opinion(cast: Cast) -> None:
    life = Life(cast).until("issue_opinion")
    with refused("现在不能“办理记录”：该件当前状态为“已处理待送达”", NotOnTheRoad):
        log(life)
