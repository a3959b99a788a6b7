"""并案: a repeat joins its initial petition; nothing is deleted, and no clock begins anew (条例 十九)."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import hands_that_may, paper, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions
from xinfang.petitions.codes import DuplicateOutcome
from xinfang.petitions.errors import NotReady
from xinfang.petitions.models import Assignment, Demand, Ending, Petition


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("repeat")


def merge(life: Life) -> Ending:
    return actions.merge(life.petition, by=life.cast.dispatcher, at=life.later())


def repeat_of(cast: Cast, initial: Life) -> Life:
    """The same person writes again while the first petition goes its way."""
    life = Life(cast, at=initial.now, received_at=initial.now)
    life.now = initial.now
    actions.check_duplicate(
        life.petition,
        outcome=DuplicateOutcome.REPEAT,
        other=initial.petition,
        reason="同人同事。",
        by=cast.registrar,
        at=life.later(),
    )
    return life


def test_the_dispatcher_merges(cast: Cast, life: Life) -> None:
    at = life.later()
    assert hands_that_may(cast, lambda by: actions.merge(life.petition, by=by, at=at)) == {"dispatcher"}


def test_it_ends_and_waits_for_the_archive_alone(life: Life) -> None:
    merge(life)
    assert (life.petition.status, life.petition.ended_at) == ("merged", life.now)
    assert stopped(life.petition) == {"D2": life.now}
    assert running(life.petition) == {"D20": date(2026, 7, 15)}
    assert life.petition.due_on == date(2026, 7, 15)


def told_of(cast: Cast, initial: Life) -> str:
    """What the notice to whoever wrote again says of the matter."""
    again = repeat_of(cast, initial)
    merge(again)
    return str(said(PaperKind.REPEAT_NOTICE, again.petition)["next"])


def test_the_notice_names_the_last_day_of_who_leads_and_not_of_who_helps(cast: Cast) -> None:
    initial = Life(cast).until("accept")
    lead = initial.assignment
    unit, by = cast.dept, cast.dispatcher
    actions.add_co_handler(initial.petition, unit=unit, requirement="请说明。", by=by, at=initial.later())
    assert told_of(cast, initial).startswith(f"该事项的办理期限到 {lead.handling_due} 届满，")


def test_the_notice_promises_no_result_where_it_was_given_and_no_day_that_nobody_works_towards(cast: Cast) -> None:
    given_back = Life(cast).until("return_assignment")
    assert told_of(cast, given_back) == "结果将书面告知；本件材料已归入该件。"


def test_of_what_is_closed_the_notice_says_that_the_result_was_told(cast: Cast) -> None:
    closed = Life(cast).until("deliver")
    assert told_of(cast, closed) == "该事项已经办结，结果已经书面告知；本件材料已归入该件。"


def test_no_unit_gets_the_same_matter_twice(life: Life) -> None:
    merge(life)
    assert not Assignment.objects.filter(petition=life.pk).exists()


def test_nothing_is_deleted_and_both_lie_under_one_matter(life: Life) -> None:
    initial = life.petition.repeat_of
    assert initial is not None
    merge(life)
    assert life.petition.matter_id == Petition.objects.get(pk=initial.pk).matter_id
    assert Demand.objects.filter(petition=life.pk).count() == 2
    assert life.petition.is_counted


def test_the_dates_of_the_initial_petition_stay(cast: Cast) -> None:
    initial = Life(cast).until("sign_for")
    before = running(initial.petition), running(initial.assignment)
    merge(repeat_of(cast, initial))
    assert (running(initial.petition), running(initial.assignment)) == before


def test_the_petitioner_is_told_where_the_initial_one_stands_and_until_when(cast: Cast) -> None:
    initial = Life(cast).until("sign_for")
    life = repeat_of(cast, initial)
    merge(life)
    told = said(PaperKind.REPEAT_NOTICE, life.petition)
    assert told["initial"] == initial.petition.number
    assert told["state"] == "已交转"
    assert str(initial.assignment.handling_due) in told["next"]
    assert paper(PaperKind.REPEAT_NOTICE, life.petition).issued_at == life.now


def test_what_was_not_found_to_be_a_repeat_is_not_merged(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    with refused("该件没有判为重件，不能并案。请先判重。", NotReady):
        merge(life)


def test_into_a_petition_that_has_ended_nothing_is_merged_but_it_can_be_proposed(cast: Cast) -> None:
    initial = Life(cast).until("propose_decline")
    actions.decline(initial.petition, right_road="向法院起诉。", by=cast.dispatcher, at=initial.later())
    life = repeat_of(cast, initial)
    with refused("初件已经了结，不能并入；请拟办。", NotReady):
        merge(life)
    life.propose()
    assert life.petition.status == "triaged"
