"""What is written later into a row that was vouched for is vouched for by its own entry, and whoever alters it is found."""

import pytest

from tests.cast import Cast, Life
from xinfang.petitions import actions
from xinfang.petitions.codes import EvaluationValue, FollowUpOutcome, ReferralKind
from xinfang.petitions.models import FollowUp, Referral
from xinfang.trace import sequencer, verify
from xinfang.trace.acts import PETITIONER


def found() -> str:
    sequencer.place_all()
    lie = verify.verify()
    return lie.what if lie else ""


def concluded(life: Life) -> None:
    said = {"bureau": EvaluationValue.SATISFIED, "unit": EvaluationValue.DISSATISFIED, "reason": "还在漏。"}
    secret, by = life.registered.act_secret, life.cast.supervisor
    actions.evaluate(life.petition, **said, act_secret=secret, by=PETITIONER, at=life.later())  # type: ignore[arg-type]
    call = {"about": "rating", "is_reached": True, "said": "还在漏。"}
    actions.call_back(life.petition, **call, by=by, at=life.later())  # type: ignore[arg-type]
    outcome = FollowUpOutcome.PROCEDURE
    actions.conclude_follow_up(life.petition, outcome=outcome, text="补发告知书。", by=by, at=life.later())


def test_the_conclusion_of_a_follow_up_is_vouched_for(cast: Cast) -> None:
    concluded(Life(cast).until("deliver"))
    assert found() == ""
    FollowUp.objects.update(text="没有问题。")
    assert "petition.conclude_follow_up" in found()


@pytest.mark.parametrize("changed", [{"result": "没有给。"}, {"is_granted": False}])
@pytest.mark.parametrize("is_sealed", [False, True])
def test_the_result_of_a_referral_is_vouched_for(cast: Cast, changed: dict[str, object], is_sealed: bool) -> None:
    life = Life(cast, **({"is_confidential": True} if is_sealed else {}))
    by, need = cast.registrar, {"kind": ReferralKind.SOCIAL, "organ": "区民政局", "reason": "住院欠费。"}
    row = actions.refer(life.petition, **need, by=by, at=life.later())  # type: ignore[arg-type]
    actions.answer_referral(row, is_granted=True, result="给了临时救助。", by=by, at=life.later())
    assert found() == ""
    if is_sealed and "result" in changed:
        assert Referral.objects.values_list("result", flat=True).get() == ""
    Referral.objects.update(**changed)
    assert "petition.answer_referral" in found()
