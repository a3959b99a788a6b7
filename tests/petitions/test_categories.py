"""内容分类 is loaded from a file; a wrong row refuses the whole file, with its line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.petitions.facts import refused
from xinfang.petitions.actions.categories import load_categories
from xinfang.petitions.models import Category
from xinfang.petitions.models.category import OTHER
from xinfang.trace.acts import Hand
from xinfang.trace.models import Entry

pytestmark = pytest.mark.django_db
LOADER = Hand.system("category loader")
TREE = [
    {"code": "040200", "name": "物业服务", "parent": "040000"},
    {"code": "040000", "name": "房产物业", "parent": ""},
]


def load(rows: list[dict[str, str]]) -> int:
    return load_categories(rows, by=LOADER, at=timezone.now())


def test_a_child_may_stand_before_its_parent() -> None:
    assert load(TREE) == 2
    assert Category.objects.get(code="040200").parent_id == "040000"


def test_loading_again_changes_the_name_and_doubles_nothing() -> None:
    load(TREE)
    load([{**row, "name": row["name"] + "类"} for row in TREE])
    assert sorted(Category.objects.values_list("name", flat=True)) == ["房产物业类", "物业服务类"]


def test_the_entry_tells_how_many_and_which_content() -> None:
    load(TREE)
    load(TREE)
    first, second = (entry.facts for entry in Entry.objects.order_by("id"))
    assert first == second
    assert first["count"] == 2
    assert len(first["content"]) == 64


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"code": "0402", "name": "某", "parent": ""}, "第 4 行：编码须为六位数字。"),
        ({"code": "04020a", "name": "某", "parent": ""}, "第 4 行：编码须为六位数字。"),
        ({"code": "040000", "name": "某", "parent": ""}, "第 4 行：编码 040000 重复。"),
        ({"code": "050000", "name": "", "parent": ""}, "第 4 行：名称不能为空。"),
        ({"code": "050100", "name": "某", "parent": "050000"}, "第 4 行：上级 050000 不在文件中。"),
    ],
)
def test_a_wrong_row_refuses_the_whole_file(row: dict[str, str], reason: str) -> None:
    with refused(reason):
        load([*TREE, row])
    assert not Category.objects.exists()


def test_the_command_reads_a_file_with_a_mark_at_its_head(tmp_path: Path) -> None:
    file = tmp_path / "categories.csv"
    file.write_text("code,name,parent\n040000,房产物业,\n", encoding="utf-8-sig")
    said = StringIO()
    call_command("load_categories", file, stdout=said)
    assert said.getvalue() == "已装载内容分类 1。\n"


def test_the_command_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "categories.csv"
    file.write_text("code,name,parent\n04,房产物业,\n")
    with pytest.raises(CommandError, match="第 2 行：编码须为六位数字。"):
        call_command("load_categories", file)


def test_the_countys_own_file_loads_and_knows_what_is_other() -> None:
    root = Path(__file__).resolve().parents[2]
    call_command("load_categories", root / "counties" / "lintong" / "categories.csv", stdout=StringIO())
    assert Category.objects.filter(code=OTHER).exists()
