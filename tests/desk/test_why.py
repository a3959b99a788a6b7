"""为什么是这一天: every last day opens the reasons for it, to whoever may see the petition, and says what it rests on."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.test import Client

from tests.cast import Cast, Life
from tests.desk.hall import TOKEN, words
from xinfang.deadlines import shifts
from xinfang.deadlines.models import Promise
from xinfang.deadlines.shifts import Approver
from xinfang.deadlines.terms import Clock
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Petition

Desk = Callable[[str], Client]


def of(petition: Petition, clock: Clock) -> Promise:
    ids = [petition.pk, *petition.assignments.values_list("pk", flat=True)]
    return Promise.objects.get(subject_id__in=ids, clock=clock)


def why(client: Client, promise: Promise) -> str:
    return words(client.get(f"/desk/why/{promise.pk}/"))


def test_a_clock_of_the_petition_page_opens_its_reasons(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("dispatch").petition
    client, notice = at_desk("dispatcher"), of(petition, Clock.D4)
    assert f'href="/desk/why/{notice.pk}/"' in words(client.get(f"/desk/petitions/{petition.number}/"))
    page = why(client, notice)
    assert f"为什么是{notice.due_on}" in page
    assert "《信访工作条例》第二十三条第三款" in page
    assert "期限是15日，休息日也算在内" in page
    assert "单位收到转送、交办之日。" in page


def test_what_an_organ_was_told_directly_stands_under_the_paragraph_of_its_own(at_desk: Desk, cast: Cast) -> None:
    """条例 二十三: paragraph two for what it received itself, three for what it was given."""
    petition = Life(cast, way=AssignmentKind.SELF).until("dispatch").petition
    assert "第二款，自收到" in why(at_desk("dispatcher"), of(petition, Clock.D2))
    told = why(at_desk("dispatcher"), of(petition, Clock.D4))
    assert "第二十三条第二款" in told
    assert "第三款" not in told


def test_the_proof_is_the_act_that_started_it_and_its_paper(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("dispatch").petition
    page = why(at_desk("dispatcher"), of(petition, Clock.D4))
    assert "“转送”，留痕第" in page
    assert "；文书：" in page


def test_every_counted_day_stands_there_once(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("accept").petition
    page = why(at_desk("dispatcher"), of(petition, Clock.D5))
    numbers = [page.count(f"<b>{n}</b>") for n in range(1, 61)]
    assert numbers == [1] * 60
    assert "<b>61</b>" not in page


def test_a_date_in_a_list_opens_what_ends_that_day(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("sign_for").petition
    client, assignment = at_desk("street_handler"), petition.assignments.get()
    address = f"/desk/why/{petition.pk}/{assignment.notice_due}/"
    assert address in words(client.get("/desk/"))
    assert "书面告知" in words(client.get(address))


def test_until_a_unit_accepts_its_sixty_days_run_from_the_last_day_of_notice(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("sign_for").petition
    assignment = petition.assignments.get()
    page = words(at_desk("dispatcher").get(f"/desk/why/{petition.pk}/{assignment.handling_due}/"))
    assert "推定受理" in page
    assert assignment.notice_due.isoformat() in page


def test_an_extension_stands_there_with_its_approver(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("accept").petition
    promise = of(petition, Clock.D5)
    by = Approver("unit_head", f"officer:{cast.street_head.pk}@{cast.street.code}")
    at = datetime.combine(promise.started_on, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
    shift = shifts.extend(promise, days=30, ground="需委托测绘", by=by, at=at)
    page = why(at_desk("dispatcher"), promise)
    assert f"为什么是{shift.due_after}" in page
    assert "经批准延长30日" in page
    assert f"{cast.street.name} 单位负责人" in page
    assert "需委托测绘" in page
    assert "<b>90</b>" in page


def test_the_copies_of_a_moved_date_move_with_it(cast: Cast) -> None:
    petition = Life(cast, way=AssignmentKind.ASSIGN).until("accept").petition
    promise, assignment = of(petition, Clock.D5), petition.assignments.get()
    assert assignment.due_on == assignment.handling_due == promise.due_on
    at = datetime.combine(promise.started_on, datetime.min.time(), ZoneInfo("Asia/Shanghai"))
    shift = shifts.extend(promise, days=10, ground="案情复杂", by=Approver("unit_head", "officer:1@1"), at=at)
    assignment.refresh_from_db()
    assert assignment.handling_due == assignment.due_on == shift.due_after
    assert assignment.notice_due < assignment.handling_due


def test_nobody_is_told_of_a_petition_he_may_not_see(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("dispatch").petition
    promise, client = of(petition, Clock.D4), at_desk("dept_handler")
    unknown = client.get("/desk/why/77/")
    assert unknown.status_code == 404
    for address in (f"/desk/why/{promise.pk}/", f"/desk/why/{petition.pk}/{promise.due_on}/"):
        assert TOKEN.sub("", words(client.get(address))) == TOKEN.sub("", words(unknown))


def test_a_day_on_which_nothing_ends_has_no_page(at_desk: Desk, cast: Cast) -> None:
    petition = Life(cast).until("dispatch").petition
    for day in (date(2020, 1, 1).isoformat(), "2026-02-30"):
        assert at_desk("dispatcher").get(f"/desk/why/{petition.pk}/{day}/").status_code == 404


def test_the_reasons_are_read_in_few_statements(
    at_desk: Desk, cast: Cast, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    petition = Life(cast).until("accept").petition
    client, promise = at_desk("dispatcher"), of(petition, Clock.D5)
    why(client, promise)
    with django_assert_max_num_queries(11):  # type: ignore[attr-defined]
        why(client, promise)
