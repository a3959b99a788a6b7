"""提醒 in the desk: what is new, what was read, and by e-mail if he likes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, registered
from tests.desk.hall import shown, words
from xinfang.notices import bells
from xinfang.notices.models import MailChoice
from xinfang.notices.words import Kind
from xinfang.petitions.codes import Purpose
from xinfang.petitions.models import Petition

Desk = Callable[[str], Client]


@pytest.fixture
def petition(cast: Cast) -> Petition:
    return registered(cast).petition


def ring(cast: Cast, petition: Petition, n: int = 1, kind: Kind = Kind.ARRIVED) -> None:
    """For the bureau, whose dispatcher sees it."""
    now = timezone.now()
    due = timezone.localdate() + timedelta(days=3)
    bells.hang([bells.ring(kind, unit=cast.bureau.pk, petition=petition.pk, at=now, due_on=due) for _ in range(n)])


def test_a_bell_names_the_petition_and_leads_to_it(at_desk: Desk, cast: Cast, petition: Petition) -> None:
    ring(cast, petition, kind=Kind.DUE_SOON)
    page = words(at_desk("dispatcher").get("/desk/bells/"))
    for said in ("期限将到", petition.title, f'href="/desk/petitions/{petition.number}/"', "新</span>"):
        assert said in page


def test_the_worklist_counts_what_is_not_read(at_desk: Desk, cast: Cast, petition: Petition) -> None:
    desk = at_desk("dispatcher")
    assert 'class="unread"' not in words(desk.get("/desk/"))
    ring(cast, petition, 3)
    assert '<span class="unread">3</span>' in words(desk.get("/desk/"))
    page = desk.get("/desk/bells/")
    assert desk.post("/desk/bells/read/", {"last": page.context["last"]}).status_code == 302
    assert 'class="unread"' not in words(desk.get("/desk/"))
    assert "新</span>" not in words(desk.get("/desk/bells/"))


def test_what_rang_while_he_read_stays_new(at_desk: Desk, cast: Cast, petition: Petition) -> None:
    desk = at_desk("dispatcher")
    ring(cast, petition)
    last = desk.get("/desk/bells/").context["last"]
    ring(cast, petition)
    desk.post("/desk/bells/read/", {"last": last})
    assert bells.unread(cast.dispatcher) == 1


@pytest.mark.parametrize("last", ["", "abc", "9" * 40, "-1", "１"])
def test_rubbish_marks_nothing(at_desk: Desk, cast: Cast, petition: Petition, last: str) -> None:
    ring(cast, petition)
    assert at_desk("dispatcher").post("/desk/bells/read/", {"last": last}).status_code == 302
    assert bells.unread(cast.dispatcher) == 1


def test_a_bell_about_what_he_may_not_know_of_is_not_shown(at_desk: Desk, cast: Cast) -> None:
    sealed = registered(cast, is_confidential=True).petition
    ring(cast, sealed)
    page = words(at_desk("dispatcher").get("/desk/bells/"))
    assert str(sealed.number) not in page
    assert "没有提醒" in page


def test_many_bells_cost_no_more_and_come_by_pages(
    at_desk: Desk, cast: Cast, petition: Petition, django_assert_max_num_queries: Any
) -> None:
    ring(cast, petition, 45)
    desk = at_desk("dispatcher")
    with django_assert_max_num_queries(10):
        page = words(desk.get("/desk/bells/"))
    assert page.count("收到新的承办件") == 20
    assert 'rel="next"' in page


def test_he_chooses_mail_and_the_page_says_so(at_desk: Desk, cast: Cast) -> None:
    desk = at_desk("street_handler")
    page = desk.get("/desk/bells/mail/")
    assert "还没有接通邮件服务器" in words(page)
    form = {**shown(page), "once": page.context["once"], "mail": "digest", "address": "a@example.cn"}
    answer = desk.post("/desk/bells/mail/", form, follow=True)
    assert "每日一次，发到 a@example.cn" in words(answer)
    assert MailChoice.objects.get().officer == cast.street_handler


def test_a_wrong_address_is_told_beside_its_field_and_not_lost(at_desk: Desk, cast: Cast) -> None:
    desk = at_desk("street_handler")
    page = desk.get("/desk/bells/mail/")
    form = {"once": page.context["once"], "mail": "each", "address": "张三的邮箱"}
    answer = desk.post("/desk/bells/mail/", form)
    assert answer.status_code == 422
    assert "电子邮箱的写法不对" in words(answer)
    assert "张三的邮箱" in words(answer)
    assert not MailChoice.objects.exists()


def test_a_bell_about_a_sealed_petition_says_neither_its_title_nor_its_unit(at_desk: Desk, cast: Cast) -> None:
    sealed = registered(cast, purpose=Purpose.ACCUSE, title="举报某村干部").petition
    keeper = cast.keeper()
    bells.hang([bells.ring(Kind.KEPT, unit=cast.bureau.pk, petition=sealed.pk, at=timezone.now(), officer=keeper.pk)])
    page = words(at_desk("supervisor").get("/desk/bells/"))
    assert f'<td class="code"><a href="/desk/petitions/{sealed.number}/">' in page
    assert "有件等专人办理" in page
    assert "举报某村干部" not in page
    assert cast.bureau.short_name not in page.split("<main", 1)[1]
