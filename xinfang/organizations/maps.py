"""The map of a county, from its folder: map.csv places each street on a grid, map.geojson draws its borders.

Either may be missing. A border is measured out once, here, so that a page only copies it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from xinfang.organizations.errors import Defect

COLUMNS, ROWS = 12, 20
WIDTH = 1000
"""Of a drawn map, in its own units; its height follows."""
FINEST = 2.0
MOST_POINTS = 4000
GEOJSON = "map.geojson"
Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Placed:
    """A street on the map."""

    code: str
    column: int | None = None
    row: int | None = None
    outline: tuple[tuple[tuple[int, int], ...], ...] = ()


class Unreadable(Exception):
    """The reason why there is no map in the file."""


def joined(tiles: Iterable[Placed], drawn: Iterable[Placed]) -> tuple[Placed, ...]:
    """One line a street, whichever file it stands in."""
    placed = {tile.code: tile for tile in tiles}
    for one in drawn:
        placed[one.code] = replace(placed.get(one.code, one), outline=one.outline)
    return tuple(placed[code] for code in sorted(placed))


def drawn(folder: Path, streets: set[str], defects: list[Defect]) -> list[Placed]:
    """The borders of map.geojson, measured onto one sheet; nothing where there is no such file."""
    path = folder / GEOJSON
    if not path.exists():
        return []
    try:
        found = _features(_read(path), streets)
        return [Placed(code, outline=lines) for code, lines in _measured(found).items()]
    except Unreadable as wrong:
        defects.append(Defect(GEOJSON, 1, str(wrong)))
        return []


def _read(path: Path) -> list[Any]:
    try:
        said = json.loads(path.read_text("utf-8-sig"))
        features = said["features"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise Unreadable(_("不是 UTF-8 编码的 GeoJSON FeatureCollection。")) from None
    if not isinstance(features, list):
        raise Unreadable(_("不是 UTF-8 编码的 GeoJSON FeatureCollection。"))
    return features


def _features(features: list[Any], streets: set[str]) -> dict[str, list[Ring]]:
    found: dict[str, list[Ring]] = {}
    for n, feature in enumerate(features, start=1):
        code, rings = _code(feature), _rings(feature)
        if code not in streets:
            said = {"n": n, "code": code}
            raise Unreadable(_("第 %(n)s 个图形的 code“%(code)s”不是本区县的街道（乡镇）。") % said)
        if code in found:
            raise Unreadable(_("第 %(n)s 个图形的 code“%(code)s”重复。") % {"n": n, "code": code})
        if not rings:
            said = {"n": n}
            raise Unreadable(_("第 %(n)s 个图形应为 Polygon 或者 MultiPolygon，坐标为经度、纬度。") % said)
        found[code] = rings
    return found


def _code(feature: Any) -> str:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    return str(properties.get("code", "")) if isinstance(properties, Mapping) else ""


def _rings(feature: Any) -> list[Ring]:
    geometry = feature.get("geometry") if isinstance(feature, Mapping) else None
    if not isinstance(geometry, Mapping):
        return []
    try:
        said: Any = geometry["coordinates"]
        polygons = {"Polygon": [said], "MultiPolygon": said}[str(geometry.get("type"))]
        rings = [[_point(at) for at in ring] for polygon in polygons for ring in polygon]
    except (KeyError, TypeError, ValueError, IndexError):
        return []
    return rings if all(len(ring) >= 4 for ring in rings) else []


def _point(at: Any) -> Point:
    east, north = float(at[0]), float(at[1])
    if not (-180 <= east <= 180 and -85 <= north <= 85):
        raise ValueError
    return east, north


def _measured(found: Mapping[str, list[Ring]]) -> dict[str, tuple[tuple[tuple[int, int], ...], ...]]:
    """All on one sheet: a degree of longitude is as much shorter as the county lies north."""
    every = [point for rings in found.values() for ring in rings for point in ring]
    if not every:
        raise Unreadable(_("没有图形。"))
    west, south = min(x for x, _y in every), min(y for _x, y in every)
    east, north = max(x for x, _y in every), max(y for _x, y in every)
    narrow = cos(radians((south + north) / 2))
    if east == west or north == south:
        raise Unreadable(_("没有图形。"))
    scale = WIDTH / ((east - west) * narrow)
    sheet = {
        code: tuple(_plain([((x - west) * narrow * scale, (north - y) * scale) for x, y in ring]) for ring in rings)
        for code, rings in found.items()
    }
    if (count := sum(len(ring) for rings in sheet.values() for ring in rings)) > MOST_POINTS:
        said = {"count": count, "most": MOST_POINTS}
        raise Unreadable(_("图形太细：化简以后还有 %(count)s 个点，最多 %(most)s 个。请换一份较粗的。") % said)
    return sheet


def _plain(ring: Ring) -> tuple[tuple[int, int], ...]:
    """Whole numbers, without the points that nobody sees on a telephone. Neighbours are cut at the same corners or nearly."""
    kept = [(round(x), round(y)) for x, y in _simplified(ring)]
    return tuple(one for n, one in enumerate(kept) if n == 0 or one != kept[n - 1])


def _simplified(ring: Ring) -> Iterator[Point]:
    """After Douglas and Peucker, with a list for what is still to be looked at: a border may have any number of points."""
    keep, waiting = {0, len(ring) - 1}, [(0, len(ring) - 1)]
    while waiting:
        first, last = waiting.pop()
        far = max(range(first + 1, last), key=lambda n: _off(ring[n], ring[first], ring[last]), default=None)
        if far is not None and _off(ring[far], ring[first], ring[last]) > FINEST:
            keep.add(far)
            waiting += [(first, far), (far, last)]
    return (ring[n] for n in sorted(keep))


def _off(point: Point, one: Point, other: Point) -> float:
    """How far a point lies from a line; from the one end where both are the same, as in a ring that closes."""
    along, across = other[0] - one[0], other[1] - one[1]
    length = hypot(along, across)
    if not length:
        return hypot(point[0] - one[0], point[1] - one[1])
    return abs(across * (point[0] - one[0]) - along * (point[1] - one[1])) / length
