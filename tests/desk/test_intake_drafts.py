"""Power gone in mid-form: what was typed is there again, for its officer alone, until it is sent, dropped or a week old."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, Life, registered
from tests.desk.hall import shown, typed, words
from xinfang.desk import drafts
from xinfang.desk.models import Draft
from xinfang.petitions.models import Petition
from xinfang.trace import timetable
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
URL, SAVE, DROP = "/desk/intake/", "/desk/unsent/", "/desk/unsent/drop/"


def keep(client: Client, *, once: str = "", page: str = URL, **changes: Any):
    return client.post(SAVE, {**typed(**changes), "once": once or str(uuid.uuid4()), "page": page})


def test_what_was_typed_stands_in_the_form_again_and_the_page_says_so(at_desk: Desk) -> None:
    client = at_desk("registrar")
    kept = keep(client, title="写到一半的标题", text="很长\n很长的原文", lead_no_phone="on", people="甲一\n乙二")
    assert kept.json()["sentence"].startswith("已暂存 ")
    page = words(client.get(URL))
    when = timezone.localtime(Draft.objects.get().saved_at).strftime("%H:%M")
    assert f"已恢复 {when} 未登记完的内容" in page
    assert 'value="写到一半的标题"' in page
    assert "很长\n很长的原文" in page
    assert "甲一\n乙二" in page
    assert '<option value="040200" selected' in page
    assert 'name="lead_no_phone" id="id_lead_no_phone" checked' in page


def test_a_draft_leaves_no_entry_and_registers_nothing(at_desk: Desk) -> None:
    keep(at_desk("registrar"))
    assert not Entry.objects.exists()
    assert not Petition.objects.exists()


def test_a_draft_lies_sealed_and_nobody_else_is_shown_it(at_desk: Desk, cast: Cast) -> None:
    keep(at_desk("registrar"), title="只给他自己看")
    assert "王桂兰".encode() not in bytes(Draft.objects.get().sealed)
    assert "只给他自己看" not in words(at_desk("dispatcher").get(URL))
    assert drafts.unsent(cast.dispatcher, URL, at=timezone.now()) == []


def test_one_officers_draft_does_not_open_with_anothers_key(at_desk: Desk, cast: Cast) -> None:
    keep(at_desk("registrar"))
    Draft.objects.update(officer=cast.dispatcher)
    assert drafts.unsent(cast.dispatcher, URL, at=timezone.now()) == []


def test_saving_again_keeps_the_last_of_one_form(at_desk: Desk) -> None:
    client, once = at_desk("registrar"), str(uuid.uuid4())
    for title in ("一", "一个", "一个标题"):
        keep(client, once=once, title=title)
    assert Draft.objects.count() == 1
    assert 'value="一个标题"' in words(client.get(URL))


def test_two_tabs_keep_two_drafts_and_neither_is_lost(at_desk: Desk) -> None:
    client = at_desk("registrar")
    keep(client, title="左边的标签页")
    keep(client, title="右边的标签页")
    page = client.get(URL)
    assert 'value="右边的标签页"' in words(page)
    assert "还有 1 份没有提交的内容" in words(page)
    other = page.context["unsent_others"][0]
    assert 'value="左边的标签页"' in words(client.get(URL, {"draft": other.pk}))


def test_a_blank_form_is_to_be_had_beside_what_waits(at_desk: Desk) -> None:
    client = at_desk("registrar")
    keep(client, title="先放一边")
    page = client.get(URL, {"draft": "none"})
    assert 'value="先放一边"' not in words(page)
    assert len(page.context["unsent_others"]) == 1
    assert Draft.objects.count() == 1


def test_the_draft_goes_when_the_form_is_sent(at_desk: Desk) -> None:
    client, once = at_desk("registrar"), str(uuid.uuid4())
    keep(client, once=once)
    assert client.post(URL, typed(once=once)).status_code == 302
    assert not Draft.objects.exists()


def test_so_does_the_draft_it_was_filled_in_from(at_desk: Desk) -> None:
    client = at_desk("registrar")
    keep(client)
    restored = client.get(URL).context["restored"]
    client.post(URL, typed(once=str(uuid.uuid4()), restored=restored))
    assert not Draft.objects.exists()


def test_going_on_with_a_restored_form_keeps_one_draft_and_not_two(at_desk: Desk) -> None:
    client = at_desk("registrar")
    keep(client)
    restored = client.get(URL).context["restored"]
    client.post(SAVE, {**typed(title="接着写"), "once": str(uuid.uuid4()), "page": URL, "restored": restored})
    assert Draft.objects.count() == 1


def test_it_stays_when_the_form_is_refused(at_desk: Desk) -> None:
    client, once = at_desk("registrar"), str(uuid.uuid4())
    keep(client, once=once)
    assert client.post(URL, typed(once=once, title="")).status_code == 422
    assert Draft.objects.count() == 1


def test_a_form_that_was_sent_is_not_kept_any_more(at_desk: Desk) -> None:
    client, once = at_desk("registrar"), str(uuid.uuid4())
    client.post(URL, typed(once=once))
    late = keep(client, once=once)
    assert late.status_code == 409
    assert "已经提交过" in late.json()["sentence"]
    assert not Draft.objects.exists()


def test_a_draft_that_overtook_its_form_is_not_shown(at_desk: Desk, cast: Cast) -> None:
    """It was on its way while the form was acted upon."""
    client, once = at_desk("registrar"), str(uuid.uuid4())
    keep(client, once=once)
    late = Draft.objects.get()
    client.post(URL, typed(once=once))
    late.save(force_insert=True)
    assert drafts.unsent(cast.registrar, URL, at=timezone.now()) == []


def test_dropping_it_draws_a_blank_form(at_desk: Desk) -> None:
    client = at_desk("registrar")
    keep(client, title="不要了")
    answer = client.post(DROP, {"draft": Draft.objects.get().pk, "page": URL}, follow=True)
    assert answer.redirect_chain == [(URL, 302)]
    assert "暂存的内容已删去" in words(answer)
    assert 'value="不要了"' not in words(answer)


@pytest.mark.parametrize("draft", ["", "x", "0", "9" * 30])
def test_another_officers_draft_cannot_be_dropped(at_desk: Desk, draft: str) -> None:
    keep(at_desk("registrar"))
    client = at_desk("dispatcher")
    client.post(DROP, {"draft": draft or Draft.objects.get().pk, "page": URL})
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    "page", ["", "/desk/", "/desk/password/", "/desk/sign-in/", "/query/", "/nowhere/", "https://evil.example/"]
)
def test_only_forms_of_the_desk_are_kept(at_desk: Desk, page: str) -> None:
    client = at_desk("registrar")
    assert keep(client, page=page).status_code == 400
    assert client.post(DROP, {"draft": "1", "page": page}).url == "/desk/"
    assert not Draft.objects.exists()


def test_a_form_without_a_mark_is_not_kept(at_desk: Desk) -> None:
    assert at_desk("registrar").post(SAVE, {**typed(), "page": URL}).status_code == 400


def test_passwords_tokens_and_files_are_never_kept(at_desk: Desk, cast: Cast) -> None:
    secrets = {"password": "secret", "csrfmiddlewaretoken": "secret", "old": "secret", "again": "secret"}
    at_desk("registrar").post(SAVE, {**secrets, "title": "x", "once": str(uuid.uuid4()), "page": URL})
    kept = drafts.unsent(cast.registrar, URL, at=timezone.now())
    assert dict(kept[0].data) == {"title": ["x"]}


def test_twenty_thousand_characters_are_kept_and_a_flood_is_refused(at_desk: Desk) -> None:
    client = at_desk("registrar")
    assert keep(client, text="漏" * 20_000).status_code == 200
    assert "漏" * 20_000 in words(client.get(URL))
    flood = keep(client, text="漏" * 500_000)
    assert flood.status_code == 413
    assert "先登记" in flood.json()["sentence"]


def test_rare_characters_survive(at_desk: Desk) -> None:
    client = at_desk("registrar")
    keep(client, lead_name="䶮𬭎㛃")
    assert 'value="䶮𬭎㛃"' in words(client.get(URL))


def test_after_a_week_it_is_not_offered_and_swept(at_desk: Desk) -> None:
    client = at_desk("registrar")
    keep(client, title="很久以前")
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=7, minutes=1))
    assert 'value="很久以前"' not in words(client.get(URL))
    keep(client, title="今天")
    assert "desk.drafts" in timetable.run_due(timezone.now())
    assert Draft.objects.count() == 1


def test_a_form_of_a_move_is_kept_for_its_own_page(at_desk: Desk, cast: Cast) -> None:
    petition, other = registered(cast).petition, registered(cast).petition
    client, page = at_desk("dispatcher"), f"/desk/petitions/{petition.number}/check_duplicate/"
    reason = {"outcome": "initial", "reason": "正在写的理由", "once": str(uuid.uuid4())}
    assert client.post(SAVE, {**reason, "page": page}).status_code == 200
    drawn = client.get(page)
    assert "正在写的理由" in words(drawn)
    assert "没有提交的内容" in words(drawn)
    assert "正在写的理由" not in words(client.get(f"/desk/petitions/{other.number}/check_duplicate/"))
    client.post(page, reason | shown(drawn))
    assert not Draft.objects.exists()


def test_a_draft_opens_no_petition_that_he_may_not_see(at_desk: Desk, cast: Cast) -> None:
    life = Life(cast).until("handle")
    page = f"/desk/assignments/{life.assignment.pk}/log_work/"
    client = at_desk("dept_handler")
    client.post(SAVE, {"text": "x", "once": str(uuid.uuid4()), "page": page})
    assert client.get(page).status_code == 404


def test_nobody_is_kept_anything_before_signing_in(client: Client, cast: Cast) -> None:
    assert keep(client).status_code == 403
    assert not Draft.objects.exists()


def test_what_came_back_through_the_door_goes_before_what_was_kept(at_desk: Desk, cast: Cast) -> None:
    cast.registrar.set_password("a-long-enough-passphrase")
    cast.registrar.save(update_fields=["password"])
    keep(at_desk("registrar"), title="旧的")
    client = Client()
    door = client.post(URL, typed(title="新的"))
    name = {"username": "registrar", "password": "a-long-enough-passphrase", "kept": door.context["kept"]}
    shown = words(client.post("/desk/sign-in/", name))
    assert 'value="新的"' in shown
