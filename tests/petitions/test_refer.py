"""救助转介 (条例 三十七): who is in real need is helped to relief, and what came of it is written down."""

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, refused
from xinfang.petitions import actions, worklists
from xinfang.petitions.codes import ReferralKind
from xinfang.petitions.models import Referral
from xinfang.trace.models import Entry


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("handle")


def refer(life: Life, **changes: object) -> Referral:
    facts = {"kind": ReferralKind.SOCIAL, "organ": "区民政局", "reason": "独居，住院欠费，本人愿意申请。"}
    facts |= {"by": life.handler, "at": life.later()}
    return actions.refer(life.petition, **(facts | changes))


def answer(life: Life, **changes: object) -> Referral:
    facts = {"is_granted": True, "result": "临时救助三千元。", "by": life.cast.dispatcher, "at": life.later()}
    return actions.answer_referral(Referral.objects.latest("id"), **(facts | changes))


def test_whoever_works_on_it_refers_and_a_stranger_does_not(cast: Cast, life: Life) -> None:
    assert hands_that_may(cast, lambda by: refer(life, by=by)) == {
        *("registrar", "dispatcher", "bureau_head", "supervisor", "street_head", "street_handler")
    }


@pytest.mark.parametrize(
    ("field", "sentence"),
    [("organ", "请写明转介到哪个机关或者机构。"), ("reason", "请写明生活困难的情况和信访人的意愿。")],
)
def test_it_names_where_to_and_why(life: Life, field: str, sentence: str) -> None:
    with refused(sentence, field=field):
        refer(life, **{field: "  "})


def test_the_petition_goes_on_as_it_was(life: Life) -> None:
    before = (life.petition.status, life.petition.due_on)
    refer(life)
    assert (life.petition.status, life.petition.due_on) == before
    facts = Entry.objects.get(act="petition.refer").facts
    assert facts["relief"] == "social"
    assert "住院" not in str(facts)


def test_the_result_is_written_down_once(cast: Cast, life: Life) -> None:
    refer(life)
    assert list(worklists.referrals_waiting(cast.dispatcher)) == [Referral.objects.get()]
    with refused("请写明救助的结果。", field="result"):
        answer(life, result="")
    row = answer(life, is_granted=False, result="不符合条件，已告知理由。")
    assert (row.is_granted, row.answered_at) == (False, life.now)
    assert not worklists.referrals_waiting(cast.dispatcher).exists()
    with refused("这次转介的结果已经记下。"):
        answer(life)


def test_a_stranger_learns_nothing_of_it(cast: Cast, life: Life) -> None:
    refer(life)
    assert not worklists.referrals_waiting(cast.dept_handler).exists()
    with refused("您看不到这件信访件。"):
        answer(life, by=cast.dept_handler)
