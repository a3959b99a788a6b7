"""What comes with the system: the articles of two petition regulations, and laws known by name (data/*.toml)."""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from xinfang.legislation.reading import Draft, Heading, Provision

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True)
class LawEntry:
    """A law as it is entered: by name, with who made it."""

    code: str
    title: str
    kind: str
    level: str
    issuer: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """One version that comes with the system."""

    law: LawEntry
    code: str
    in_force_on: date
    repealed_on: date | None
    source: str
    draft: Draft = field(hash=False)
    succeeded_by: str = ""
    corresponds_to: str = ""


def laws() -> list[LawEntry]:
    """Every law known by name, those with articles first."""
    return [*(edition.law for edition in editions()), *(_entry(row) for row in _read("known.toml")["laws"])]


def editions() -> list[Edition]:
    return [_edition(_read(file.name)) for file in sorted(FOLDER.glob("tiaoli-*.toml"))]


@cache
def earlier() -> dict[str, tuple[str, ...]]:
    """From an article's anchor to the anchors of those it took the place of."""
    return {
        f"{data['version']}#{row['n']}": tuple(f"{data['corresponds_to']}#{n}" for n in row.get("from", ()))
        for data in (_read(file.name) for file in sorted(FOLDER.glob("tiaoli-*.toml")))
        if "corresponds_to" in data
        for row in data["articles"]
    }


@cache
def later() -> dict[str, tuple[str, ...]]:
    """From an article's anchor to the anchors of those that took its place."""
    found: dict[str, tuple[str, ...]] = {}
    for anchor, olds in earlier().items():
        for old in olds:
            found[old] = (*found.get(old, ()), anchor)
    return found


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _entry(row: dict[str, Any], code: str = "") -> LawEntry:
    facts = {name: row[name] for name in ("title", "kind", "level", "issuer")}
    return LawEntry(code=code or row["code"], names=tuple(row.get("names", ())), **facts)


def _edition(data: dict[str, Any]) -> Edition:
    chapters = [Heading(row["n"], row["title"], row["first"]) for row in data["chapters"]]
    provisions = [
        Provision(row["n"], chapter=_chapter(chapters, row["n"]), clauses=tuple(row["clauses"]), gloss=row["says"])
        for row in data["articles"]
    ]
    return Edition(
        law=_entry(data, data["law"]),
        code=data["version"],
        in_force_on=data["in_force_on"],
        repealed_on=data.get("repealed_on"),
        source=data["source"],
        draft=Draft(data["title"], [], provisions, chapters),
        succeeded_by=data.get("succeeded_by", ""),
        corresponds_to=data.get("corresponds_to", ""),
    )


def _chapter(chapters: list[Heading], number: int) -> int:
    return max((one.number for one in chapters if one.first <= number), default=0)
