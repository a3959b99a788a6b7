"""Whoever holds number and query code reads where the petition stands; nobody else learns anything."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast, Life, registered
from tests.files.handed_in import sealed
from tests.portal.conftest import ask, text
from xinfang.petitions import actions, slip_codes
from xinfang.petitions.codes import DeliveryMode, Purpose
from xinfang.petitions.intake import Registered
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import Commitment, Petition

QUERY = "portal:query"


@pytest.fixture
def slip(cast: Cast) -> Registered:
    registered(cast, title="另一件")
    return registered(cast)


def number_of(slip: Registered) -> str:
    return str(slip.petition.number)


def test_the_page_asks_for_number_and_code(client: Client) -> None:
    page = client.get(reverse(QUERY))
    assert page.status_code == 200
    assert 'name="number"' in text(page)
    assert 'name="query_code"' in text(page)


def test_number_and_code_show_where_it_stands(client: Client, slip: Registered) -> None:
    page = text(ask(client, number_of(slip), slip.query_code))
    assert "已登记，正在判明由哪个单位办理。" in page
    assert "区信访局" in page
    assert "修好屋顶" in page


def test_he_finds_his_own_words_and_how_much_he_handed_in(
    client: Client, cast: Cast, slip: Registered, settings: Settings, tmp_path: Path
) -> None:
    settings.STORE = tmp_path / "files"
    petition = slip.petition
    assert "收下材料" not in text(ask(client, number_of(slip), slip.query_code))
    actions.add_evidence(
        petition,
        file=sealed("材料".encode(), petition),
        name="照片.txt",
        label="材料1",
        by=cast.registrar,
        at=timezone.now(),
    )
    page = text(ask(client, number_of(slip), slip.query_code))
    assert "收下材料1份。" in page
    assert petition.title in page
    assert petition.text in page


@pytest.mark.parametrize("changes", [{"purpose": Purpose.ACCUSE}, {"is_confidential": True}])
def test_of_a_sealed_petition_the_slip_shows_none_of_its_words(
    client: Client, cast: Cast, changes: dict[str, Any]
) -> None:
    slip = registered(cast, **changes)
    petition = Petition.objects.get(pk=slip.petition.pk)
    assert petition.is_sealed
    page = text(ask(client, number_of(slip), slip.query_code))
    assert petition.text
    assert petition.text not in page
    assert petition.title not in page
    assert "收下材料" not in page


def test_lower_case_spaces_and_wide_letters_are_accepted(client: Client, slip: Registered) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in slip.query_code)
    for code in (slip.query_code.lower(), f" {slip.query_code[:5]} {slip.query_code[5:]} ", wide):
        spaced = f"{number_of(slip)[:6]} {number_of(slip)[6:].lower()}"
        assert "已登记" in text(ask(client, spaced, code)), code


def test_a_wrong_code_and_a_missing_number_look_the_same(client: Client, slip: Registered) -> None:
    missing = f"{number_of(slip)[:-6]}999999"
    wrong = [ask(client, number, "ABCDEFGHJK") for number in (number_of(slip), missing)]
    assert {page.status_code for page in wrong} == {200}
    pages = [text(page).replace(number_of(slip), "N").replace(missing, "N") for page in wrong]
    assert pages[0] == pages[1]
    assert len(wrong[0].content) == len(wrong[1].content)
    assert wrong[0].headers.keys() == wrong[1].headers.keys()


def test_the_sentence_stands_beside_the_field_and_what_was_typed_is_kept(client: Client, slip: Registered) -> None:
    page = text(ask(client, number_of(slip), "wrong code"))
    assert 'id="query_code-error">没有查到。请核对编号和查询码，字母不分大小写。' in page
    assert 'aria-describedby="query_code-hint query_code-error"' in page
    assert 'value="wrong code"' in page
    assert f'value="{number_of(slip)}"' in page


def test_nothing_typed_is_said_beside_each_field(client: Client) -> None:
    page = text(ask(client, "", " "))
    assert 'id="number-error">请填写编号。' in page
    assert 'id="query_code-error">请填写查询码。' in page


def test_one_code_does_not_open_another_number(client: Client, cast: Cast) -> None:
    one, other = registered(cast), registered(cast)
    assert "没有查到" in text(ask(client, number_of(one), other.query_code))


def test_a_draft_is_not_found(client: Client, slip: Registered) -> None:
    """A draft has no number yet; even one with number and code would stay closed."""
    Petition.objects.filter(pk=slip.petition.pk).update(status=PetitionStatus.DRAFT)
    assert "没有查到" in text(ask(client, number_of(slip), slip.query_code))


@pytest.mark.parametrize("typed", ["x" * 2000, "\x00", "<script>", "😀", "𠮷" * 18, "' or 1=1 --"])
def test_strange_input_is_answered_with_a_page(client: Client, slip: Registered, typed: str) -> None:
    for page in (ask(client, typed, slip.query_code), ask(client, number_of(slip), typed)):
        assert page.status_code == 200
        assert 'role="alert"' in text(page)
        assert "<script>" not in text(page)


def test_codes_in_the_address_are_not_read(client: Client, slip: Registered) -> None:
    page = client.get(reverse(QUERY), {"number": number_of(slip), "query_code": slip.query_code})
    assert number_of(slip) not in text(page)


def test_the_pages_set_no_cookie_and_open_no_session(client: Client, slip: Registered) -> None:
    pages = [client.get(reverse(f"portal:{name}")) for name in ("home", "file", "query")]
    for page in [*pages, ask(client, number_of(slip), slip.query_code), ask(client, number_of(slip), "wrong")]:
        assert not page.cookies
    assert not Session.objects.exists()


def test_a_form_without_a_cookie_is_answered(slip: Registered) -> None:
    """An old browser or a public terminal that keeps no cookies must be able to ask."""
    client = Client(enforce_csrf_checks=True)
    assert "已登记" in text(ask(client, number_of(slip), slip.query_code))


def test_an_answer_is_stored_nowhere_on_its_way(client: Client, slip: Registered) -> None:
    for page in (ask(client, number_of(slip), slip.query_code), ask(client, number_of(slip), "wrong")):
        assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("last", "statements"),
    [(None, 3), ("sign_for", 3), ("handle", 3), ("issue_opinion", 5), ("deliver", 6), ("evaluate", 7)],
)
def test_an_answer_takes_few_statements(
    client: Client, cast: Cast, last: str | None, statements: int, django_assert_num_queries: Any
) -> None:
    life = Life(cast).until(last) if last else Life(cast)
    with django_assert_num_queries(statements):
        ask(client, number_of(life.registered), life.registered.query_code)


def test_the_statements_do_not_grow_with_the_demands(
    client: Client, cast: Cast, django_assert_num_queries: Any
) -> None:
    life = Life(cast, demands=tuple(f"第{n}项" for n in range(40))).until("deliver")
    with django_assert_num_queries(6):
        ask(client, number_of(life.registered), life.registered.query_code)


def test_a_wrong_code_takes_one_statement(client: Client, slip: Registered, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        ask(client, number_of(slip), "ABCDEFGHJK")


def test_what_was_promised_by_whom_until_when_and_what_came_of_it(client: Client, cast: Cast) -> None:
    life = Life(cast).until("deliver")
    number, code = str(life.petition.number), life.registered.query_code
    page = text(ask(client, number, code))
    assert "承诺落实" in page
    assert "由骊山街道办事处在" in page
    assert "正在落实。" in page
    for one in Commitment.objects.order_by("id"):
        by, on = cast.street_handler, timezone.localdate(life.later())
        actions.carry_out(one, text="修好了。", done_on=on, file=None, by=by, at=life.now)
    assert "承诺的单位已报告落实，信访局会向您核实。" in text(ask(client, number, code))
    Commitment.objects.update(status="open", due_on=life.day() - timedelta(days=400))
    assert "已过期限" in text(ask(client, number, code))


def test_before_an_opinion_nothing_is_promised(client: Client, cast: Cast) -> None:
    life = Life(cast).until("handle")
    assert "承诺落实" not in text(ask(client, str(life.petition.number), life.registered.query_code))


def test_what_an_office_scanned_for_its_own_file_is_no_material_of_his(
    client: Client, cast: Cast, settings: Settings, tmp_path: Path
) -> None:
    settings.STORE = tmp_path / "files"
    life = Life(cast).until("issue_opinion")
    petition = life.petition
    scan = actions.add_evidence(
        petition,
        file=sealed("回证".encode(), petition),
        name="回证.txt",
        label="送达回证",
        by=cast.street_handler,
        at=life.later(),
    )
    assert "收下材料1份。" in text(ask(client, number_of(life.registered), life.registered.query_code))
    actions.deliver(
        life.assignment,
        mode=DeliveryMode.IN_PERSON,
        delivered_on=life.day(days=1),
        proof="本人签收",
        scan=scan,
        by=cast.street_handler,
        at=life.now,
    )
    assert "收下材料" not in text(ask(client, number_of(life.registered), life.registered.query_code))
    assert not slip_codes.handed_in().filter(petition=petition).exists()
