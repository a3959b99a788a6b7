"""简易办理: three working days to accept, ten for the opinion, and what it is not for (domain 3.5, S22)."""

from datetime import date

import pytest

from tests.cast import Cast, Life
from tests.petitions.facts import begun, moment, paper, promises_of, refused, running, said, stopped
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import actions, progress
from xinfang.petitions.codes import AssignmentKind, Channel, Procedure, SimpleGround, Source
from xinfang.petitions.errors import NotReady, NotYourMove
from xinfang.petitions.models import Assignment, Petition
from xinfang.trace.models import Entry

FRIDAY = moment(date(2026, 2, 13))
"""Before Spring Festival: 14 February is worked, 15 to 23 are free, 28 February is worked."""


def simple(life: Life, at: object = None, *, may_be_refused: bool = False) -> Assignment:
    return actions.accept_simple(
        life.assignment,
        ground=SimpleGround.DAILY_LIFE,
        may_be_refused=may_be_refused,
        by=life.handler,
        at=at or life.later(),  # type: ignore[arg-type]
    )


@pytest.fixture
def life(cast: Cast, calendar_of_2026: None) -> Life:
    return begun(cast, FRIDAY, channel=Channel.ONLINE).until("sign_for")


def test_received_before_spring_festival_it_may_be_accepted_until_the_25th(life: Life) -> None:
    simple(life, moment(date(2026, 2, 25), 23))
    assert life.assignment.status == "accepted"


def test_on_the_26th_it_is_too_late_and_the_ordinary_road_is_named(life: Life) -> None:
    with refused("最后一日是 2026-02-25；请按普通程序受理。", NotReady):
        simple(life, moment(date(2026, 2, 26), 0, 5))


def test_accepted_on_the_24th_the_opinion_is_due_on_the_9th_of_march(life: Life) -> None:
    simple(life, moment(date(2026, 2, 24)))
    assert running(life.assignment) == {"D8B": date(2026, 3, 9)}
    assert (life.assignment.handling_due, life.assignment.due_on) == (date(2026, 3, 9), date(2026, 3, 9))
    notice = said(PaperKind.RECEIPT_NOTICE, life.petition)
    assert (notice["procedure"], notice["due"]) == ("简易办理", "2026-03-09")
    told = progress.of(life.petition, today=date(2026, 2, 24)).next
    assert (told.due, told.article) == (date(2026, 3, 9), "《信访事项简易办理办法》")


def test_the_opinion_stops_its_clock(life: Life) -> None:
    simple(life, moment(date(2026, 2, 24)))
    life.now = moment(date(2026, 2, 25))
    life.handle()
    life.draft_opinion()
    life.issue_opinion()
    assert "D8B" in stopped(life.assignment)


def test_what_an_organ_handles_itself_reached_it_with_the_petition(cast: Cast, calendar_of_2026: None) -> None:
    life = begun(cast, FRIDAY, way=AssignmentKind.SELF)
    life.now = moment(date(2026, 2, 25))
    life.until("sign_for")
    with refused("最后一日是 2026-02-25", NotReady):
        simple(life, moment(date(2026, 2, 26)))


def test_a_repeat_is_not_simple(life: Life, cast: Cast) -> None:
    other = begun(cast, FRIDAY)
    Petition.objects.filter(pk=life.pk).update(is_initial=False, repeat_of=other.petition)
    with refused("只有初次信访事项适用简易办理", NotReady):
        simple(life)


def test_what_another_law_handles_is_not_simple(life: Life) -> None:
    Assignment.objects.update(procedure=Procedure.ARBITRATION)
    with refused("应当通过其他法定途径处理的，不适用简易办理", NotReady):
        simple(life)


def test_what_was_assigned_is_not_simple(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("sign_for")
    with refused("交办的事项不适用简易办理", NotReady):
        simple(life)


def test_what_came_from_above_is_not_simple(cast: Cast) -> None:
    life = Life(cast, source=Source.FROM_CITY).until("sign_for")
    with refused("交办的事项不适用简易办理", NotReady):
        simple(life)


def test_a_group_is_not_simple(cast: Cast) -> None:
    life = Life(cast).until("sign_for")
    Petition.objects.filter(pk=life.pk).update(is_group=True)
    with refused("集体联名或者涉及多个责任单位的事项不适用简易办理", NotReady):
        simple(life)


def test_what_may_be_refused_is_not_simple(life: Life) -> None:
    with refused("诉求可能不予支持的，不适用简易办理", field="may_be_refused"):
        simple(life, may_be_refused=True)


def test_every_exclusion_names_the_norm(life: Life) -> None:
    with pytest.raises(Exception, match="简易办理") as caught:
        simple(life, may_be_refused=True)
    assert caught.value.article == "《信访事项简易办理办法》"  # type: ignore[attr-defined]


def leave(life: Life, reason: str = "涉及邻里多户。") -> Assignment:
    return actions.leave_simple(life.assignment, reason=reason, by=life.handler, at=life.later())


def test_it_turns_to_the_ordinary_procedure_and_the_sixty_days_run_from_acceptance(life: Life) -> None:
    simple(life, moment(date(2026, 2, 24)))
    life.now = moment(date(2026, 3, 2))
    leave(life)
    assert running(life.assignment) == {"D5": date(2026, 4, 25)}
    assert (life.assignment.status, life.assignment.procedure) == ("accepted", "petition_procedure")
    assert life.assignment.handling_due == life.assignment.due_on == date(2026, 4, 25)
    assert said(PaperKind.RECEIPT_NOTICE, life.petition)["due"] == "2026-04-25"
    assert paper(PaperKind.RECEIPT_NOTICE, life.petition).issued_at == life.now


def test_turning_needs_a_reason(life: Life) -> None:
    simple(life)
    with refused("请写明不宜简易办理的理由。", field="reason"):
        leave(life, reason="")


def test_what_is_not_simple_does_not_leave_it(cast: Cast) -> None:
    life = Life(cast).until("accept")
    with refused("“转普通程序”不用于按“信访程序”办理的件。", NotYourMove):
        leave(life)


def test_the_ground_stands_in_the_trace(life: Life) -> None:
    simple(life, moment(date(2026, 2, 24)))
    facts = Entry.objects.get(act="assignment.accept_simple").facts
    assert (facts["ground"], facts["due"]) == ("daily_life", {"D8B": "2026-03-09"})
    assert promises_of(life.assignment).filter(clock="D5").count() == 0
