"""Scenarios of domain section 10 about who looks again: S14, an application after its window, and S16, which organ is asked.

Over the pages: the registrar enters the petitioner's paper, the review office answers it.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast, assemble
from tests.cast import Life as Told
from tests.desk.hall import shown, signed_in, words
from tests.journeys.life import Life
from tests.journeys.roads import draft, given, registered, take
from tests.journeys.visitor import Upload
from xinfang.deadlines.models import Promise
from xinfang.organizations.models import Division, Duty, Officer, Post, Tenure, Unit, UnitKind
from xinfang.petitions import actions
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import DeliveryMode, OpinionResult
from xinfang.petitions.models import Delivery, ReviewCase

APPLICATION = Upload("复查申请书.txt", "text/plain", "我不服，请求复查。".encode())


def answered(life: Life) -> None:
    """The opinion reached the petitioner on 10 August."""
    registered(life, "2026-06-15 09:00")
    given(life, "2026-06-15 15:00")
    with life.at_petition("lihongmei", "2026-06-16 10:00") as desk:
        take(desk, "受理告知")
    with life.at_petition("lihongmei", "2026-06-17 10:00") as desk:
        take(desk, "承办", text="已上门了解情况。")
        draft(desk)
    with life.at_petition("zhoujianshe", "2026-08-07 10:00") as desk:
        take(desk, "出具处理意见")
    with life.at_petition("lihongmei", "2026-08-10 10:00") as desk:
        take(desk, "送达", mode="当面", delivered_on="2026-08-10", proof="李淑芬签收")


def apply(life: Life, at: str) -> None:
    """On paper, at the registrar's window."""
    with life.at_desk("zhaomin", at) as desk:
        life.find(desk)
        day = at[:10]
        facts = {"level": "复查", "organ": "临潼区人民政府", "applied_on": day, "received_on": day}
        take(desk, "申请复查、复核", **facts, request="界址没有查清，请求复查。", scan=APPLICATION)


def test_s14_the_window_has_passed(life: Life) -> None:
    """S14 复查期已过."""
    answered(life)
    assert Promise.objects.get(clock="D9").due_on == date(2026, 9, 9)
    apply(life, "2026-09-21 09:30")
    review = ReviewCase.objects.get()
    assert review.is_late
    assert Promise.objects.get(clock="D10A").due_on == date(2026, 10, 6)
    with life.at_petition("heping", "2026-09-22 09:00") as desk:
        assert desk.sees("逾期申请")
        desk.follow("受理复查、复核")
        desk.press("受理复查、复核")
        assert desk.sees("申请期限的最后一日是2026-09-09，申请已经逾期。")
    with life.at_petition("heping", "2026-09-22 10:00") as desk:
        reason = "处理意见书2026年8月10日签收，期限到9月9日届满；没有不可抗力，送达没有瑕疵。"
        take(
            desk,
            "不予受理复查、复核",
            ground="超过申请期限",
            reason=reason,
            right_road="有新的事实和理由的，可以另行提出。",
        )
        desk.follow("复查（复核）申请不予受理告知书")
        assert desk.sees("超过申请期限")
        assert desk.sees("《信访工作条例》第三十五条")
    assert ReviewCase.objects.get().refusal == "out_of_time"
    life.petitioner_reads("已办结。", at="2026-09-22 20:00")


def test_s14_force_majeure_is_recorded_and_it_is_taken_up(life: Life) -> None:
    """S14 复查期已过: 不可抗力、送达瑕疵."""
    answered(life)
    apply(life, "2026-09-21 09:30")
    with life.at_petition("heping", "2026-09-22 09:00") as desk:
        ground, excuse = "不可抗力或者其他不能归责于申请人的事由", "8月中旬至9月上旬住院手术，有病历。"
        take(desk, "受理复查、复核", late_ground=ground, late_excuse=excuse)
    with life.at_petition("heping", "2026-09-23 09:00") as desk:
        take(desk, "审查")
    with life.at_petition("heping", "2026-10-10 09:00") as desk:
        said = {"examined": "调卷，听取双方意见。", "findings": "界址有图可查。", "basis": "《民法典》"}
        take(desk, "作出复查、复核意见", decision="维持", outcome="原意见事实清楚。", **said)
        desk.follow("信访事项复查意见书")
        assert desk.sees("30日内向西安市人民政府请求复核")
    with life.at_petition("heping", "2026-10-12 09:00") as desk:
        take(desk, "送达复查、复核意见", mode="当面", delivered_on="2026-10-12", proof="李淑芬签收")
    life.petitioner_reads("复查意见书已送达。", at="2026-10-12 20:00")


