"""依申请销毁: asked by one, approved by the archivist and the discipline organ, told, done after thirty days by no hand."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.cast import Cast, Life
from tests.petitions.test_erase import SAID, archived, dump
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer, Post, Tenure
from xinfang.petitions import actions, holds, sweeps
from xinfang.petitions.codes import Confidentiality, DeliveryMode, ErasureReason, InquiryGround
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import ErasureRequest, Petition
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER, Hand
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

REASON, FACE = ErasureReason.PURPOSE_DONE, DeliveryMode.IN_PERSON
SYSTEM = Hand.system("petitions")


@pytest.fixture(autouse=True)
def _term_is_over(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A room that keeps the terms says that this one is over."""
    settings.STORE = tmp_path / "files"
    monkeypatch.setattr(holds, "_terms", [lambda _petition, _today: ""])
    monkeypatch.setattr(holds, "_holds", [])


def now():
    return timezone.now()


def asked(life: Life, *, ago: int = 0) -> ErasureRequest:
    return actions.ask_erasure(
        life.petition, reason=REASON, by=PETITIONER, at=_days(ago), act_secret=life.registered.act_secret
    )


def approved(cast: Cast, life: Life, *, ago: int = 0) -> ErasureRequest:
    request = asked(life, ago=ago)
    for by in (cast.archivist, cast.officers["discipline"]):
        actions.approve_erasure(request, by=by, at=_days(ago))
    return request


def told(cast: Cast, life: Life, *, ago: int = 0) -> ErasureRequest:
    return actions.tell_erasure(approved(cast, life, ago=ago), told_by=FACE, by=cast.registrar, at=_days(ago))


