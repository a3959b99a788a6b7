"""预约接访 on the portal: no account, nothing typed is lost, a wrong code and a missing number look the same."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast
from tests.desk.hall import signed_in, words
from tests.meetings.plans import plan
from tests.portal.test_filing import solved
from xinfang.meetings import actions
from xinfang.meetings.models import Booking, ReceptionDay
from xinfang.petitions.models import Petition
from xinfang.portal import busy

TYPED = {"name": "王桂兰", "phone": "13800001234"}


@pytest.fixture
def reception(cast: Cast) -> ReceptionDay:
    made = actions.schedule_reception(plan(cast), by=cast.registrar, at=timezone.now())
    actions.offer_places(made, places=2, by=cast.registrar, at=timezone.now())
    return made


def book(client: Client, of: ReceptionDay, **changes: Any) -> Any:
    token = client.get("/book/").context["form"].initial["token"]
    return client.post("/book/", {**TYPED, "reception": of.pk, "token": token, **changes})


def test_booked_looked_up_and_cancelled_without_an_account(client: Client, reception: ReceptionDay) -> None:
    assert "/book/" in words(client.get("/"))
    answer = book(client, reception)
    number, code = answer.context["booking"].number, answer.context["code"]
    assert number in words(answer)
    assert code in words(answer)
    page = client.post("/book/mine/", {"number": number.lower(), "code": f" {code.lower()} "})
    assert "已预约" in words(page)
    assert "王桂兰" not in words(page)
    assert "已取消" in words(client.post("/book/cancel/", {"number": number, "code": code}))
    assert not client.cookies


@pytest.mark.parametrize("typed", [{"code": "WRONGONE"}, {"number": "WRONGONE"}])
def test_a_wrong_code_and_a_missing_number_look_the_same(
    client: Client, reception: ReceptionDay, typed: dict[str, str]
) -> None:
    answer = book(client, reception)
    right = {"number": answer.context["booking"].number, "code": answer.context["code"]}
    for path in ("/book/mine/", "/book/cancel/"):
        assert "没有查到这个预约" in words(client.post(path, right | typed))
    assert Booking.objects.get().status == "standing"


def test_many_wrong_codes_must_wait(client: Client, reception: ReceptionDay) -> None:
    number = book(client, reception).context["booking"].number
    answers = [client.post("/book/mine/", {"number": number, "code": "WRONGONE"}).status_code for _ in range(7)]
    assert answers[-1] == 429


def test_sent_twice_it_books_once(client: Client, reception: ReceptionDay) -> None:
    token = client.get("/book/").context["form"].initial["token"]
    typed = {**TYPED, "reception": reception.pk, "token": token}
    client.post("/book/", typed)
    assert "已经提交过" in words(client.post("/book/", {**typed, "phone": "13800009999"}))
    assert Booking.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reception": ""}, "请选择一场。"),
        ({"reception": "9" * 30}, "这一场现在不能预约"),
        ({"name": ""}, "请填写姓名。"),
        ({"name": "王" * 41}, "姓名最多 40 个字"),
        ({"name": "王\0"}, "坏字符"),
        ({"phone": ""}, "请填写电话。"),
        ({"phone": "一二三"}, "能打通的电话"),
        ({"token": "<script>"}, "还没有约上"),
    ],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(
    client: Client, reception: ReceptionDay, changes: dict[str, str], sentence: str
) -> None:
    answer = book(client, reception, **changes)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert f'value="{changes.get("phone", TYPED["phone"])}"' in words(answer)
    assert not Booking.objects.exists()


def test_a_name_is_never_markup(client: Client, reception: ReceptionDay) -> None:
    page = words(book(client, reception, name="<script>x", phone=""))
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_a_full_reception_is_shown_and_cannot_be_chosen(client: Client, reception: ReceptionDay) -> None:
    for phone in ("13800000001", "13800000002"):
        book(client, reception, phone=phone)
    assert "已经约满" in words(client.get("/book/"))
    assert "这一场现在不能预约" in words(book(client, reception))


def test_without_any_offer_the_page_says_so(client: Client, cast: Cast) -> None:
    assert "没有开放预约的接访" in words(client.get("/book/"))


def test_the_reason_of_a_cancelled_reception_is_told(client: Client, cast: Cast, reception: ReceptionDay) -> None:
    answer = book(client, reception)
    actions.cancel_reception(reception, reason="区里开会", by=cast.registrar, at=timezone.now())
    asked = {"number": answer.context["booking"].number, "code": answer.context["code"]}
    assert "区里开会" in words(client.post("/book/mine/", asked))


def send(client: Client, path: str, **typed: str) -> Any:
    return client.post(path, {"once": client.get(path).context["once"], **typed})


def test_the_desk_opens_books_prints_calls_in_and_registers(
    cast: Cast, client: Client, reception: ReceptionDay
) -> None:
    desk, here = signed_in(cast.registrar), f"/desk/receptions/{reception.pk}"
    assert send(desk, f"{here}/offer/", places="5").status_code == 302
    slip = send(desk, f"{here}/bookings/add/", name="李建国", phone="")
    assert slip.context["code"] in words(slip)
    book(client, reception)
    listed = words(desk.get(f"{here}/bookings/"))
    assert "王**" in listed
    assert "13800001234" not in listed
    printed = words(desk.post(f"{here}/bookings/print/"))
    assert "13800001234" in printed
    assert "李建国" in printed
    ReceptionDay.objects.update(day=timezone.localdate(), begins="00:00", ends="23:59")
    one = Booking.objects.get(is_by_desk=False)
    answer = send(desk, f"/desk/bookings/{one.pk}/call_in/")
    form = desk.get(answer.url).context["form"]
    assert (form.initial["lead_name"], form.initial["lead_phone"]) == ("王桂兰", "13800001234")
    assert Petition.objects.get().channel == "visit"
    other = Booking.objects.get(is_by_desk=True)
    assert send(desk, f"/desk/bookings/{other.pk}/no_show/").status_code == 302
    assert desk.get(f"/desk/bookings/{other.pk}/cancel/").status_code == 302  # dealt with: back to the list


def test_when_very_many_book_each_does_a_little_work_or_waits(
    client: Client, reception: ReceptionDay, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.BUSY_FROM = 1
    assert book(client, reception).status_code == 200
    other = {"name": "李建国", "phone": "13900005678"}
    answer = book(client, reception, **other)
    page = words(answer)
    assert answer.status_code == 422
    assert "请等20秒，再按一次“预约”" in page
    assert 'value="李建国"' in page
    assert not busy.is_busy(), "filing is not slowed"
    token, stamp, challenge = (
        page.split(mark)[1].split('"')[0]
        for mark in ('name="token" value="', 'name="stamp" value="', 'data-challenge="')
    )
    said = {**other, "reception": reception.pk, "token": token, "stamp": stamp}
    assert client.post("/book/", said).status_code == 422
    assert client.post("/book/", {**said, "token": "another"}).status_code == 422
    assert client.post("/book/", {**said, "token": "another", "answer": solved(challenge)}).status_code == 422
    assert client.post("/book/", {**said, "answer": solved(challenge)}).status_code == 200
    assert Booking.objects.count() == 2
