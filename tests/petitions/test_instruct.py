"""领导批示 and 包案 (条例 十八)."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast, Life
from xinfang.deadlines.models import Promise
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, worklists
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Proposal


def instruct(life: Life, days: int | None = None, **changes: object) -> None:
    due = None if days is None else life.now.date() + timedelta(days=days)
    said = {"leader": life.cast.leader, "text": "请认真办理。", "due_on": due, "by": life.cast.leader, **changes}
    actions.instruct(life.petition, at=life.later(), **said)


def test_what_a_leader_wrote_on_is_assigned_and_approved(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    instruct(life)
    with pytest.raises(Refused, match="应当交办"):
        life.propose()
    life.way = AssignmentKind.ASSIGN
    life.propose()
    assert Proposal.objects.latest("id").needs_approval


def test_a_proposal_made_before_cannot_be_transferred_any_more(cast: Cast) -> None:
    life = Life(cast).until("propose")
    instruct(life)
    with pytest.raises(Refused, match="应当交办，不能转送；请退回重新拟办"):
        life.dispatch()


def test_his_day_stands_in_the_letter_where_it_is_earlier(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("approve")
    instruct(life, 20)
    life.dispatch()
    assert life.assignment.feedback_due == (life.now - timedelta(hours=2)).date() + timedelta(days=20)


def test_his_day_brings_the_report_forward_and_nothing_else(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("accept")
    law = life.assignment.handling_due
    others = list(Promise.objects.exclude(clock="D7").order_by("id").values_list("pk", "due_on", "stopped_at"))
    instruct(life, 20)
    assert life.assignment.feedback_due == life.now.date() + timedelta(days=20)
    assert life.assignment.handling_due == law
    assert list(Promise.objects.exclude(clock="D7").order_by("id").values_list("pk", "due_on", "stopped_at")) == others


@pytest.mark.parametrize(("days", "sentence"), [(0, "必须晚于今天"), (200, "只能早于法定期限")])
def test_a_day_that_is_past_or_later_than_the_laws_is_refused(cast: Cast, days: int, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        instruct(Life(cast, way=AssignmentKind.ASSIGN).until("accept"), days)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(days=st.lists(st.integers(1, 90), min_size=1, max_size=4))
@pytest.mark.django_db
def test_however_many_days_leaders_name_none_makes_a_date_later(days: list[int], cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("dispatch")
    for n in days:
        before = life.assignment
        try:
            instruct(life, n)
        except Refused:
            assert life.assignment.feedback_due == before.feedback_due
        after = life.assignment
        assert after.feedback_due is not None
        assert before.feedback_due is not None
        assert after.feedback_due <= before.feedback_due
        assert (after.handling_due, after.notice_due) == (before.handling_due, before.notice_due)


def test_only_the_leader_himself_or_the_bureaus_head_enters_it(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    instruct(life, by=cast.bureau_head)
    for name in ("dispatcher", "street_head"):
        with pytest.raises(Refused):
            instruct(life, by=getattr(cast, name))
    with pytest.raises(Refused, match="须是区领导岗位"):
        instruct(life, leader=cast.registrar, by=cast.bureau_head)


def test_it_stands_in_the_leaders_short_list(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    assert not worklists.led_by(cast.again("leader")).exists()
    instruct(life)
    assert list(worklists.led_by(cast.again("leader"))) == [life.petition]


def test_a_matter_has_one_sponsor_at_a_time_who_logs_and_ends(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    life.sponsor()
    with pytest.raises(Refused, match="已有领导包案"):
        life.sponsor()
    with pytest.raises(Refused, match="日期不能晚于今天"):
        actions.log_sponsor_visit(
            life.petition, text="约见。", visited_on=life.now.date() + timedelta(2), by=cast.leader, at=life.later()
        )
    actions.log_sponsor_visit(life.petition, text="约见。", visited_on=life.now.date(), by=cast.leader, at=life.later())
    row = actions.end_sponsorship(life.petition, result="已化解。", by=cast.leader, at=life.later())
    assert (row.visits.count(), row.result) == (1, "已化解。")
    life.sponsor()
