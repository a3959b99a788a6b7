"""调解和解 (条例 三十三)."""

from datetime import timedelta

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import said
from xinfang.deadlines.models import Promise
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.codes import MediationOutcome
from xinfang.petitions.models import Mediation

SETTLED, FAILED = MediationOutcome.SETTLED, MediationOutcome.FAILED


def mediate(life: Life, outcome: MediationOutcome, **changes: object) -> Mediation:
    today = life.now.date()
    facts = {"mediator": "调解员某", "held_on": today, "terms": "物业十日内维修。", "perform_by": today + timedelta(10)}
    said = {**facts, **changes}
    return actions.mediate(life.assignment, outcome=outcome, by=life.handler, at=life.later(), **said)


def test_a_settlement_is_put_on_paper_and_no_clock_moves(cast: Cast) -> None:
    life = Life(cast).until("handle")
    before = list(Promise.objects.order_by("id").values_list("pk", "due_on", "stopped_at"))
    mediate(life, SETTLED)
    assert Paper.objects.filter(kind="settlement_agreement").count() == 1
    assert said(PaperKind.SETTLEMENT_AGREEMENT, life.petition)["matters"] == ["1. 修好屋顶", "2. 赔偿损失"]
    assert list(Promise.objects.order_by("id").values_list("pk", "due_on", "stopped_at")) == before
    assert life.assignment.status == "handling"


def test_a_mediation_that_failed_leaves_no_paper_and_the_handling_goes_on(cast: Cast) -> None:
    life = Life(cast).until("handle")
    assert mediate(life, FAILED).terms == ""
    assert not Paper.objects.filter(kind="settlement_agreement").exists()
    life.draft_opinion()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"terms": " "}, "terms"), ({"perform_by": None}, "perform_by"), ({"held_on": "tomorrow"}, "held_on")],
)
def test_a_settlement_names_its_terms_and_its_days(cast: Cast, changes: dict[str, object], field: str) -> None:
    life = Life(cast).until("handle")
    if "held_on" in changes:
        changes = {"held_on": life.now.date() + timedelta(days=2)}
    with pytest.raises(Refused) as refused:
        mediate(life, SETTLED, **changes)
    assert refused.value.field == field
