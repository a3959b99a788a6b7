"""调整反馈期限 through its page: bad days and no reason stand beside their fields, and nothing typed is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, Life
from tests.desk.hall import shown, words
from tests.petitions.facts import begun
from xinfang.deadlines.models import Shift
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind

Desk = Callable[[str], Client]


@pytest.fixture
def life(cast: Cast) -> Life:
    life = begun(cast, timezone.now() - timedelta(days=3), way=AssignmentKind.ASSIGN).until("approve")
    due = timezone.localdate() + timedelta(days=10)
    actions.instruct(life.petition, leader=cast.leader, text="从速。", due_on=due, by=cast.leader, at=life.later())
    life.dispatch()
    return life


def send(client: Client, life: Life, **form: str) -> tuple[int, str]:
    path = f"/desk/assignments/{life.assignment.pk}/move_feedback/"
    drawn = client.get(path)
    marks = {"once": drawn.context["once"], "seen": drawn.context["seen"]}
    answer = client.post(path, {**form, **marks, **shown(drawn)})
    return answer.status_code, words(answer)


def test_the_page_shows_the_leader_and_moves_the_day(at_desk: Desk, life: Life) -> None:
    client = at_desk("bureau_head")
    path = f"/desk/assignments/{life.assignment.pk}/move_feedback/"
    assert path in words(client.get(f"/desk/petitions/{life.petition.number}/"))
    assert "区县领导某，指明" in words(client.get(path))
    day = timezone.localdate() + timedelta(days=20)
    assert send(client, life, day=day.isoformat(), reason="已请示。")[0] == 302
    assert life.assignment.feedback_due == day
    assert "已请示。" in words(client.get(f"/desk/petitions/{life.petition.number}/"))


@pytest.mark.parametrize(
    ("day", "reason", "said"),
    [
        ("", "已请示。", "请填写"),
        ("明天", "已请示。", "日期"),
        ("2026-02-31", "已请示。", "日期"),
        ("1999-01-01", "已请示。", "新的反馈期限要晚于原来的"),
        ("too late", "已请示。", "反馈期限不得晚于法定办理期限的最后一日"),
        ("2999-01-01", "", "请填写"),
        ("2999-01-01", "长" * 501, "500"),
    ],
)
def test_what_cannot_be_right_is_told_and_kept(at_desk: Desk, life: Life, day: str, reason: str, said: str) -> None:
    day = (timezone.localdate() + timedelta(days=200)).isoformat() if day == "too late" else day
    status, page = send(at_desk("bureau_head"), life, day=day, reason=reason)
    assert status == 422
    assert said in page
    assert reason in page
    assert not Shift.objects.exists()
