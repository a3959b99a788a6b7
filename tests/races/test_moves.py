"""Two people press the same button at once: one wins, and the other is told so."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from tests.cast import MORNING, Cast, Life, intake, registered
from tests.races.together import errors, together
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import (
    AssignmentKind,
    DeliveryMode,
    DuplicateOutcome,
    EvaluationValue,
    MatterKind,
    Procedure,
    Way,
)
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.models import Assignment, Petition
from xinfang.petitions.policies import By
from xinfang.trace import sequencer
from xinfang.trace.acts import PETITIONER, AlreadyDone, once
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

GOOD = EvaluationValue.SATISFIED
Do = Callable[[Life, By, Any], object]


def deliver(life: Life, by: By, at: Any) -> object:
    return actions.deliver(
        life.assignment, mode=DeliveryMode.MAIL, delivered_on=at.date(), proof="EMS 20260001", by=by, at=at
    )


def propose(life: Life, by: By, at: Any) -> object:
    way = Disposition(
        kind=MatterKind.APPEAL_CLAIM,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        way=Way.TRANSFER,
        lead_unit=life.cast.street,
        opinion="属街道职责。",
    )
    return actions.propose(life.petition, way, by=by, at=at)


MOVES: dict[str, tuple[str, tuple[str, str], Do]] = {
    "petition.propose": ("check_duplicate", ("dispatcher", "registrar"), propose),
    "petition.transfer": (
        "propose",
        ("dispatcher", "dispatcher"),
        lambda life, by, at: actions.transfer(life.petition, by=by, at=at),
    ),
    "assignment.sign_for": (
        "dispatch",
        ("street_head", "street_handler"),
        lambda life, by, at: actions.sign_for(life.assignment, by=by, at=at),
    ),
    "assignment.accept": (
        "sign_for",
        ("street_head", "street_handler"),
        lambda life, by, at: actions.accept(life.assignment, by=by, at=at),
    ),
    "assignment.issue_opinion": (
        "draft_opinion",
        ("street_head", "street_head"),
        lambda life, by, at: actions.issue_opinion(life.assignment, draft=life.draft, by=by, at=at),
    ),
    "assignment.deliver": ("issue_opinion", ("street_head", "street_handler"), deliver),
}


@pytest.mark.parametrize(("verb", "facts"), MOVES.items(), ids=MOVES)
def test_one_wins_and_the_other_is_off_the_road(
    county: Cast, verb: str, facts: tuple[str, tuple[str, str], Do]
) -> None:
    last, who, do = facts
    life = Life(county).until(last)
    at = life.later()
    results = together(*[partial(do, life, county.again(name), at) for name in who])
    assert [type(error) for error in errors(results)] == [NotOnTheRoad]
    assert Entry.objects.filter(act=verb).count() == 1
    sequencer.place_all()
    assert verify() is None


def test_the_same_form_sent_twice_at_once_is_one_petition(county: Cast) -> None:
    def send() -> Petition:
        with once("form-1"):
            return actions.register(intake(), organ=county.bureau, by=PETITIONER, at=MORNING).petition

    results = together(*[send] * 4)
    told = errors(results)
    petition = Petition.objects.get()
    assert [type(error) for error in told] == [AlreadyDone] * 3
    assert {error.subject_id for error in told} == {petition.pk}  # type: ignore[attr-defined]
    assert petition.number == "6101152026LX000001"


def test_the_petitioner_rates_once_however_often_he_presses(county: Cast) -> None:
    life = Life(county).until("deliver")
    at, secret = life.later(), life.registered.act_secret

    def rate() -> object:
        return actions.evaluate(life.petition, bureau=GOOD, unit=GOOD, act_secret=secret, by=PETITIONER, at=at)

    results = together(rate, rate, rate)
    assert [type(error) for error in errors(results)] == [Refused] * 2
    assert life.petition.evaluations.count() == 1


def test_a_matter_is_given_to_one_unit_only(county: Cast) -> None:
    """A petition and its repeat are transferred at once (C1)."""
    first, repeat = Life(county).until("propose"), Life(county)
    same = {"outcome": DuplicateOutcome.REPEAT, "other": first.petition, "reason": "同人同事"}
    actions.check_duplicate(repeat.petition, **same, by=county.dispatcher, at=repeat.later())
    repeat.propose()
    at = max(first.now, repeat.now) + timedelta(hours=1)
    give = [partial(actions.transfer, life.petition, by=county.again("dispatcher"), at=at) for life in (first, repeat)]
    results = together(*give)
    assert len(errors(results)) == 1
    assert isinstance(errors(results)[0], Refused)
    assert Assignment.objects.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_petitions_only_one_becomes_the_others_repeat(county: Cast, attempt: int) -> None:
    one, other = registered(county).petition, registered(county).petition
    at = MORNING + timedelta(hours=1)

    def check(petition: Petition, initial: Petition) -> Callable[[], object]:
        by = county.again("dispatcher")
        same = {"outcome": DuplicateOutcome.REPEAT, "other": initial, "reason": "同人同事"}
        return lambda: actions.check_duplicate(petition, **same, by=by, at=at)

    results = together(check(one, other), check(other, one))
    assert [type(error) for error in errors(results)] == [Refused]
    repeat = Petition.objects.get(is_initial=False)
    assert repeat.repeat_of is not None
    assert repeat.repeat_of.is_initial


def test_a_report_is_checked_once_by_two_checkers(county: Cast) -> None:
    life = Life(county, way=AssignmentKind.ASSIGN).until("report")
    at = life.later()
    checkers = [county.again(name) for name in ("supervisor", "bureau_head", "dispatcher")]
    check = partial(actions.check_result, life.assignment, note="合格。", at=at)
    results = together(*[partial(check, by=by) for by in checkers])
    assert [type(error) for error in errors(results)] == [NotOnTheRoad] * 2
    assert life.assignment.check_results.count() == 1
