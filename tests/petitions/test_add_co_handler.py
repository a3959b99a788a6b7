"""协办: other units help the lead, in time, and never where nobody leads."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast, Life
from xinfang.deadlines.models import Promise
from xinfang.documents.models import Paper
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.lifecycle import AssignmentStatus
from xinfang.petitions.models import Assignment, CoOpinion


def helped(cast: Cast, last: str = "dispatch") -> tuple[Life, Assignment]:
    """The street leads, the department helps."""
    life = Life(cast).until(last)
    work = actions.add_co_handler(
        life.petition, unit=cast.dept, requirement="请说明物业备案情况。", by=cast.dispatcher, at=life.later()
    )
    return life, work


def lead_of(life: Life) -> Assignment:
    return life.petition.assignments.get(role="lead")


def test_the_opinion_of_a_helper_is_due_fifteen_days_before_the_leads_last_day(cast: Cast) -> None:
    life, work = helped(cast, "accept")
    handling = lead_of(life).handling_due
    assert handling is not None
    assert work.due_on == handling - timedelta(days=15)
    assert Promise.objects.get(clock="CO", subject_id=work.pk).due_on == work.due_on


def test_the_opinion_of_a_helper_is_due_in_time_whenever_the_lead_accepts(cast: Cast) -> None:
    """Asked before the lead has accepted, which may be today: forty-five days, not sixty."""
    life, work = helped(cast)
    assert work.notice_due == timezone.localdate(life.now) + timedelta(days=45)
    lead = lead_of(life)
    actions.sign_for(lead, by=cast.street_handler, at=life.later())
    actions.accept(lead, by=cast.street_handler, at=life.later())
    handling = lead_of(life).handling_due
    assert handling is not None
    assert work.notice_due <= handling - timedelta(days=15)


def test_the_helper_gets_a_letter_and_the_petitioner_none(cast: Cast) -> None:
    _life, work = helped(cast)
    papers = Paper.objects.filter(kind__in=["co_letter", "routing_notice"])
    assert sorted(papers.values_list("kind", flat=True)) == ["co_letter", "routing_notice"]
    assert not Paper.objects.filter(subject_kind="assignment", subject_id=work.pk).exists()


def test_the_units_that_were_proposed_help_once_the_lead_has_it(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.propose(co_units=(cast.dept,))
    life.dispatch()
    assert set(life.petition.assignments.values_list("unit__code", "role")) == {
        (cast.street.code, "lead"),
        (cast.dept.code, "co"),
    }


def test_the_lead_waits_for_the_co_opinion_until_its_day_and_no_longer(cast: Cast) -> None:
    life, work = helped(cast, "draft_opinion")
    lead = lead_of(life)
    draft = lead.opinions.get().pk
    with pytest.raises(Refused, match=r"还没有提出协办意见.*到期后可以先行出具"):
        actions.issue_opinion(lead, draft=draft, by=cast.street_head, at=life.later())
    assert work.due_on is not None
    life.now += timedelta(days=(work.due_on - life.now.date()).days + 1)
    actions.issue_opinion(lead, draft=draft, by=cast.street_head, at=life.later())
    work.refresh_from_db()
    assert work.status == AssignmentStatus.CANCELLED


def test_the_co_opinion_reaches_the_lead_and_ends_with_the_leads(cast: Cast) -> None:
    life, work = helped(cast, "draft_opinion")
    actions.sign_for(work, by=cast.dept_handler, at=life.later())
    actions.co_work(work, by=cast.dept_handler, at=life.later())
    actions.give_co_opinion(work, text="物业已备案，应由其维修。", by=cast.dept_head, at=life.later())
    assert CoOpinion.objects.get().text.startswith("物业已备案")
    lead = lead_of(life)
    actions.issue_opinion(lead, draft=lead.opinions.get().pk, by=cast.street_head, at=life.later())
    work.refresh_from_db()
    assert work.status == AssignmentStatus.DONE


def test_a_helper_never_writes_to_the_petitioner(cast: Cast) -> None:
    life, work = helped(cast)
    actions.sign_for(work, by=cast.dept_handler, at=life.later())
    for move in (
        lambda: actions.accept(work, by=cast.dept_handler, at=life.later()),
        lambda: actions.raise_objection(
            work, reason="不是。", basis="清单", suggested_unit=None, by=cast.dept_head, at=life.later()
        ),
    ):
        with pytest.raises(Refused, match="不由协办单位办理"):
            move()


def test_nobody_helps_where_nobody_leads(cast: Cast) -> None:
    life, work = helped(cast, "sign_for")
    actions.cancel(lead_of(life), reason="交错单位。", by=cast.bureau_head, at=life.later())
    work.refresh_from_db()
    assert work.status == AssignmentStatus.CANCELLED
    with pytest.raises(Refused):
        actions.add_co_handler(
            life.petition, unit=cast.dept, requirement="请说明。", by=cast.dispatcher, at=life.later()
        )


@pytest.mark.parametrize("unit", ["street", "dept", "discipline", "village"])
def test_the_lead_a_helper_and_who_may_not_handle_are_not_added(cast: Cast, unit: str) -> None:
    life, _work = helped(cast)
    with pytest.raises(Refused, match=r"已经在办理该件|不能作为协办单位"):
        actions.add_co_handler(
            life.petition, unit=getattr(cast, unit), requirement="请说明。", by=cast.dispatcher, at=life.later()
        )


def test_adding_a_helper_moves_no_other_date(cast: Cast) -> None:
    life = Life(cast).until("dispatch")
    before = list(Promise.objects.order_by("id").values_list("pk", "due_on", "stopped_at"))
    actions.add_co_handler(life.petition, unit=cast.dept, requirement="请说明。", by=cast.dispatcher, at=life.later())
    after = Promise.objects.exclude(clock="CO").order_by("id").values_list("pk", "due_on", "stopped_at")
    assert list(after) == before
