"""The county that the texts are checked against, and the reading of files row by row."""

import csv
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from xinfang.organizations import county
from xinfang.organizations.errors import Defect
from xinfang.organizations.models import DivisionKind, UnitKind
from xinfang.petitions.codes import Purpose
from xinfang.petitions.giving import MAY_LEAD

T = TypeVar("T")


class WrongRow(Exception):
    """The reason why one row cannot be read."""


@dataclass(frozen=True)
class Ground:
    """Streets by code, the node number of each street's office, the kind of every node, second-level categories."""

    folder: Path
    defects: list[Defect]
    streets: Mapping[str, str]
    offices: Mapping[str, int]
    kinds: Mapping[int, UnitKind]
    categories: frozenset[str]

    def street(self, part: str) -> str:
        """A street by its code, or by the three digits that tell it from its neighbours."""
        for code in self.streets:
            if part in (code, code[6:9]):
                return code
        raise WrongRow(f"没有街道“{part}”。")

    def category(self, code: str) -> str:
        if code not in self.categories:
            raise WrongRow(f"没有二级分类“{code}”。")
        return code

    def unit(self, serial: int, purpose: Purpose) -> int:
        """Accusations belong to the discipline organ and to nobody else."""
        proper = {UnitKind.DISCIPLINE} if purpose == Purpose.ACCUSE else MAY_LEAD
        if self.kinds.get(serial) not in proper:
            raise WrongRow(f"没有节点 {serial}，或者它不能办理这件事。")
        return serial

    def rows(self, file: str, parse: Callable[[dict[str, str]], T]) -> list[T]:
        """The rows of a CSV file; those that cannot be read are noted as defects."""
        rows: list[T] = []
        try:
            with (self.folder / file).open(encoding="utf-8-sig", newline="") as lines:
                table = csv.DictReader(lines, restkey="", restval="")
                for cells in table:
                    rows += self._taken(file, table.line_num, parse, cells)
        except (OSError, UnicodeDecodeError, csv.Error):
            self.defects.append(Defect(file, 1, "读不出这个 UTF-8 编码的 CSV 文件。"))
        return rows

    def tables(self, file: str, name: str, parse: Callable[[dict[str, Any]], T]) -> list[T]:
        """The tables `[[name]]` of a TOML file, each with the line it begins on."""
        try:
            text = (self.folder / file).read_text("utf-8")
            said = tomllib.loads(text)[name]
        except (OSError, ValueError, KeyError):
            self.defects.append(Defect(file, 1, f"读不出这个 UTF-8 编码的 TOML 文件，或者其中没有 {name}。"))
            return []
        lines = [n for n, line in enumerate(text.splitlines(), start=1) if line.strip() == f"[[{name}]]"]
        return [row for line, one in zip(lines, said, strict=True) for row in self._taken(file, line, parse, one)]

    def _taken(self, file: str, line: int, parse: Callable[[Any], T], said: Any) -> list[T]:
        try:
            return [parse(said)]
        except WrongRow as wrong:
            reason = str(wrong)
        except KeyError as missing:
            reason = f"缺少 {missing.args[0]}。"
        except (ValueError, TypeError) as unknown:
            reason = f"有一格不认识：{unknown}。"
        self.defects.append(Defect(file, line, reason))
        return []


def ground(folder: Path) -> Ground:
    """The county's own files; if they are wrong, nothing is read."""
    land = county.read(folder)
    with (folder / "categories.csv").open(encoding="utf-8-sig", newline="") as lines:
        categories = frozenset(row["code"] for row in csv.DictReader(lines) if row["parent"])
    return Ground(
        folder / "demo",
        defects=[],
        streets={row.code: row.name for row in land.divisions if row.kind == DivisionKind.STREET},
        offices={unit.division: unit.serial for unit in land.units if unit.kind == UnitKind.STREET},
        kinds={unit.serial: unit.kind for unit in land.units},
        categories=categories,
    )
