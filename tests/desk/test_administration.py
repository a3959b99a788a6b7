"""系统管理: what an administrator changes by pages, what a head does there, and what neither can."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast, Life, registered
from tests.desk.hall import words
from xinfang.organizations.actions import officers
from xinfang.organizations.models import Duty, Officer, Post, Tenure, Unit
from xinfang.petitions.models import Category, Phrase
from xinfang.petitions.models.category import called
from xinfang.trace.acts import Hand
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]
LOADER = Hand.system("test")


def url(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def once_on(client: Client, path: str) -> str:
    """The mark of a drawn form."""
    found = re.search(r'name="once" value="([^"]+)"', words(client.get(path)))
    assert found
    return found[1]


def sent(client: Client, path: str, **typed: object) -> str:
    """The page that a form of a fresh page leads to."""
    return words(client.post(path, {"once": once_on(client, path), **typed}, follow=True))


def newcomer(cast: Cast, username: str = "li.si") -> Officer:
    return officers.enrol(username=username, name="李四", by=LOADER, at=timezone.now())


def test_the_front_page_has_a_card_for_what_each_may_open(at_desk: Desk) -> None:
    cards = {name: words(at_desk(name).get(url("administration"))) for name in ("administrator", "street_head")}
    for page in ("units", "categories", "code-lists", "calendar"):
        assert url(page) in cards["administrator"]
        assert url(page) not in cards["street_head"]
    assert url("phrases") in cards["street_head"]


@pytest.mark.parametrize(
    ("name", "most"), [("administration", 14), ("units", 5), ("accounts", 5), ("categories", 7), ("calendar", 6)]
)
def test_a_list_is_read_in_few_statements_however_long(
    at_desk: Desk, cast: Cast, name: str, most: int, django_assert_max_num_queries
) -> None:
    Unit.objects.bulk_create(
        Unit(
            code=f"{n:019d}",
            name=f"单位{n}",
            short_name=f"单位{n}",
            kind="dept",
            opened_on="2020-01-01",
            parent=cast.gov,
        )
        for n in range(60)
    )
    Officer.objects.bulk_create(Officer(username=f"user{n}", name=f"人{n}") for n in range(60))
    client = at_desk("administrator")
    with django_assert_max_num_queries(most):
        assert client.get(url(name)).status_code == 200


def test_units_are_found_by_initials_and_paged(at_desk: Desk, cast: Cast) -> None:
    Unit.objects.bulk_create(
        Unit(code=f"{n:019d}", name=f"单位{n}", short_name="x", kind="dept", opened_on="2020-01-01", pinyin="dw")
        for n in range(25)
    )
    client = at_desk("administrator")
    first = client.get(url("units"), {"words": "DW"})
    assert len(first.context["rows"]) == 20
    rest = client.get(url("units"), {"words": "DW", "after": first.context["after"]})
    assert [len(rest.context["rows"]), rest.context["after"]] == [5, ""]
    assert "没有找到单位" in words(client.get(url("units"), {"words": "没有"}))


def test_a_unit_is_opened_corrected_and_merged(at_desk: Desk, cast: Cast) -> None:
    client, today = at_desk("administrator"), timezone.localdate().isoformat()
    form = {"code": "6101150000000099299", "name": "区某局", "short_name": "某局", "kind": "dept", "opened_on": today}
    assert "已设立区某局" in sent(client, url("unit-open"), **form, duties=["unit_head", "case_handler"])
    unit = Unit.objects.get(code=form["code"])
    assert sorted(unit.posts.values_list("duty", flat=True)) == ["case_handler", "unit_head"]
    said = {"name": "区某某局", "short_name": "某局", "telephone": "029-80000000"}
    assert "已更正" in sent(client, url("unit-correct", unit.code), **said)
    assert "已定下撤销日期" in sent(client, url("unit-abolish", unit.code), on=today, successor=cast.dept.code)
    unit.refresh_from_db()
    assert (unit.name, unit.telephone, unit.successor) == ("区某某局", "029-80000000", cast.dept)
    assert client.get(url("unit-correct", unit.code)).status_code == 404


def test_a_wrong_unit_is_refused_beside_its_field(at_desk: Desk, cast: Cast) -> None:
    path = url("unit-open")
    answer = at_desk("administrator").post(path, {"code": cast.dept.code, "name": "甲", "short_name": "甲"})
    assert answer.status_code == 422
    assert {"kind", "opened_on", "duties"} <= set(answer.context["form"].errors)


def test_a_village_is_moved_under_another_superior(at_desk: Desk, cast: Cast) -> None:
    form = {"code": "6101150040010000299", "parent": cast.dept.code, "on": timezone.localdate().isoformat()}
    assert "6101150040010000299" in sent(at_desk("administrator"), url("unit-move", cast.village.code), **form)
    assert Unit.objects.get(code=form["code"]).parent == cast.dept


def test_an_account_is_made_by_one_and_given_its_post_by_another(at_desk: Desk, cast: Cast) -> None:
    form = {"username": "li.si", "name": "李四"}
    assert "已登记账号" in sent(at_desk("administrator"), url("officer-enrol"), **form)
    path = url("tenure-begin", cast.dept.code)
    post = Post.objects.get(unit=cast.dept, duty=Duty.CASE_HANDLER)
    form = {"post": post.pk, "officer": "li.si", "since": timezone.localdate().isoformat()}
    assert at_desk("administrator").post(path, form).status_code == 422
    assert "岗位已授予" in sent(at_desk("bureau_head"), path, **form)
    assert Tenure.objects.get(officer__username="li.si").post == post


def test_a_tenure_is_ended_and_an_account_closed(at_desk: Desk, cast: Cast) -> None:
    client, today = at_desk("street_head"), timezone.localdate().isoformat()
    tenure = Tenure.objects.get(officer=cast.street_handler)
    assert "任职已结束" in sent(client, url("tenure-end", tenure.pk), on=today)
    assert "账号已关闭" in sent(at_desk("administrator"), url("officer-leave", cast.street_handler.pk))
    assert not Officer.objects.get(pk=cast.street_handler.pk).is_active


def test_a_reset_password_is_told_once_on_the_page_that_answers(at_desk: Desk, cast: Cast) -> None:
    client, path = at_desk("administrator"), url("officer-reset_password", cast.street_handler.pk)
    once = once_on(client, path)
    told = client.post(path, {"once": once})
    secret = told.context["told"][0][1]
    assert Officer.objects.get(pk=cast.street_handler.pk).check_password(secret)
    again = client.post(path, {"once": once}, follow=True)
    assert "已经提交过" in words(again)
    assert secret not in words(again)


def test_the_bureau_heads_password_is_not_the_administrators_to_reset(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("administrator")
    assert "不由您重置" in words(client.get(url("officer", cast.bureau_head.pk)))
    answer = client.post(url("officer-reset_password", cast.bureau_head.pk), {})
    assert answer.status_code == 422
    assert not Entry.objects.filter(act="officer.reset_password").exists()


def test_first_passwords_are_shown_together_and_not_for_who_gives_the_duties(at_desk: Desk, cast: Cast) -> None:
    Officer.objects.filter(username="bureau_head").update(password="!")
    for username in ("li.si", "wang.wu"):
        newcomer(cast, username)
    client, path = at_desk("administrator"), url("first-passwords")
    page = client.get(path)
    assert [one.username for one in page.context["rows"]] == ["li.si", "wang.wu"]
    told = client.post(path, {"officer": [one.pk for one in page.context["rows"]], "once": page.context["once"]})
    assert all(officer.check_password(secret) for officer, secret in told.context["told"])
    assert "没有等首次密码的账号" in words(client.get(path))


def test_a_head_gives_first_passwords_to_his_own_officers_only(at_desk: Desk, cast: Cast) -> None:
    Officer.objects.filter(username__in=["street_handler", "village_collector", "dept_handler"]).update(password="!")
    page = at_desk("street_head").get(url("first-passwords"))
    assert {one.username for one in page.context["rows"]} == {"street_handler"}


def test_a_head_sees_the_accounts_of_his_unit_and_no_others(at_desk: Desk, cast: Cast) -> None:
    client = at_desk("street_head")
    assert cast.dept_handler.username not in words(client.get(url("accounts")))
    assert client.get(url("officer", cast.dept_handler.pk)).status_code == 404
    found = at_desk("administrator").get(url("accounts"), {"words": "dept_ha"})
    assert [one.username for one in found.context["rows"]] == ["dept_handler"]


def test_a_category_is_opened_renamed_and_retired_and_the_form_of_intake_follows(at_desk: Desk, cast: Cast) -> None:
    client, today = at_desk("administrator"), timezone.localdate()
    form = {"code": "040300", "name": "电梯", "parent": "040000", "since": today.isoformat()}
    assert "已新设分类“电梯”" in sent(client, url("category-open"), **form)
    said = {"name": "物业管理", "since": today.isoformat()}
    petition = Life(cast).petition
    assert "已定下新名称" in sent(client, url("category-rename", "040200"), **said)
    offered = words(at_desk("registrar").get(url("intake")))
    assert ("电梯" in offered, "物业管理" in offered, "物业服务" in offered) == (True, True, False)
    assert "物业服务" in words(at_desk("dispatcher").get(url("petition", petition.number)))
    assert "已定下停用日期" in sent(client, url("category-retire", "040300"), on=today.isoformat())
    assert "电梯" not in words(at_desk("registrar").get(url("intake")))
    assert Category.objects.filter(pk="040300").exists()


def test_the_tree_of_another_day_is_looked_at(at_desk: Desk, cast: Cast) -> None:
    client, day = at_desk("administrator"), timezone.localdate() + timedelta(days=30)
    sent(client, url("category-rename", "040200"), name="物业管理", since=day.isoformat())
    assert "原名物业服务" not in words(client.get(url("categories")))
    assert "原名物业服务" in words(client.get(url("categories"), {"on": day.isoformat()}))
    assert client.get(url("categories"), {"on": "x"}).status_code == 200
    assert called(day).get(pk="040200").called == "物业管理"


def test_a_phrase_is_added_and_retired(at_desk: Desk) -> None:
    client, path = at_desk("administrator"), url("phrases")
    assert "常用语已加上" in sent(client, path, duty="dispatcher", use="proposal", text="属{单位}职责。")
    phrase = Phrase.objects.get()
    assert "属{单位}职责。" in words(client.get(path))
    client.post(url("phrase-retire", phrase.pk))
    assert "还没有常用语" in words(client.get(path))


def test_the_fixed_lists_say_why_they_are_fixed(at_desk: Desk) -> None:
    page = words(at_desk("administrator").get(url("code-lists")))
    assert "来自《信访工作条例》" in page
    assert "网上投诉" in page


def test_an_administrator_opens_no_petition_on_the_way(at_desk: Desk, cast: Cast) -> None:
    petition = registered(cast).petition
    assert at_desk("administrator").get(url("petition", petition.number)).status_code == 404
