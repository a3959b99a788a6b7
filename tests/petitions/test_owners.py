"""Days without an owner, each at the door of whoever caused them (domain 3.7)."""

from datetime import timedelta

from tests.cast import Cast, Life
from xinfang.petitions import actions
from xinfang.petitions.owners import Gap, days_without_owner


def gaps(life: Life) -> list[Gap]:
    return days_without_owner(life.petition, life.now.date())


def test_a_petition_that_is_handled_has_none(cast: Cast) -> None:
    assert gaps(Life(cast).until("handle")) == []


def test_after_an_objection_that_holds_the_days_are_the_bureaus(cast: Cast) -> None:
    life = Life(cast).until("object")
    since = life.now.date()
    life.later(days=2)
    life.return_assignment()
    life.later(days=3)
    actions.reassign(life.petition, unit=cast.dept, reason="其职责。", by=cast.dispatcher, at=life.later())
    [gap] = gaps(life)
    assert (gap.since, gap.until, gap.cause) == (since, life.now.date(), cast.bureau)
    assert gap.days == (life.now.date() - since).days >= 5


def test_after_an_objection_without_ground_they_are_the_units(cast: Cast) -> None:
    life = Life(cast).until("object")
    life.later(days=2)
    actions.refuse_objection(life.assignment, answer="属其职责。", by=cast.dispatcher, at=life.later())
    [gap] = gaps(life)
    assert gap.cause == cast.street
    assert gap.days == 2


def test_before_the_answer_they_are_nobodys_yet_and_grow(cast: Cast) -> None:
    life = Life(cast).until("object")
    life.now += timedelta(days=4)
    [gap] = gaps(life)
    assert (gap.until, gap.cause, gap.days) == (None, None, 4)
