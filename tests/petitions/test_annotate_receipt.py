"""S18: the time of receipt is never corrected; what a paper shows is written beside it, and no clock is set anew."""

from datetime import datetime, timedelta

import pytest
from django.db.utils import IntegrityError

from tests.cast import Cast, Life
from tests.petitions.facts import refused
from xinfang.deadlines.models import Promise
from xinfang.organizations.errors import NotYourOffice
from xinfang.petitions import actions
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Petition, ReceiptNote
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast)


def shown(life: Life) -> datetime:
    return life.petition.received_at - timedelta(days=2)


def annotate(life: Life, **changes: object) -> ReceiptNote:
    facts = {
        "shown_at": shown(life),
        "proof": "收发室签收本2026年第12页",
        "reason": "登记时误填为拆封的时间。",
        "by": life.cast.registrar,
        "at": life.later(),
    }
    return actions.annotate_receipt(life.petition, **(facts | changes))


def test_the_time_that_was_entered_stands_and_so_does_every_last_day(life: Life) -> None:
    before = (life.petition.received_at, list(Promise.objects.order_by("pk").values_list("clock", "due_on")))
    annotate(life)
    found = Petition.objects.get(pk=life.pk)
    assert (found.received_at, list(Promise.objects.order_by("pk").values_list("clock", "due_on"))) == before
    assert found.receipt_notes.get().shown_at == shown(life)


def test_both_times_stand_in_the_trace_and_no_word(life: Life) -> None:
    annotate(life)
    facts = Entry.objects.get(act="petition.annotate_receipt").facts
    assert datetime.fromisoformat(facts["received_at"]) == life.petition.received_at
    assert datetime.fromisoformat(facts["shown_at"]) == shown(life)
    assert "签收本" not in str(facts)


def test_the_trace_vouches_for_what_was_written(life: Life) -> None:
    annotate(life)
    sequencer.place_all()
    assert verify() is None
    ReceiptNote.objects.update(shown_at=shown(life) - timedelta(days=1))
    assert "与库中内容不符" in str(verify())


def test_who_sits_where_it_was_registered_may_and_nobody_else(cast: Cast, life: Life) -> None:
    annotate(life)
    for n, name in enumerate(("dispatcher", "bureau_head"), start=1):
        annotate(life, by=cast.again(name), shown_at=shown(life) - timedelta(hours=n))
    for name in set(cast.officers) - {"registrar", "dispatcher", "bureau_head"}:
        with pytest.raises(NotYourOffice):
            annotate(life, by=cast.again(name), shown_at=shown(life) - timedelta(days=1))


def test_a_duty_alone_opens_no_compartment(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    with pytest.raises(NotYourMove):
        annotate(life)
    note = annotate(life, by=cast.dispatcher)
    assert "shown_at" not in Entry.objects.get(act="petition.annotate_receipt").facts
    row = ReceiptNote.objects.filter(pk=note.pk).values().get()
    assert (row["proof"], row["reason"]) == ("", "")
    assert ReceiptNote.objects.get(pk=note.pk).proof == "收发室签收本2026年第12页"


def test_what_does_not_fit_is_refused_beside_its_field(life: Life) -> None:
    with refused("登记的收到时间本来就是这个时间。", field="shown_at"):
        annotate(life, shown_at=life.petition.received_at)
    with refused("收到时间不能晚于登记时间。", field="shown_at"):
        annotate(life, shown_at=life.petition.registered_at + timedelta(minutes=1))
    with refused("请写明凭据", field="proof"):
        annotate(life, proof=" ")
    with refused("请写明登记的时间为什么不对。", field="reason"):
        annotate(life, reason="")
    with refused("不能超过 120 个字", field="proof"):
        annotate(life, proof="长" * 121)
    assert not ReceiptNote.objects.exists()


def test_one_time_is_annotated_once(life: Life) -> None:
    note = annotate(life)
    with refused("这个时间已经注明过。", field="shown_at"):
        annotate(life)
    with pytest.raises(IntegrityError):
        ReceiptNote.objects.create(
            petition=life.petition, shown_at=note.shown_at, noted_by=note.noted_by, noted_at=note.noted_at
        )
