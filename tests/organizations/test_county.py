"""A county is a folder of files: loaded whole or not at all, and as often as one likes."""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from xinfang.organizations.county import read
from xinfang.organizations.models import Division, Duty, Post, Unit, UnitKind
from xinfang.trace.models import Entry

LINTONG = Path(__file__).resolve().parents[2] / "counties" / "lintong"
SMALL = {
    "county.toml": 'code = "620999"\nname = "某某县"\n',
    "divisions.csv": "code,name,kind,parent\n620999000000,某某县,district,\n620999001000,城关镇,street,620999000000\n",
    "units.csv": (
        "serial,code,name,short_name,kind,division,parent,opened_on,paper_code,address,telephone\n"
        "1,6209990010000001299,城关镇政府,城关镇,street,620999001000,,2007-05-08,某城,,\n"
        "2,6209990000000000299,某某县信访局,县信访局,bureau,620999000000,,2007-05-08,某信访,,\n"
    ),
    "posts.csv": "unit_kind,unit_code,duty,name\nbureau,,registrar,接访员\n,6209990010000001299,unit_head,镇长\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


pytestmark = pytest.mark.usefixtures("no_other_loaders")


def change(folder: Path, file: str, old: str, new: str) -> None:
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")


def load(folder: Path) -> str:
    said = StringIO()
    call_command("load_county", str(folder), stdout=said)
    return said.getvalue()


def test_lintong_has_83_nodes_of_the_right_kinds_and_posts_for_each(db):
    load(LINTONG)
    assert list(Unit.objects.order_by("serial").values_list("serial", flat=True)) == list(range(1, 84))
    kinds = Counter(Unit.objects.values_list("kind", flat=True))
    assert (kinds["street"], kinds["bureau"], kinds["discipline"], kinds["judicial"]) == (23, 1, 1, 2)
    assert Division.objects.filter(kind="street").count() == 23
    assert not Unit.objects.filter(posts__isnull=True).exists()
    assert Unit.objects.get(kind=UnitKind.BUREAU).paper_code == "临信访"
    assert set(Post.objects.values_list("duty", flat=True)) == set(Duty.values) - {Duty.VILLAGE_COLLECTOR}


def test_the_categories_of_lintong_stand_in_two_levels():
    with (LINTONG / "categories.csv").open(encoding="utf-8") as lines:
        rows = {row["code"]: row for row in csv.DictReader(lines)}
    assert len([row for row in rows.values() if not row["parent"]]) == 20
    below = [row for row in rows.values() if row["parent"]]
    assert all(rows[row["parent"]]["parent"] == "" and row["code"][:2] == row["parent"][:2] for row in below)


def test_another_county_is_another_folder(db, folder):
    assert "区划 2、单位 2、补设岗位 0" in load(folder)
    assert set(Post.objects.values_list("unit__short_name", "name")) == {("县信访局", "接访员"), ("城关镇", "镇长")}


def test_each_unit_leaves_its_entry_joined_to_the_load(db, folder):
    load(folder)
    whole = Entry.objects.get(act="county.load")
    assert Entry.objects.filter(act="unit.open", cause=whole.pk).count() == 2
    assert (whole.hand, whole.post) == ("system", "county loader")


def test_loading_again_changes_nothing(db, folder):
    load(folder)
    before = everything()
    assert "区划 0、单位 0、补设岗位 0" in load(folder)
    assert everything() == before


def everything() -> list[dict[str, object]]:
    return [row for model in (Unit, Post, Division) for row in model.objects.order_by("pk").values()]


def test_loading_again_corrects_names_and_adds_posts(db, folder):
    load(folder)
    change(folder, "units.csv", "某某县信访局,", "某某县信访和人民建议征集局,")
    change(folder, "divisions.csv", "城关镇", "城关街道")
    change(folder, "posts.csv", "bureau,,registrar,接访员\n", "bureau,,registrar,接访员\nbureau,,dispatcher,拟办员\n")
    assert "区划 1、单位 1、补设岗位 1" in load(folder)
    assert Unit.objects.get(serial=2).name == "某某县信访和人民建议征集局"
    assert Entry.objects.filter(act="unit.correct").count() == 1


def test_the_organs_above_a_unit_are_read_where_the_file_has_them(db, folder):
    load(folder)
    assert Unit.objects.get(serial=2).superior == ""
    change(folder, "units.csv", "address,telephone\n", "address,telephone,superior,superior_above\n")
    change(folder, "units.csv", "某信访,,\n", "某信访,,,某某市信访局,某某省信访局\n")
    assert "单位 1" in load(folder)
    assert Unit.objects.values_list("superior", "superior_above").get(serial=2) == ("某某市信访局", "某某省信访局")


def test_a_superior_too_long_to_keep_is_refused_with_its_line(db, folder):
    change(folder, "units.csv", "address,telephone\n", "address,telephone,superior\n")
    change(folder, "units.csv", "某信访,,\n", f"某信访,,,{'长' * 61}\n")
    with pytest.raises(CommandError, match=r"units.csv 第 3 行：superior 不能超过 60 个字。"):
        load(folder)


def test_a_file_cannot_turn_a_unit_into_another_kind(db, folder):
    load(folder)
    change(folder, "units.csv", "县信访局,bureau", "县信访局,dept")
    with pytest.raises(CommandError, match=r"units\.csv 第 3 行：该单位已装载"):
        load(folder)
    assert Unit.objects.get(serial=2).kind == UnitKind.BUREAU


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("units.csv", "bureau", "buro", "units.csv 第 3 行：kind“buro”不认识"),
        ("units.csv", "2,6209990000000000299", "2,62099900", "units.csv 第 3 行：code“62099900”应为 19 位数字。"),
        ("units.csv", "2,6209990000000000299", "1,6209990000000000299", "units.csv 第 3 行：节点号“1”重复。"),
        ("units.csv", "2007-05-08,某信访", "2007-13-08,某信访", "units.csv 第 3 行：opened_on“2007-13-08”不是日期"),
        ("units.csv", "bureau,620999000000", "bureau,620999009000", "units.csv 第 3 行：区划“620999009000”不存在。"),
        ("units.csv", "bureau,620999000000", "bureau,620999001000", "units.csv 第 3 行：单位代码的前 12 位"),
        ("units.csv", "某某县信访局,", ",", "units.csv 第 3 行：name 不能为空。"),
        ("units.csv", "opened_on,", "opened,", "units.csv 第 1 行：缺少列：opened_on。"),
        (
            "divisions.csv",
            "street,620999000000",
            "street,620998000000",
            "divisions.csv 第 3 行：上级区划“620998000000”不存在。",
        ),
        ("posts.csv", "registrar", "regist", "posts.csv 第 2 行：duty“regist”不认识"),
        (
            "posts.csv",
            ",6209990010000001299",
            "street,6209990010000001299",
            "posts.csv 第 3 行：unit_kind 和 unit_code",
        ),
        (
            "posts.csv",
            "6209990010000001299",
            "6209990010000009299",
            "posts.csv 第 3 行：单位“6209990010000009299”不存在。",
        ),
        ("county.toml", "code", "kode", "county.toml 第 1 行"),
    ],
)
def test_a_wrong_row_is_named_by_line_and_nothing_is_written(db, folder, file, old, new, says):
    change(folder, file, old, new)
    with pytest.raises(CommandError) as refused:
        load(folder)
    assert says in str(refused.value)
    assert [model.objects.count() for model in (Unit, Division, Entry)] == [0, 0, 0]