def test_thirty_days_after_he_was_told_nothing_can_be_read_and_everything_verifies(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    life, other = archived(cast), Life(cast).until("accept")
    told(cast, life, ago=31)
    assert sweeps.carry_out_erasures(_days(1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeps.carry_out_erasures(now()) == 1
    petition = life.petition
    assert petition.confidentiality == Confidentiality.DESTROYED
    assert not petition.key_wrapped
    acts = list(Entry.objects.filter(subject_id=life.pk).order_by("id").values_list("act", flat=True))
    assert acts[-5:] == [
        *("petition.approve_erasure", "petition.approve_erasure", "petition.tell_erasure"),
        *("petition.carry_out_erasure", "petition.erase"),
    ]
    sequencer.place_all()
    assert verify() is None
    assert other.petition.key_wrapped


def _days(ago: int):
    return now() - timedelta(days=ago)


def test_what_was_said_is_in_no_row_any_more(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    life = archived(cast)
    told(cast, life, ago=31)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweeps.carry_out_erasures(now()) == 1
    left = dump()
    assert [words for words in SAID if words in left] == []


def test_the_head_of_the_bureau_and_the_administrator_together_cannot(cast: Cast) -> None:
    life = archived(cast)
    request = actions.ask_erasure(life.petition, reason=REASON, by=cast.bureau_head, at=now())
    for by in (cast.bureau_head, cast.administrator, cast.registrar, cast.leader, cast.auditor, cast.street_head):
        with pytest.raises(NotYourMove):
            actions.approve_erasure(request, by=by, at=now())
    with pytest.raises(Refused, match="都同意以后"):
        actions.tell_erasure(request, told_by=FACE, by=cast.bureau_head, at=now())
    for by in (cast.bureau_head.hand(), Hand("officer", cast.administrator.pk)):
        with pytest.raises(NotYourMove, match="谁也不能提前"):
            actions.carry_out_erasure(request, by=by, at=now())
    assert life.petition.key_wrapped


def second_seat(officer: Officer, duty: Duty, unit: Any) -> Officer:
    post, _ = Post.objects.get_or_create(unit=unit, duty=duty, defaults={"name": str(duty.label)})
    Tenure.objects.create(post=post, officer=officer, since="2020-01-01")
    return Officer.objects.get(pk=officer.pk)


def test_nobody_approves_his_own_request_nor_for_both_sides(cast: Cast) -> None:
    asker = second_seat(cast.registrar, Duty.ARCHIVIST, cast.bureau)
    request = actions.ask_erasure(archived(cast).petition, reason=REASON, by=asker, at=now())
    with pytest.raises(NotYourMove, match="三个不同的人"):
        actions.approve_erasure(request, by=asker, at=now())
    both = second_seat(cast.archivist, Duty.DISCIPLINE, cast.units["discipline"])
    actions.approve_erasure(request, by=both, at=now())
    with pytest.raises(NotYourMove, match="三个不同的人"):
        actions.approve_erasure(request, by=both, at=now())
    assert not ErasureRequest.objects.get().is_approved


def test_the_database_itself_refuses_one_person_in_two_parts(cast: Cast) -> None:
    request = actions.ask_erasure(archived(cast).petition, reason=REASON, by=cast.registrar, at=now())
    for wrong in ({"archivist": cast.registrar}, {"archivist": cast.archivist, "discipline": cast.archivist}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ErasureRequest.objects.filter(pk=request.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.filter(pk=request.pk).update(told_at=now(), erase_on=timezone.localdate())
    with pytest.raises(IntegrityError), transaction.atomic():
        ErasureRequest.objects.filter(pk=request.pk).update(erased_at=now())


def test_what_is_under_way_is_not_asked_for(cast: Cast) -> None:
    with pytest.raises(Refused, match="已经归档"):
        asked(Life(cast).until("close"))


def test_while_another_petition_of_the_matter_is_open_nothing_is_destroyed(cast: Cast) -> None:
    life, other = archived(cast), Life(cast)
    Petition.objects.filter(pk=other.pk).update(matter=life.petition.matter)
    with pytest.raises(Refused, match="同一事项"):
        asked(life)


def test_an_inquiry_keeps_it_and_the_sentence_does_not_say_so(cast: Cast) -> None:
    life = archived(cast)
    request = told(cast, life, ago=31)
    inquiry = actions.open_inquiry(life.petition, ground=InquiryGround.LEAK, by=cast.officers["discipline"], at=now())
    assert sweeps.carry_out_erasures(now()) == 0
    with pytest.raises(Refused, match="现在不能销毁这一件") as refused:
        actions.carry_out_erasure(request, by=SYSTEM, at=now())
    assert "核查" not in refused.value.sentence
    actions.close_inquiry(inquiry, by=cast.officers["discipline"], at=now())
    assert sweeps.carry_out_erasures(now()) == 1


def test_what_a_room_above_holds_is_not_destroyed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "_holds", [lambda _petition, _today: "督办还没有结束，不能销毁。"])
    with pytest.raises(Refused, match="督办还没有结束"):
        asked(archived(cast))


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        ([], "保管期限没有登记"),
        ([lambda _petition, _today: "保管期限到2036年11月30日为止，没有满。"], "没有满"),
        ([lambda _petition, _today: "永久保管的档案不销毁。"], "永久保管"),
    ],
)
def test_a_term_that_runs_and_a_permanent_file_are_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, terms: list[Any], sentence: str
) -> None:
    monkeypatch.setattr(holds, "_terms", terms)
    with pytest.raises(Refused, match=sentence):
        asked(archived(cast))


def test_before_thirty_days_the_system_itself_refuses(cast: Cast) -> None:
    request = told(cast, archived(cast))
    assert request.erase_on == timezone.localdate() + timedelta(days=30)
    with pytest.raises(Refused, match="没有满三十日"):
        actions.carry_out_erasure(request, by=SYSTEM, at=now())


def test_he_may_change_his_mind_until_it_is_done(cast: Cast) -> None:
    life = archived(cast)
    request = told(cast, life, ago=31)
    secret = life.registered.act_secret
    with pytest.raises(Refused, match="办事密码不对"):
        actions.drop_erasure(request, by=PETITIONER, at=now(), act_secret="WRONG")
    actions.drop_erasure(request, by=PETITIONER, at=now(), act_secret=secret)
    assert sweeps.carry_out_erasures(now()) == 0
    with pytest.raises(Refused, match="已经了结"):
        actions.drop_erasure(request, by=PETITIONER, at=now(), act_secret=secret)
    asked(life)


def test_either_of_the_two_refuses_with_a_reason(cast: Cast) -> None:
    request = asked(archived(cast))
    for refusal, sentence in (("  ", "请写明不同意的理由"), ("因" * 201, "不能超过 200 个字")):
        with pytest.raises(Refused, match=sentence):
            actions.refuse_erasure(request, refusal=refusal, by=cast.officers["discipline"], at=now())
    actions.refuse_erasure(request, refusal="另案需要。", by=cast.officers["discipline"], at=now())
    with pytest.raises(Refused, match="已经了结"):
        actions.approve_erasure(request, by=cast.archivist, at=now())


def test_one_request_at_a_time(cast: Cast) -> None:
    life = archived(cast)
    asked(life)
    with pytest.raises(Refused, match="正在办理"):
        asked(life)


def test_a_wrong_secret_asks_nothing(cast: Cast) -> None:
    with pytest.raises(Refused, match="办事密码不对"):
        actions.ask_erasure(archived(cast).petition, reason=REASON, by=PETITIONER, at=now(), act_secret="WRONG")


def test_a_unit_does_not_ask_in_his_name(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.ask_erasure(archived(cast).petition, reason=REASON, by=cast.street_handler, at=now())
