"""A county's map is in its folder: a grid of streets, or their borders; what is wrong in it is named and nothing is written."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError

from tests.organizations.test_county import LINTONG, SMALL, load
from xinfang.organizations import maps
from xinfang.organizations.county import read
from xinfang.organizations.models import Division, OnMap

pytestmark = pytest.mark.usefixtures("no_other_loaders")
STREET = "620999001000"
SQUARE = [[109.0, 34.0], [109.2, 34.0], [109.2, 34.2], [109.0, 34.2], [109.0, 34.0]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def tiles(folder: Path, *rows: str) -> None:
    (folder / "map.csv").write_text("\n".join(["code,column,row", *rows]) + "\n", "utf-8")


def borders(folder: Path, *features: Any) -> None:
    said = {"type": "FeatureCollection", "features": list(features)}
    (folder / "map.geojson").write_text(json.dumps(said), "utf-8")


def feature(code: str = STREET, kind: str = "Polygon", coordinates: Any = None) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def test_every_street_of_lintong_has_a_tile_of_its_own(db: None) -> None:
    load(LINTONG)
    placed = set(OnMap.objects.values_list("division", flat=True))
    assert placed == set(Division.objects.filter(kind="street").values_list("code", flat=True))
    assert len(set(OnMap.objects.values_list("column", "row"))) == 23


def test_a_county_needs_no_map(db: None, folder: Path) -> None:
    assert "地图 0" in load(folder)
    assert not OnMap.objects.exists()


def test_the_map_follows_its_file_and_loading_again_changes_nothing(db: None, folder: Path) -> None:
    tiles(folder, f"{STREET},2,3")
    assert "地图 1" in load(folder)
    assert "地图 0" in load(folder)
    tiles(folder, f"{STREET},4,1")
    assert "地图 1" in load(folder)
    assert list(OnMap.objects.values_list("column", "row")) == [(4, 1)]
    (folder / "map.csv").unlink()
    assert "地图 1" in load(folder)
    assert not OnMap.objects.exists()


def test_borders_are_laid_on_one_sheet_north_upwards(db: None, folder: Path) -> None:
    tiles(folder, f"{STREET},2,3")
    borders(folder, feature())
    load(folder)
    [one] = OnMap.objects.all()
    [ring] = one.outline
    assert (one.column, one.row) == (2, 3)
    assert ring[0] == ring[-1] == [0, max(y for _, y in ring)]
    assert max(x for x, _ in ring) == maps.WIDTH
    assert max(y for _, y in ring) > maps.WIDTH  # a degree of longitude is shorter than one of latitude here


def test_a_border_of_a_hundred_thousand_points_is_drawn_with_a_few(folder: Path) -> None:
    side = [[109.0 + n / 500_000, 34.0] for n in range(100_001)]
    borders(folder, feature(coordinates=[[*side, [109.2, 34.2], [109.0, 34.2], [109.0, 34.0]]]))
    [one] = read(folder).on_map
    assert len(one.outline[0]) == 5


def test_several_islands_belong_to_one_street(folder: Path) -> None:
    away = [[x + 0.5, y] for x, y in SQUARE]
    borders(folder, feature(kind="MultiPolygon", coordinates=[[SQUARE], [away]]))
    [one] = read(folder).on_map
    assert len(one.outline) == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("620999000000,1,1", "map.csv 第 2 行：“620999000000”不是本区县的街道（乡镇）。"),
        (f"{STREET},13,1", "map.csv 第 2 行：column“13”最大是 12。"),
        (f"{STREET},1,21", "map.csv 第 2 行：row“21”最大是 20。"),
        (f"{STREET},0,1", "map.csv 第 2 行：column“0”应为正整数。"),
        (f"{STREET},1,1\n{STREET},2,1", "map.csv 第 3 行：区划代码“620999001000”重复。"),
    ],
)
def test_a_wrong_tile_is_named_by_its_line(db: None, folder: Path, row: str, says: str) -> None:
    tiles(folder, row)
    with pytest.raises(CommandError) as refused:
        load(folder)
    assert says in str(refused.value)
    assert not Division.objects.exists()


@pytest.mark.parametrize(
    ("features", "says"),
    [
        ([feature("620999000000")], "第 1 个图形的 code“620999000000”不是本区县的街道（乡镇）。"),
        ([feature(), feature()], "第 2 个图形的 code“620999001000”重复。"),
        ([feature(kind="Point", coordinates=[109, 34])], "第 1 个图形应为 Polygon 或者 MultiPolygon"),
        ([feature(coordinates=[[[109, 34]]])], "第 1 个图形应为 Polygon"),
        ([feature(coordinates=[[["东", "北"]] * 4])], "第 1 个图形应为 Polygon"),
        ([feature(coordinates=[[[500_000, 3_800_000]] * 4])], "第 1 个图形应为 Polygon"),
        ([feature(coordinates=[[[109, 34]] * 4])], "没有图形。"),
        ([], "没有图形。"),
        ([None], "第 1 个图形的 code“”不是本区县的街道"),
    ],
)
def test_wrong_borders_are_named(db: None, folder: Path, features: list[Any], says: str) -> None:
    borders(folder, *features)
    with pytest.raises(CommandError) as refused:
        load(folder)
    assert "map.geojson 第 1 行" in str(refused.value)
    assert says in str(refused.value)
    assert not Division.objects.exists()


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"features": 3}', "名".encode("gbk"), b"[" * 100_000])
def test_what_is_no_geojson_is_named(folder: Path, content: bytes) -> None:
    (folder / "map.geojson").write_bytes(content)
    with pytest.raises(Exception, match=r"map\.geojson 第 1 行：不是 UTF-8 编码的 GeoJSON"):
        read(folder)


def test_borders_too_fine_to_send_are_refused(folder: Path) -> None:
    jagged = [[109.0 + n / 10_000, 34.0 + (n % 2) / 10] for n in range(6_000)]
    borders(folder, feature(coordinates=[[*jagged, jagged[0]]]))
    with pytest.raises(Exception, match="图形太细"):
        read(folder)
