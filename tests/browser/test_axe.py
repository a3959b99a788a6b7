"""No page of the desk has anything axe complains of (WCAG 2.2 AA), nor runs off a narrow screen.

XINFANG_PICTURES names a folder that keeps what was seen, wide and at 360 px, for people to look at.
"""

import os
from collections.abc import Callable
from datetime import time, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import complaints
from tests.cast import MORNING, WANG, Cast, Life, registered
from tests.desk.hall import typed
from tests.files.handed_in import sealed
from tests.house.test_pages import MOVES as ROWS
from tests.house.test_pages import WHO, names
from tests.meetings.plans import plan
from xinfang.deadlines.models import Promise
from xinfang.documents.models import Paper
from xinfang.meetings.actions import cancel_reception, schedule_reception
from xinfang.notices import bells
from xinfang.notices.words import Kind
from xinfang.organizations.models import Tenure
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, Channel, EvaluationValue, PleaWay
from xinfang.petitions.models import GatePass, Original
from xinfang.petitions.models.correction import CorrectedField
from xinfang.trace.acts import PETITIONER

SitDown = Callable[[str], Page]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
PICTURES = os.environ.get("XINFANG_PICTURES")


def look(page: Page, path: str, name: str = "") -> list[str]:
    """Every complaint about the page, wide and narrow."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status < 500
    return look_again(page, name or path.strip("/").split("/")[-1])


def look_again(page: Page, name: str) -> list[str]:
    """The rules are asked once, wide; narrow, what a narrow screen can spoil."""
    page.set_viewport_size(WIDE)
    found = [f"{name}: {complaint}" for complaint in complaints(page)]
    keep(page, f"{name}-wide")
    page.set_viewport_size(NARROW)
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{name}: runs off a narrow screen")
    keep(page, f"{name}-narrow")
    return found


def keep(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("path", ["/desk/", "/desk/intake/", "/desk/sign-in/"])
def test_the_rules_hold_on_a_narrow_screen_too(
    sit_down: SitDown, window: BrowserContext, cast: Cast, path: str
) -> None:
    registered(cast)
    page = window.new_page() if "sign-in" in path else sit_down("registrar")
    page.set_viewport_size(NARROW)
    page.goto(path)
    assert complaints(page) == []


def test_the_worklists(sit_down: SitDown, cast: Cast) -> None:
    for n in range(22):
        registered(
            cast,
            title=f"反映第{n}号楼屋顶漏水多次报修无人处理请求维修并赔偿",
            persons_count=1 + n % 7,
            is_urgent=n % 5 == 0,
        )
    Life(cast).until("dispatch")
    page = sit_down("dispatcher")
    assert look(page, "/desk/", "worklist") == []
    assert look(page, "/desk/?size=100", "worklist-100") == []
    assert look(page, "/desk/?state=closed", "worklist-filtered-empty") == []
    page.goto("/desk/?state=registered&channel=letter")
    page.fill("[name=name]", "新来的信")
    page.click("text=保存为常用筛选")
    assert look_again(page, "worklist-filtered") == []
    assert look(sit_down("street_handler"), "/desk/", "worklist-unit") == []
    assert look(sit_down("leader"), "/desk/", "worklist-empty") == []


def test_the_search(sit_down: SitDown, cast: Cast) -> None:
    for n in range(21):
        registered(cast, title=f"反映第{n}号楼屋顶漏水多次报修无人处理")
    page = sit_down("dispatcher")
    assert look(page, "/desk/search/") == []
    assert look(page, "/desk/search/?words=漏水", "search-found") == []
    assert look(page, f"/desk/search/?words={'漏' * 61}", "search-wrong") == []
    page.fill("[name=name]", "王桂兰")
    page.select_option("[name=ground]", "duplicate")
    page.click("text=按姓名查找")
    assert look_again(page, "search-name") == []


def test_the_letter_room_and_what_becomes_of_the_paper(sit_down: SitDown, cast: Cast) -> None:
    page = sit_down("registrar")
    assert look(page, "/desk/letters/?barcode=a", "letters-rubbish") == []
    page.goto("/desk/letters/")
    page.keyboard.type("LX2026-0001")
    page.keyboard.press("Enter")
    page.click("button.main:visible")
    assert look_again(page, "letters-wrong") == []
    page.fill("[name=place]", "一号柜")
    page.click("button.main:visible")
    assert look_again(page, "letters") == []
    paper = Original.objects.get()
    assert look(page, f"/desk/originals/{paper.pk}/move/") == []
    assert look(page, f"/desk/originals/{paper.pk}/lend/") == []
    now = timezone.now()
    due = timezone.localdate()
    actions.lend_original(paper, to=cast.dispatcher, purpose="核对", due_on=due, by=cast.registrar, at=now)
    assert look(page, f"/desk/originals/{paper.pk}/take_back/") == []


def test_the_register_of_a_day(sit_down: SitDown, cast: Cast) -> None:
    for n in range(12):
        registered(cast, title=f"反映第{n}号楼屋顶漏水多次报修无人处理请求维修并赔偿")
    page = sit_down("registrar")
    assert look(page, f"/desk/register/?date={MORNING.date()}", "register") == []
    assert look(page, "/desk/register/?date=x", "register-wrong") == []


def test_why_this_date(sit_down: SitDown, cast: Cast) -> None:
    petition = Life(cast).until("accept").petition
    page, assignment = sit_down("dispatcher"), petition.assignments.get()
    for clock, subject in (("D2", petition.pk), ("D3", assignment.pk), ("D5", assignment.pk)):
        promise = Promise.objects.get(clock=clock, subject_id=subject)
        assert look(page, f"/desk/why/{promise.pk}/", f"why-{clock}") == []
    assert look(page, f"/desk/why/{petition.pk}/{assignment.handling_due}/", "why-day") == []


def test_a_correction(sit_down: SitDown, cast: Cast) -> None:
    petition, now = registered(cast).petition, timezone.now()
    page, path = sit_down("registrar"), f"/desk/petitions/{petition.number}/"
    for field in ("division", "summary", "persons_involved"):
        assert look(page, f"{path}correct/{field}/", f"correct-{field}") == []
    page.click("button.main:visible")
    assert look_again(page, "correct-wrong") == []
    field = CorrectedField.TITLE
    asked = actions.ask_correction(petition, field=field, new="改", reason="错字", by=cast.registrar, at=now)
    page = sit_down("bureau_head")
    assert look(page, path, "petition-correction-waits") == []
    assert look(page, f"/desk/corrections/{asked.pk}/confirm/", "correction-confirm") == []
    annotated = {
        "proof": "收发室签收本2026年第12页第3行，邮件编号1163",
        "reason": "登记时误填为拆封的时间，签收在两天以前。",
    }
    for days in (2, 3):
        shown = petition.received_at - timedelta(days=days)
        actions.annotate_receipt(petition, shown_at=shown, **annotated, by=cast.registrar, at=now)
    assert look(page, f"{path}annotate-receipt/", "receipt-annotate") == []
    assert look(page, path, "petition-receipt-annotated") == []


def test_the_bells(sit_down: SitDown, cast: Cast) -> None:
    page = sit_down("dispatcher")
    assert look(page, "/desk/bells/", "bells-empty") == []
    petition, now = registered(cast).petition, timezone.now()
    for kind in Kind:
        due = timezone.localdate() if kind in (Kind.DUE_SOON, Kind.OVERDUE) else None
        bells.hang([bells.ring(kind, unit=cast.bureau.pk, petition=petition.pk, due_on=due, at=now)])
    assert look(page, "/desk/", "bells-counted") == []
    assert page.locator("nav .unread").inner_text() == str(len(Kind))
    assert look(page, "/desk/bells/", "bells") == []
    assert look(page, "/desk/bells/mail/", "bells-mail") == []


def test_what_a_petitioner_without_a_phone_is_given(sit_down: SitDown, cast: Cast) -> None:
    life, page = Life(cast).until("handle"), sit_down("registrar")
    plea = actions.urge(life.petition, text="三个月了。", way=PleaWay.TELEPHONE, by=cast.registrar, at=timezone.now())
    about = f"/desk/petitions/{life.petition.number}"
    for path, name in (
        (f"{about}/plea/", "plea-enter"),
        (f"/desk/pleas/{plea.pk}/reply/", "plea-reply"),
        (f"{about}/", "petition-with-plea"),
        (f"{about}/receipt/", "material-receipt"),
        ("/desk/telephone/", "telephone"),
    ):
        assert look(page, path, name) == []
    page.fill("[name=number]", str(life.petition.number))
    page.locator("main [name=number]").fill(str(life.petition.number))
    page.fill("[name=query_code]", life.registered.query_code)
    page.click("main button.main")
    assert look_again(page, "telephone-read") == []
    assert look(page, "/desk/slip/renew/", "slip-renew") == []
    for field, value in (("number", str(life.petition.number)), ("name", "王桂兰"), ("id_no", WANG.id_no)):
        page.locator(f"main [name={field}]").fill(value)
    page.locator("main [name=proof]").first.select_option("card") if page.locator(
        "select[name=proof]"
    ).count() else page.check("[name=proof][value=card]")
    page.click("main button.main")
    assert look_again(page, "slip-renewed") == []


def test_what_comes_after_an_opinion(sit_down: SitDown, cast: Cast) -> None:
    """Every list under Follow-up and what its rows lead to; the card for words of self-harm."""
    life = Life(cast, text="没人管，我不想活了。")
    life.now = timezone.now() - timedelta(days=20)
    life.until("deliver")
    promised, secret = life.assignment.commitments.earliest("id"), life.registered.act_secret
    rated = {"bureau": EvaluationValue.SATISFIED, "unit": EvaluationValue.DISSATISFIED, "reason": "还在漏。"}
    actions.evaluate(life.petition, **rated, act_secret=secret, by=PETITIONER, at=life.later())  # type: ignore[arg-type]
    need = {"kind": "social", "organ": "区民政局", "reason": "住院欠费。"}
    referral = actions.refer(life.petition, **need, by=cast.street_handler, at=life.later())  # type: ignore[arg-type]
    waiting = Life(cast)
    waiting.now = timezone.now() - timedelta(days=20)
    waiting.until("issue_opinion")
    page = sit_down("street_handler")
    assert look(page, "/desk/rounds/", "rounds-unit") == []
    assert look(page, f"/desk/commitments/{promised.pk}/carry_out/", "carry-out") == []
    at = life.later()
    actions.carry_out(promised, text="修好了。", done_on=timezone.localdate(at), by=cast.street_handler, at=at)
    page = sit_down("dispatcher")
    opinion = waiting.assignment.opinions.get()
    GatePass.objects.create(opinion=opinion, waived=["repealed", "wrong_remedy"], reason="事实发生在原条例施行期间。")
    for which in ("unserved", "commitments", "calls", "relief", "urgent", "overruled"):
        assert look(page, f"/desk/rounds/{which}/", f"rounds-{which}") == []
    assert look(page, f"/desk/petitions/{waiting.petition.number}/", "petition-overruled") == []
    assert look(page, f"/desk/petitions/{life.petition.number}/", "petition-after") == []
    assert look(page, f"/desk/commitments/{promised.pk}/check/", "commitment-check") == []
    assert look(page, f"/desk/referrals/{referral.pk}/answer/", "referral-answer") == []
    page = sit_down("supervisor")
    assert look(page, "/desk/", "worklist-calls") == []
    page.click("nav a:has(.unread)")
    page.wait_for_url("**/desk/rounds/calls/")


def test_the_receptions_of_leaders(sit_down: SitDown, cast: Cast) -> None:
    page, now = sit_down("registrar"), timezone.now()
    assert look(page, "/desk/receptions/", "receptions-empty") == []
    standing = schedule_reception(plan(cast, day=timezone.localdate()), by=cast.registrar, at=now)
    other = schedule_reception(
        plan(cast, day=timezone.localdate(), begins=time(14), ends=time(15)), by=cast.registrar, at=now
    )
    cancel_reception(other, reason="防汛", by=cast.registrar, at=now)
    assert look(page, "/desk/receptions/", "receptions") == []
    assert look(page, "/desk/receptions/schedule/", "reception-schedule") == []
    page.click("form.sheet button.main")
    assert look_again(page, "reception-wrong") == []
    assert look(page, f"/desk/receptions/{standing.pk}/change/", "reception-change") == []
    assert look(page, f"/desk/receptions/{standing.pk}/cancel/", "reception-cancel") == []


def test_the_portal(window: BrowserContext, cast: Cast) -> None:
    """Large print makes it 320 px narrow."""
    schedule_reception(plan(cast, day=timezone.localdate()), by=cast.registrar, at=timezone.now())
    life, page = Life(cast).until("deliver"), window.new_page()
    assert look(page, "/", "portal-home") == []
    assert look(page, "/?place=610115001000", "portal-place") == []
    assert look(page, "/file/", "portal-file") == []
    assert look(page, "/query/", "portal-query") == []
    page.click("form:not(.languages) button:visible")
    assert look_again(page, "portal-query-wrong") == []
    page.fill("[name=number]", life.petition.number)
    page.fill("[name=query_code]", life.petition.query_code)
    page.click("main form button")
    assert page.locator("h2#steps").is_visible()
    assert look_again(page, "portal-progress") == []
    for path in ("/", "/file/", "/query/"):
        page.set_viewport_size({"width": 320, "height": 640})
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
        keep(page, f"portal-320{path.replace('/', '-')}")


def test_the_door(window: BrowserContext, cast: Cast) -> None:
    page = window.new_page()
    assert look(page, "/desk/sign-in/") == []
    page.fill("[name=username]", "somebody")
    page.click("button.main:visible")
    assert look_again(page, "sign-in-wrong") == []
    assert look(page, "/nowhere/") == []


def test_one_desk_intake(sit_down: SitDown, cast: Cast) -> None:
    page = sit_down("registrar")
    assert look(page, "/desk/receive/") == []
    assert look(page, "/desk/intake/") == []
    page.click("button.main:visible")
    assert page.locator(".refusals").is_visible()
    assert look_again(page, "intake-wrong") == []
    fill(page, {name: value for name, value in typed().items() if value})
    page.click("button.main:visible")
    assert look_again(page, "slip") == []
    page.click("text=下一步：判重")
    assert look_again(page, "check_duplicate-first") == []


def fill(page: Page, form: dict[str, str]) -> None:
    for name, value in form.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def test_the_petition_page_and_what_hangs_on_it(sit_down: SitDown, cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("report")
    file = sealed("屋顶漏水".encode(), life.petition)
    actions.add_evidence(life.petition, file=file, name="a.txt", label="房屋照片", by=cast.registrar, at=timezone.now())
    page, path = sit_down("dispatcher"), f"/desk/petitions/{life.petition.number}/"
    assert look(page, path, "petition") == []
    page.select_option("[name=ground]", "contact")
    page.click("text=显示")
    assert look_again(page, "petition-revealed") == []
    assert look(page, f"{path}evidence/") == []
    assert look(page, f"{path}slip/", "slip-again") == []
    assert look(page, f"{path}papers/{Paper.objects.get(kind='receipt_notice').pk}/", "paper") == []
    assert look(page, "/desk/find/?number=6101152026LX999999", "find") == []
    assert look(page, f"/desk/assignments/{life.assignment.pk}/sign_for/", "too-late") == []
    assert look(sit_down("auditor"), path, "petition-auditor") == []


def test_what_was_heard_and_reviewed(sit_down: SitDown, cast: Cast) -> None:
    life = Life(cast)
    life.now = timezone.now() - timezone.timedelta(days=29)
    life.until("hold_hearing")
    for step in ("conclude_hearing", "draft_opinion", "issue_opinion", "deliver", "apply_review"):
        getattr(life, step)()
    page, path = sit_down("review_office"), f"/desk/petitions/{life.petition.number}/"
    assert look(page, "/desk/", "worklist-reviews") == []
    life.reviewed()
    assert look(page, path, "petition-reviewed") == []
    assert look(page, f"{path}papers/{Paper.objects.get(kind='review_opinion').pk}/", "paper-review") == []
    assert page.locator("h1", has_text="复查意见书").is_visible()
    assert look(page, "/desk/", "worklist-reviews-none") == []


# Every move in the state before it: officer, the last step before, the way it went.
MOVES = {
    "petition-check_duplicate": ("registrar", None, AssignmentKind.TRANSFER),
    "petition-void": ("bureau_head", None, AssignmentKind.TRANSFER),
    "petition-propose": ("dispatcher", "check_duplicate", AssignmentKind.TRANSFER),
    "petition-approve": ("bureau_head", "propose", AssignmentKind.ASSIGN),
    "petition-transfer": ("dispatcher", "propose", AssignmentKind.TRANSFER),
    "petition-assign": ("dispatcher", "approve", AssignmentKind.ASSIGN),
    "petition-self_handle": ("dispatcher", "propose", AssignmentKind.SELF),
    "petition-close": ("dispatcher", "check_result", AssignmentKind.ASSIGN),
    "petition-evaluate": ("registrar", "deliver", AssignmentKind.TRANSFER),
    "petition-archive": ("archivist", "evaluate", AssignmentKind.TRANSFER),
    "petition-add_co_handler": ("dispatcher", "dispatch", AssignmentKind.TRANSFER),
    "petition-instruct": ("leader", "dispatch", AssignmentKind.TRANSFER),
    "petition-sponsor": ("bureau_head", "dispatch", AssignmentKind.TRANSFER),
    "petition-log_sponsor_visit": ("leader", "sponsor", AssignmentKind.TRANSFER),
    "petition-end_sponsorship": ("leader", "sponsor", AssignmentKind.TRANSFER),
    "petition-recuse": ("street_head", "dispatch", AssignmentKind.TRANSFER),
    "petition-recuse_unit": ("dispatcher", "dispatch", AssignmentKind.TRANSFER),
    "petition-allow_unit": ("bureau_head", "recuse_unit", AssignmentKind.TRANSFER),
    "assignment-mediate": ("street_handler", "handle", AssignmentKind.TRANSFER),
    "assignment-co_work": ("street_handler", "co", AssignmentKind.TRANSFER),
    "assignment-give_co_opinion": ("street_head", "co_work", AssignmentKind.TRANSFER),
    "assignment-sign_for": ("street_handler", "dispatch", AssignmentKind.TRANSFER),
    "assignment-accept": ("street_handler", "sign_for", AssignmentKind.TRANSFER),
    "assignment-pass_on": ("street_handler", "accept", AssignmentKind.TRANSFER),
    "assignment-handle": ("street_handler", "accept", AssignmentKind.TRANSFER),
    "assignment-log_work": ("street_handler", "handle", AssignmentKind.TRANSFER),
    "assignment-draft_opinion": ("street_handler", "handle", AssignmentKind.TRANSFER),
    "assignment-issue_opinion": ("street_head", "draft_opinion", AssignmentKind.TRANSFER),
    "assignment-deliver": ("street_handler", "issue_opinion", AssignmentKind.TRANSFER),
    "assignment-report": ("street_handler", "deliver", AssignmentKind.ASSIGN),
    "assignment-check_result": ("supervisor", "report", AssignmentKind.ASSIGN),
}
OF_MACHINES = ("desk:petition-", "desk:assignment-", "desk:review-", "desk:hearing-")
# The branches, each where its row of the page × role table has it, by one who may.
BRANCHES = {
    name.removeprefix("desk:"): (WHO.get(role := min(roles), role.value), last, way)
    for name, (last, way, roles) in ROWS.items()
    if roles and name.startswith(OF_MACHINES) and name.removeprefix("desk:") not in MOVES
}
CLOSED_BY_NOW = {name.removeprefix("desk:") for name, (_last, _way, roles) in ROWS.items() if not roles}
MOVES |= BRANCHES


def test_every_move_is_looked_at() -> None:
    moves = {name.removeprefix("desk:") for name in names() if name.startswith(OF_MACHINES)}
    assert moves - {"petition-receive", "petition-register", "petition-reveal"} - CLOSED_BY_NOW <= set(MOVES)


@pytest.mark.parametrize("name", MOVES)
def test_the_page_of_each_move(sit_down: SitDown, cast: Cast, name: str) -> None:
    officer, last, way = MOVES[name]
    life = Life(cast, way=way)
    if name in {"petition-evaluate", *BRANCHES}:
        life.now = timezone.now() - timezone.timedelta(days=10 if name == "petition-evaluate" else 20)
    if last:
        life.until(last)
    machine, _, word = name.partition("-")
    rows = {"assignment": lambda: life.assignment, "review": lambda: life.review, "hearing": lambda: life.hearing}
    number = life.petition.number if machine == "petition" else rows[machine]().pk
    subject = f"{machine}s/{number}"
    page = sit_down(officer)
    found = look(page, f"/desk/{subject}/{word}/", name)
    assert page.locator("h2", has_text="操作规范").is_visible()
    page.click("button.main:visible")
    if page.locator(".refusals").count():
        found += look_again(page, f"{name}-wrong")
    assert found == []


def test_drafts_officers_and_ones_own_password(sit_down: SitDown, cast: Cast) -> None:
    now = timezone.now()
    draft = actions.receive(channel=Channel.VISIT, received_at=now, organ=cast.bureau, by=cast.registrar, at=now)
    page = sit_down("bureau_head")
    assert look(page, f"/desk/drafts/{draft.pk}/register/", "register-draft") == []
    assert look(page, f"/desk/drafts/{draft.pk}/void/", "draft-void") == []
    assert look(page, "/desk/password/") == []
    assert look(page, f"/desk/officers/?unit={cast.street.code}", "officers") == []
    tenure = Tenure.objects.get(officer=cast.street_handler)
    assert look(page, f"/desk/tenures/{tenure.pk}/hand_over/") == []
    assert look(page, f"/desk/tenures/{tenure.pk}/cover/") == []
    assert look(sit_down("leader"), "/desk/intake/", "forbidden") == []


def test_the_custodians_and_the_named(sit_down: SitDown, cast: Cast) -> None:
    head, today = sit_down("bureau_head"), timezone.localdate()
    assert look(head, "/desk/custodians/", "custodians-none") == []
    assert look(head, "/desk/custodians/appoint/", "custodian-appoint") == []
    one = actions.appoint_custodian(officer=cast.supervisor, since=today, by=cast.bureau_head, at=timezone.now())
    assert look(head, "/desk/custodians/", "custodians") == []
    assert look(head, f"/desk/custodians/{one.pk}/relieve/", "custodian-relieve") == []
    assert look(sit_down("discipline"), f"/desk/custodians/{one.pk}/confirm/", "custodian-confirm") == []
    petition = registered(cast, is_confidential=True).petition
    assert look(head, f"/desk/petitions/{petition.number}/named/", "named") == []
