"""内容分类 is opened, renamed and retired from a day on; what was recorded keeps its name, and nothing is removed."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.cast import MORNING, Cast, Life, registered
from tests.petitions.facts import refused
from xinfang.organizations.errors import NotYourOffice
from xinfang.petitions.actions.categories import open_category, rename_category, retire_category
from xinfang.petitions.models.category import OTHER, Category, CategoryName, called, used_on
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify


@pytest.fixture
def today() -> date:
    return timezone.localdate()


def one(code: str = "040200") -> Category:
    return Category.objects.get(pk=code)


def opened(
    cast: Cast, since: date, code: str = "040300", name: str = "电梯", parent: str | None = "040000"
) -> Category:
    above = one(parent) if parent else None
    return open_category(code=code, name=name, parent=above, since=since, by=cast.administrator, at=timezone.now())


def renamed(cast: Cast, name: str, since: date) -> None:
    rename_category(one(), name=name, since=since, by=cast.administrator, at=timezone.now())


def test_a_new_category_may_be_chosen_from_its_day_on(cast: Cast, today: date) -> None:
    opened(cast, today + timedelta(days=2))
    assert not used_on(today + timedelta(days=1)).filter(pk="040300").exists()
    assert used_on(today + timedelta(days=2)).get(pk="040300").called == "电梯"
    assert Entry.objects.get(act="category.open").facts["name"] == "电梯"


def test_a_new_name_holds_from_its_day_on_and_the_old_one_stays_on_what_was_before(cast: Cast, today: date) -> None:
    petition = registered(cast).petition
    renamed(cast, "物业管理", today + timedelta(days=1))
    renamed(cast, "物业和小区", today + timedelta(days=3))
    names = [one().called_on(today + timedelta(days=n)) for n in range(4)]
    assert names == ["物业服务", "物业管理", "物业管理", "物业和小区"]
    assert [called(today + timedelta(days=n)).get(pk="040200").called for n in range(4)] == names
    assert petition.category.called_on(timezone.localdate(petition.registered_at)) == "物业服务"
    assert Entry.objects.filter(act="category.rename").count() == 2


def test_a_name_that_was_altered_behind_the_entry_is_found(cast: Cast, today: date) -> None:
    renamed(cast, "物业管理", today)
    sequencer.place_all()
    assert verify() is None
    CategoryName.objects.update(name="别的")
    lie = verify()
    assert lie is not None
    assert "category.rename" in lie.what


def test_a_name_that_never_changed_costs_no_statement(cast: Cast, today: date, django_assert_num_queries) -> None:
    category = one()
    with django_assert_num_queries(0):
        assert category.called_on(today) == "物业服务"


def test_a_retired_category_is_chosen_no_more_and_is_still_there(cast: Cast, today: date) -> None:
    retire_category(one(), on=today, by=cast.administrator, at=timezone.now())
    assert not used_on(today).filter(pk="040200").exists()
    assert used_on(today - timedelta(days=1)).filter(pk="040200").exists()
    assert Entry.objects.get(act="category.retire").subject_id == 40200
    for again in (lambda: renamed(cast, "物业管理", today), lambda: opened(cast, today, code="040200")):
        with refused("停用"):
            again()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"code": "0403"}, "编码须为六位数字。"),
        ({"code": "040200"}, "这个编码已有，停用的编码也不能再用。"),
        ({"code": "050300"}, "二级分类的编码前两位须与上级相同"),
        ({"code": "040000"}, "这个编码已有"),
        ({"code": "050300", "parent": None}, "一级分类的编码后四位须为 0000。"),
        ({"code": "040201", "parent": "040200"}, "上级须是当日在用的一级分类。"),
        ({"name": " "}, "名称不能为空。"),
        ({"name": "物业服务"}, "同一级里已有这个名称。"),
    ],
)
def test_a_wrong_category_is_refused(cast: Cast, today: date, changes: dict[str, str], sentence: str) -> None:
    with refused(sentence):
        opened(cast, today, **changes)
    assert Category.objects.count() == 4


def test_what_was_is_not_changed_from_a_day_that_is_over(cast: Cast, today: date) -> None:
    yesterday = today - timedelta(days=1)
    for change in (
        lambda: opened(cast, yesterday),
        lambda: renamed(cast, "物业管理", yesterday),
        lambda: retire_category(one(), on=yesterday, by=cast.administrator, at=timezone.now()),
    ):
        with refused("生效日期不能早于今天。"):
            change()


def test_a_name_is_not_given_twice(cast: Cast, today: date) -> None:
    with refused("那一天的名称已经是这个。"):
        renamed(cast, "物业服务", today)
    renamed(cast, "物业管理", today)
    with refused("已经改过一次名"):
        renamed(cast, "物业", today)


def test_the_class_above_and_other_are_not_retired(cast: Cast, today: date) -> None:
    with refused("请先停用它下面的分类。"):
        retire_category(one("040000"), on=today, by=cast.administrator, at=timezone.now())
    with refused("“其他”不能停用"):
        retire_category(one(OTHER), on=today, by=cast.administrator, at=timezone.now())


@pytest.mark.parametrize("name", ["bureau_head", "dispatcher", "street_head"])
def test_categories_are_an_administrators(cast: Cast, today: date, name: str) -> None:
    with pytest.raises(NotYourOffice):
        retire_category(one(), on=today, by=cast.officers[name], at=timezone.now())


@pytest.mark.parametrize("verb", ["register", "propose"])
def test_the_verbs_refuse_a_retired_and_an_unknown_category(cast: Cast, verb: str) -> None:
    retired = Category.objects.get(pk="040200")
    Category.objects.filter(pk=retired.pk).update(retired_on=MORNING.date())
    life = Life(cast, category=OTHER).until("check_duplicate") if verb == "propose" else None
    for category, said in (("040200", "“物业服务”这一天不在使用"), ("888888", "没有这个选项"), ("\0", "没有这个选项")):
        with refused(said, field="category"):
            if life:
                life.propose(category=category)
            else:
                registered(cast, category=category)
