"""看图选: the streets of the county as they lie, to choose one from. A picture of radio buttons, so that it needs no script.

Where the county has borders they are drawn; where it has a grid its tiles stand on it; where it has neither they stand in order.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xinfang.organizations.models import DivisionKind, OnMap
from xinfang.portal import nearest

MARGIN = 8
"""Around the borders, so that no line is cut."""


@dataclass(frozen=True)
class Piece:
    """One street: what is sent, what is called out, where it lies. A village chosen before stays chosen in its street."""

    value: str
    name: str
    short: str
    village: str = ""
    column: int = 0
    row: int = 0
    lines: str = ""
    x: int = 0
    y: int = 0
    is_chosen: bool = False

    @property
    def called(self) -> str:
        """As it is read aloud."""
        return f"{self.name}（{self.village}）" if self.village else self.name


@dataclass(frozen=True)
class Map:
    """`tiles` on a grid or in order, or `shapes` in a picture of `box`; the streets that a picture does not show are tiles."""

    tiles: list[Piece]
    shapes: list[Piece]
    box: str = ""
    has_villages: bool = False

    @property
    def is_placed(self) -> bool:
        return any(tile.column for tile in self.tiles)


def drawn(streets: Sequence[nearest.Street], chosen: str) -> Map:
    """One statement: everything that is on the map."""
    placed = {one.division_id: one for one in OnMap.objects.filter(division__kind=DivisionKind.STREET)}
    pieces = [_piece(street, placed.get(street.code), chosen) for street in streets]
    shapes = [piece for piece in pieces if piece.lines]
    rest = [piece for piece in pieces if not piece.lines]
    if not shapes:
        rest.sort(key=lambda piece: (piece.row or 99, piece.column))  # the arrow keys go as the eye does
    return Map(rest, shapes, _box(placed.values()), any(street.villages for street in streets))


def _piece(street: nearest.Street, at: OnMap | None, chosen: str) -> Piece:
    village = next((one for one in street.villages if one.code == chosen), None)
    x, y = _middle(at.outline) if at and at.outline else (0, 0)
    return Piece(
        value=village.code if village else street.code,
        name=street.name,
        short=_short(street.name),
        village=village.name if village else "",
        column=(at and at.column) or 0,
        row=(at and at.row) or 0,
        lines=_lines(at.outline) if at else "",
        x=x,
        y=y,
        is_chosen=village is not None or street.code == chosen,
    )


def _short(name: str) -> str:
    """骊山街道 is 骊山 on a tile of a telephone; the whole name is what is read aloud."""
    for ending in ("街道", "镇", "乡"):
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name


def _lines(outline: list[list[list[int]]]) -> str:
    return "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in outline)


def _middle(outline: list[list[list[int]]]) -> tuple[int, int]:
    """Where its name stands: the middle of its largest part."""
    largest = max(outline, key=len)[1:]  # the first point is the last one too
    return sum(x for x, _y in largest) // len(largest), sum(y for _x, y in largest) // len(largest)


def _box(placed: Iterable[OnMap]) -> str:
    points = [at for one in placed for ring in one.outline for at in ring]
    if not points:
        return ""
    width, height = max(x for x, _y in points), max(y for _x, y in points)
    return f"{-MARGIN} {-MARGIN} {width + 2 * MARGIN} {height + 2 * MARGIN}"
