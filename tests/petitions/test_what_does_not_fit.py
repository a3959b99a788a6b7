"""What no database takes is refused by the verb, beside the field it stands in, and nothing is half done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import refused
from xinfang.organizations.models import Duty
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.codes import (
    AssignmentKind,
    DeliveryMode,
    DuplicateOutcome,
    EvaluationValue,
    NoteKind,
    OpinionResult,
    PetitionerView,
)
from xinfang.petitions.models.correction import CorrectedField
from xinfang.petitions.models.phrase import PhraseUse
from xinfang.trace.models import Entry

Say = Callable[[Life, str], Any]
GOOD = EvaluationValue.SATISFIED


def by(life: Life, name: str) -> dict[str, Any]:
    return {"by": getattr(life.cast, name), "at": life.later()}


def draft(life: Life, finding: str = "属实。", basis: str = "《民法典》", remedy: str = "区政府") -> Any:
    answers = {2: AnswerText(finding, basis, OpinionResult.SUPPORTED)}
    return actions.draft_opinion(life.assignment, answers=answers, remedy_organ=remedy, **by(life, "street_handler"))


def keep(life: Life, **said: str) -> Any:
    kept = Kept(**({"barcode": "1", "description": "信", "place": "柜"} | said))
    return actions.keep_original(life.petition, kept, **by(life, "registrar"))


def deliver(life: Life, proof: str) -> Any:
    how = {"mode": DeliveryMode.MAIL, "delivered_on": life.now.date() + timedelta(days=0), "proof": proof}
    return actions.deliver(life.assignment, **how, **by(life, "street_handler"))


# The step before, the field, how much it holds (none: any length), and the verb.
SAID: dict[str, tuple[str | None, str, int | None, Say]] = {
    "判重": (
        None,
        "reason",
        500,
        lambda life, text: actions.check_duplicate(
            life.petition, outcome=DuplicateOutcome.INITIAL, reason=text, **by(life, "dispatcher")
        ),
    ),
    "拟办": ("check_duplicate", "opinion", 500, lambda life, text: life.propose(opinion=text)),
    "批办": (
        "propose",
        "note",
        500,
        lambda life, text: actions.approve(life.petition, note=text, **by(life, "bureau_head")),
    ),
    "作废": (
        None,
        "reason",
        500,
        lambda life, text: actions.void(life.petition, reason=text, **by(life, "bureau_head")),
    ),
    "承办": (
        "accept",
        "text",
        None,
        lambda life, text: actions.handle(life.assignment, text=text, **by(life, "street_handler")),
    ),
    "办理记录": (
        "accept",
        "text",
        None,
        lambda life, text: actions.log_work(
            life.assignment, kind=NoteKind.OTHER, text=text, happened_at=life.now, **by(life, "street_handler")
        ),
    ),
    "复查机关": ("handle", "remedy_organ", 60, lambda life, text: draft(life, remedy=text)),
    "事实": ("handle", "finding_2", None, lambda life, text: draft(life, finding=text)),
    "依据": ("handle", "basis_2", 500, lambda life, text: draft(life, basis=text)),
    "送达": ("issue_opinion", "proof", 200, deliver),
    "办结报告": (
        "deliver",
        "process",
        None,
        lambda life, text: actions.report(
            life.assignment, process=text, view=PetitionerView.AGREE, **by(life, "street_handler")
        ),
    ),
    "审核": (
        "report",
        "note",
        500,
        lambda life, text: actions.check_result(life.assignment, note=text, **by(life, "supervisor")),
    ),
    "更正": (
        None,
        "reason",
        200,
        lambda life, text: actions.ask_correction(
            life.petition, field=CorrectedField.TITLE, new="新", reason=text, **by(life, "registrar")
        ),
    ),
    "条码": (None, "barcode", 32, lambda life, text: keep(life, barcode=text)),
    "说明": (None, "description", 100, lambda life, text: keep(life, description=text)),
    "常用语": (
        None,
        "text",
        300,
        lambda life, text: actions.add_phrase(
            duty=Duty.CASE_HANDLER, use=PhraseUse.NOTE, text=text, **by(life, "bureau_head")
        ),
    ),
}


@pytest.mark.parametrize(("last", "field", "limit", "say"), SAID.values(), ids=SAID)
def test_a_text_that_does_not_fit_is_refused(
    cast: Cast, last: str | None, field: str, limit: int | None, say: Say
) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN)
    if last:
        life.until(last)
    before = Entry.objects.count()
    with refused("含有不能保存的字符，请删去后再试。", field=field):
        say(life, "漏\0水")
    if limit:
        with refused(f"不能超过 {limit} 个字，现在有 {limit + 1} 个字。", field=field):
            say(life, "长" * (limit + 1))
    assert Entry.objects.count() == before


def test_a_category_nobody_knows_is_not_proposed(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with refused("没有这个选项，请从列表中选择。", field="category"):
        life.propose(category="123456")
    assert life.petition.status == "registered"