def test_s14_a_service_without_a_signature_began_no_window(life: Life) -> None:
    """S14 复查期已过: 送达回证没有签字."""
    answered(life)
    Delivery.objects.update(proof="")  # a receipt that came back unsigned, as it was entered before this was asked for
    apply(life, "2026-09-21 09:30")
    with life.at_petition("heping", "2026-09-22 09:00") as desk:
        assert desk.sees("送达没有证明，没有起算")
        desk.follow("不予受理复查、复核")
        desk.fill(ground="超过申请期限", reason="逾期。", right_road="另行提出。")
        desk.press("不予受理复查、复核")
        assert desk.sees("申请期限没有起算，不能以逾期为由不予受理，应当受理。")
    with life.at_petition("heping", "2026-09-22 09:10") as desk:
        take(desk, "受理复查、复核")
    Delivery.objects.update(proof="李淑芬签收")  # the trace vouches for what was entered


# S16

UNITS = {
    "street": ("6101150010000001299", ["临潼区人民政府"]),
    "dept": ("6101150000000048299", ["临潼区人民政府", "西安市住房和城乡建设局"]),
    "branch": ("6101150000000046299", ["西安市自然资源和规划局", "西安市人民政府"]),
    "vertical": ("6101150000000062299", ["国家税务总局西安市税务局"]),
}


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in a city, beside a branch of a city bureau and a vertical organ."""
    cast = assemble()
    Division.objects.create(code="610000000000", name="陕西省", kind="province")
    Division.objects.create(code="610100000000", name="西安市", kind="city", parent_id="610000000000")
    Division.objects.filter(pk="610115000000").update(parent="610100000000")
    Unit.objects.filter(pk=cast.dept.pk).update(superior="西安市住房和城乡建设局")
    for code, name, kind, superior in (
        ("6101150000000046299", "西安市自然资源和规划局临潼分局", UnitKind.BRANCH, "西安市自然资源和规划局"),
        ("6101150000000062299", "国家税务总局西安市临潼区税务局", UnitKind.VERTICAL, "国家税务总局西安市税务局"),
    ):
        unit = Unit.objects.create(
            code=code,
            name=name,
            short_name=name[-4:],
            kind=kind,
            opened_on=date(2007, 5, 8),
            paper_code=f"临{code[12:16]}",
            superior=superior,
        )
        for duty in (Duty.UNIT_HEAD, Duty.CASE_HANDLER):
            post = Post.objects.create(unit=unit, duty=duty, name=str(duty.label))
            officer = Officer.objects.create(username=f"{code}{duty}", name="某", must_change_password=False)
            Tenure.objects.create(post=post, officer=officer, since=date(2020, 1, 1))
    return cast


def opinion_of(cast: Cast, code: str) -> Told:
    """A petition that this unit has answered, in writing and with proof."""
    life = Told(cast)
    life.now = timezone.now() - timedelta(days=20)
    unit = Unit.objects.get(code=code)
    head, handler = (
        Officer.objects.get(tenures__post__unit=unit, tenures__post__duty=duty)
        for duty in (Duty.UNIT_HEAD, Duty.CASE_HANDLER)
    )
    life.check_duplicate()
    life.propose(lead_unit=unit)
    life.dispatch()
    actions.sign_for(life.assignment, by=handler, at=life.later())
    actions.accept(life.assignment, by=handler, at=life.later())
    actions.handle(life.assignment, text="联系。", by=handler, at=life.later())
    answers = {n: AnswerText("属实。", "《民法典》", OpinionResult.EXPLAINED) for n in (1, 2)}
    organ = UNITS_BY_CODE[code][0]
    actions.draft_opinion(life.assignment, answers=answers, remedy_organ=organ, by=handler, at=life.later())
    actions.issue_opinion(life.assignment, draft=life.draft, by=head, at=life.later())
    day = life.later(days=1).date()
    actions.deliver(
        life.assignment, mode=DeliveryMode.IN_PERSON, delivered_on=day, proof="签收", by=handler, at=life.now
    )
    return life


UNITS_BY_CODE = dict(UNITS.values())


def page_of(client: Client, life: Told) -> tuple[str, Callable[..., str]]:
    """The form's own words, and how it is sent."""
    path = f"/desk/petitions/{life.petition.number}/apply_review/"
    drawn = client.get(path)

    def send(**form: str) -> str:
        from django.core.files.uploadedfile import SimpleUploadedFile

        drawn = client.get(path)
        today = timezone.localdate().isoformat()
        marks = {"once": drawn.context["once"], "seen": drawn.context["seen"], **shown(drawn)}
        facts = {"level": "review", "applied_on": today, "received_on": today, "request": "不服。"}
        file = SimpleUploadedFile("申请书.txt", "申请".encode(), "text/plain")
        answer = client.post(path, {**facts, **form, **marks, "scan": file})
        return "" if answer.status_code == 302 else words(answer)

    return words(drawn), send