def test_every_wrong_row_is_named_at_once(db, folder):
    change(folder, "units.csv", "bureau", "buro")
    change(folder, "posts.csv", "registrar", "regist")
    with pytest.raises(CommandError, match=r"(?s)units.csv 第 3 行.*posts.csv 第 2 行"):
        load(folder)


def test_a_missing_or_unreadable_file_is_named(db, folder):
    (folder / "posts.csv").unlink()
    (folder / "units.csv").write_bytes("名称".encode("gbk"))
    with pytest.raises(CommandError, match=r"(?s)units.csv 第 1 行：不是 UTF-8.*posts.csv 第 1 行：没有这个文件"):
        load(folder)


def test_a_county_without_categories_is_not_loaded(db, folder, monkeypatch):
    commands = "xinfang.organizations.management.commands.load_county"
    monkeypatch.setattr(f"{commands}.get_commands", lambda: {"load_categories": "xinfang.petitions"})
    with pytest.raises(CommandError, match=r"categories\.csv 第 1 行：没有这个文件。"):
        load(folder)
    assert not Unit.objects.exists()


def test_when_a_room_above_refuses_its_file_nothing_is_loaded(db, folder, monkeypatch):
    (folder / "categories.csv").write_text("code,name,parent\n", "utf-8")

    def refuse(*args: object, **options: object) -> None:
        raise CommandError("categories.csv 第 2 行：代码重复。")

    commands = "xinfang.organizations.management.commands.load_county"
    monkeypatch.setattr(f"{commands}.get_commands", lambda: {"load_categories": "xinfang.petitions"})
    monkeypatch.setattr(f"{commands}.call_command", refuse)
    with pytest.raises(CommandError, match="代码重复"):
        load(folder)
    assert not Unit.objects.exists()


def test_a_file_saved_by_a_spreadsheet_with_a_mark_at_its_head_is_read(folder):
    path = folder / "units.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read(folder).units) == 2
