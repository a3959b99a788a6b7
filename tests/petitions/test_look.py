"""查阅 (C14): a look leaves its line before anything is shown; the petitioner may have the list, by unit and post."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import WANG, Cast, Life, registered
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import first_id_at, new_id
from xinfang.organizations.errors import NotYourOffice
from xinfang.petitions import actions, ledger
from xinfang.petitions.codes import InquiryGround, LookKind, Purpose, RevealGround
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Inquiry, Look
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


def now():
    return timezone.now()


def look(life: Life, by: object, kind: LookKind = LookKind.OPEN) -> Look:
    return actions.look(life.petition, kind=kind, by=by, at=now())


def test_a_look_is_a_row_and_an_entry_that_vouches_for_it(cast: Cast) -> None:
    life = Life(cast)
    row = look(life, cast.dispatcher)
    assert (row.unit, row.post, row.kind) == (cast.bureau, "dispatcher", "open")
    entry = Entry.objects.get(act="petition.look")
    assert (entry.subject_kind, entry.subject_id, entry.officer_id) == ("look", life.pk, cast.dispatcher.pk)
    sequencer.place_all()
    assert verify() is None
    Look.objects.update(officer=cast.registrar)
    lie = verify()
    assert lie is not None
    assert "petition.look" in lie.what


def test_reveal_search_reprint_and_the_telephone_stand_in_the_same_ledger(cast: Cast) -> None:
    life = Life(cast).until("accept")
    actions.reveal(life.petition.petitioners.get(), ground=RevealGround.CONTACT, by=cast.dispatcher, at=now())
    actions.search_by_name(WANG.name, ground=RevealGround.DUPLICATE, by=cast.dispatcher, at=now())
    actions.reprint_slip(life.petition, by=cast.registrar, at=now())
    actions.see_phone(life.petition, by=cast.street_handler, at=now())
    assert list(Look.objects.order_by("id").values_list("kind", "ground", "petition")) == [
        ("reveal", "contact", life.pk),
        ("search", "duplicate", None),
        ("slip", "", life.pk),
        ("phone", "", life.pk),
    ]
    sequencer.place_all()
    assert verify() is None


def test_within_the_hour_what_was_looked_into_is_known(cast: Cast) -> None:
    life = Life(cast)
    look(life, cast.dispatcher)
    assert ledger.lately(cast.dispatcher, life.petition, now()) == {"open"}
    assert ledger.lately(cast.registrar, life.petition, now()) == frozenset()
    assert ledger.lately(cast.dispatcher, life.petition, now() + timedelta(minutes=61)) == frozenset()


def test_an_id_tells_the_hour_it_was_made_in() -> None:
    begun = timezone.now() - timedelta(seconds=1)
    assert first_id_at(begun) < new_id() < first_id_at(begun + timedelta(seconds=60))


def test_who_may_not_know_of_it_does_not_look(cast: Cast) -> None:
    with pytest.raises(NotYourMove):
        look(Life(cast), cast.dept_handler)
    assert not Look.objects.exists()


def test_of_a_sealed_petition_the_entry_does_not_say_for_what(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    look(life, cast.dispatcher, LookKind.PRINT)
    assert set(Entry.objects.get(act="petition.look").facts) == {"rows"}


def test_the_ledger_is_read_by_those_who_watch_and_not_by_the_administrator(cast: Cast) -> None:
    reads = {name for name, officer in cast.officers.items() if ledger.reads_ledger(officer)}
    assert reads == {"auditor", "bureau_head", "discipline"}


def test_looks_at_sealed_petitions_are_in_the_ledger_of_those_who_may_know_of_them(cast: Cast) -> None:
    confidential = registered(cast, by=cast.dispatcher, is_confidential=True).petition
    accusation = registered(cast, purpose=Purpose.ACCUSE).petition
    actions.look(confidential, kind=LookKind.OPEN, by=cast.dispatcher, at=now())
    actions.look(accusation, kind=LookKind.OPEN, by=cast.registrar, at=now())
    seen = {name: {row.petition for row in ledger.ledger(cast.again(name))} for name in ("auditor", "bureau_head")}
    seen["discipline"] = {row.petition for row in ledger.ledger(cast.again("discipline"))}
    assert seen == {"auditor": set(), "bureau_head": {confidential}, "discipline": {accusation}}


def test_the_list_names_units_and_posts_once_a_day_and_no_officer(cast: Cast) -> None:
    life = Life(cast).until("accept")
    for by in (cast.dispatcher, cast.dispatcher, cast.street_head):
        look(life, by)
    given = actions.give_access_list(
        life.petition, by=PETITIONER, at=now(), act_secret=life.registered.act_secret.lower()
    )
    today = timezone.localdate()
    assert [(one.day, one.unit, one.post, one.kind) for one in given] == [
        (today, "区信访局", "拟办员", "打开信访件"),
        (today, "骊山街道办事处", "单位负责人", "打开信访件"),
    ]
    assert cast.dispatcher.name not in str(given)
    assert Entry.objects.get(act="petition.give_access_list").hand == "petitioner"


def test_a_wrong_secret_gets_no_list(cast: Cast) -> None:
    with pytest.raises(Refused, match="办事密码不对"):
        actions.give_access_list(Life(cast).petition, by=PETITIONER, at=now(), act_secret="WRONGONE")


def test_the_desk_that_registered_gives_the_list_and_no_unit_does(cast: Cast) -> None:
    life = Life(cast).until("accept")
    assert actions.give_access_list(life.petition, by=cast.registrar, at=now()) == []
    for by in (cast.street_head, cast.supervisor):
        with pytest.raises(NotYourOffice):
            actions.give_access_list(life.petition, by=by, at=now())


def test_while_an_inquiry_runs_nobody_gets_the_list_and_nobody_is_told_why(cast: Cast) -> None:
    life = Life(cast)
    inquiry = actions.open_inquiry(life.petition, ground=InquiryGround.LEAK, by=cast.officers["discipline"], at=now())
    for by, secret in ((PETITIONER, life.registered.act_secret), (cast.registrar, "")):
        with pytest.raises(Refused, match="现在不能提供") as refused:
            actions.give_access_list(life.petition, by=by, at=now(), act_secret=secret)
        assert "核查" not in refused.value.sentence
    actions.close_inquiry(inquiry, by=cast.officers["discipline"], at=now())
    assert actions.give_access_list(life.petition, by=cast.registrar, at=now()) == []
    timeline = Entry.objects.filter(subject_kind="petition", subject_id=life.pk).values_list("act", flat=True)
    assert not [act for act in timeline if "inquiry" in act]


def test_an_inquiry_is_the_discipline_organs_alone_and_one_at_a_time(cast: Cast) -> None:
    petition = Life(cast).petition
    for by in (cast.bureau_head, cast.auditor, cast.administrator):
        with pytest.raises(NotYourMove):
            actions.open_inquiry(petition, ground=InquiryGround.LEAK, by=by, at=now())
    inquiry = actions.open_inquiry(petition, ground=InquiryGround.LEAK, by=cast.officers["discipline"], at=now())
    with pytest.raises(Refused, match="已经在核查"):
        actions.open_inquiry(petition, ground=InquiryGround.LEAK, by=cast.officers["discipline"], at=now())
    with pytest.raises(NotYourMove):
        actions.close_inquiry(inquiry, by=cast.bureau_head, at=now())
    actions.close_inquiry(inquiry, by=cast.officers["discipline"], at=now())
    with pytest.raises(Refused, match="已经结束"):
        actions.close_inquiry(inquiry, by=cast.officers["discipline"], at=now())


def test_the_database_refuses_a_second_open_inquiry_and_one_closed_by_nobody(cast: Cast) -> None:
    petition = Life(cast).petition
    inquiry = actions.open_inquiry(petition, ground=InquiryGround.LEAK, by=cast.officers["discipline"], at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.create(petition=petition, ground="leak", opened_by=cast.officers["discipline"], opened_at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        Inquiry.objects.filter(pk=inquiry.pk).update(closed_at=now())