@pytest.mark.parametrize("kind", UNITS)
def test_s16_the_page_offers_the_organs_above_this_kind_of_unit(
    cast: Cast, settings: Settings, tmp_path: object, kind: str
) -> None:
    """S16 复查机关选择."""
    settings.STORE = tmp_path / "files"
    code, organs = UNITS[kind]
    life = opinion_of(cast, code)
    page, send = page_of(signed_in(cast.again("review_office")), life)
    for organ in organs:
        assert organ in page
    if kind in ("branch", "vertical"):
        assert "临潼区人民政府" not in page
    assert send(organ="某某县人民政府") != ""
    assert ReviewCase.objects.count() == 0
    assert send(organ=organs[-1]) == ""
    review = ReviewCase.objects.get()
    assert (review.organ, review.is_outside) == (organs[-1], organs[-1] != "临潼区人民政府")


def test_s16_a_final_review_goes_above_the_organ_that_reviewed(
    cast: Cast, settings: Settings, tmp_path: object
) -> None:
    """S16 复查机关选择: 复核."""
    settings.STORE = tmp_path / "files"
    life = opinion_of(cast, UNITS["street"][0])
    life.apply_review()
    life.reviewed()
    page, send = page_of(signed_in(cast.again("review_office")), life)
    assert "西安市人民政府" in page
    assert send(level="final_review", organ="临潼区人民政府") != ""
    assert send(level="final_review", organ="西安市人民政府") == ""
    assert ReviewCase.objects.latest("id").previous is not None


@pytest.mark.usefixtures("calendar_of_2026")
def test_s14_the_days_of_the_scenario_are_those_of_the_calendar(db: None) -> None:
    """Delivered on Monday 10 August, thirty days to Wednesday 9 September; asked on 21 September, told by 6 October."""
    from xinfang.deadlines import promises
    from xinfang.deadlines.terms import Clock as Term

    assert promises.due(Term.D9, date(2026, 8, 10)).legal == date(2026, 9, 9)
    assert promises.due(Term.D10_ADMISSION, date(2026, 9, 21)).strict == date(2026, 10, 6)


@pytest.fixture
def calendar_of_2026(db: None) -> Iterator[None]:
    from xinfang.deadlines import calendar, holidays

    call_command("load_calendar", holidays.FOLDER / "2026.json", verbosity=0)
    calendar.forget()
    yield
    calendar.forget()
