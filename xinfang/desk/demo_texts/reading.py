"""The files of `demo/`, checked row by row."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

from xinfang.desk.demo_texts.ground import Ground, WrongRow, ground
from xinfang.desk.demo_texts.stories import hero, question
from xinfang.desk.demo_texts.templates import PLACES, SLOTS, Proposal, Template
from xinfang.desk.demo_texts.texts import DemoTexts
from xinfang.organizations.errors import BadCounty, Defect
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import AssignmentKind, Channel, EvaluationValue, NoteKind, OpinionResult, Purpose

MANY, CODES = "\N{FULLWIDTH VERTICAL LINE}", "|"
NAME_PARTS = ("surname", "given")
SHORTEST_TEXT, LONGEST_TEXT, MOST_DEMANDS = 60, 400, 4


def read(folder: Path) -> DemoTexts:
    """The texts in `demo/` of a county's folder, or BadCounty with every defect found, by file and line."""
    land = ground(folder)
    templates = land.rows("petitions.csv", lambda cells: _template(cells, land))
    names = land.rows("names.csv", _name)
    places = land.rows("villages.csv", lambda cells: (land.street(cells["parent"]), "village", cells["name"]))
    places += land.rows("places.csv", lambda cells: (land.street(cells["street"]), _place(cells), cells["name"]))
    notes = land.rows("notes.csv", lambda cells: (NoteKind(cells["kind"]), cells["text"]))
    proposals = land.rows("proposals.csv", _proposal)
    ratings = land.rows("ratings.csv", lambda cells: (EvaluationValue(cells["value"]), cells["reason"]))
    heroes = land.tables("heroes.toml", "hero", lambda said: hero(said, land))
    questions = land.tables("questions.toml", "question", question)
    _refuse_twice(land, [template.key for template in templates])
    if land.defects:
        raise BadCounty(land.defects)
    return DemoTexts(
        templates=tuple(templates),
        names={wanted: {text: weight for part, text, weight in names if part == wanted} for wanted in NAME_PARTS},
        streets=land.streets,
        offices=land.offices,
        places={code: _grouped((kind, name) for at, kind, name in places if at == code) for code in land.streets},
        notes=_grouped(notes),
        proposals=tuple(proposals),
        ratings=_grouped(ratings),
        heroes=tuple(heroes),
        questions=tuple(questions),
    )


def _template(cells: Mapping[str, str], land: Ground) -> Template:
    purpose, demands = Purpose(cells["purpose"]), _several(cells["demands"], MANY)
    _refuse_words(cells, demands)
    return Template(
        key=cells["key"],
        title=cells["title"],
        text=cells["text"],
        demands=demands,
        answers=_answers(cells, 0 if purpose == Purpose.ACCUSE else len(demands)),
        category=land.category(cells["category"]),
        purpose=purpose,
        supplement=cells["supplement"],
        channels=tuple(Channel(channel) for channel in cells["channels"].split(CODES)),
        unit=None if cells["unit"] == "street" else land.unit(int(cells["unit"]), purpose),
        streets=tuple(land.street(part) for part in _several(cells["streets"], CODES)),
    )


def _refuse_words(cells: Mapping[str, str], demands: tuple[str, ...]) -> None:
    slots = {slot for cell in cells.values() for _, slot, _, _ in Formatter().parse(cell) if slot is not None}
    if slots - SLOTS:
        raise WrongRow(f"不认识 {'、'.join(sorted(slots - SLOTS))} 这样的空位。")
    if "{" not in cells["title"]:
        raise WrongRow("标题里没有空位，会写出许多相同的标题。")
    if not SHORTEST_TEXT <= len(cells["text"]) <= LONGEST_TEXT:
        raise WrongRow(f"正文应为 {SHORTEST_TEXT} 至 {LONGEST_TEXT} 字，现为 {len(cells['text'])} 字。")
    if not 1 <= len(demands) <= MOST_DEMANDS:
        raise WrongRow(f"诉求应为 1 至 {MOST_DEMANDS} 项。")


def _answers(cells: Mapping[str, str], wanted: int) -> tuple[AnswerText, ...]:
    findings, bases, results = (_several(cells[column], MANY) for column in ("finding", "basis", "result"))
    if {len(findings), len(bases), len(results)} != {wanted}:
        raise WrongRow("每项诉求要有一项事实、一项依据、一个结果；检举控告不写。")
    rows = zip(findings, bases, results, strict=True)
    return tuple(AnswerText(finding, basis, OpinionResult(result)) for finding, basis, result in rows)


def _name(cells: Mapping[str, str]) -> tuple[str, str, int]:
    if cells["part"] not in NAME_PARTS:
        raise WrongRow(f"part“{cells['part']}”应为 {'、'.join(NAME_PARTS)} 之一。")
    return cells["part"], cells["text"], int(cells["weight"])


def _place(cells: Mapping[str, str]) -> str:
    if cells["kind"] not in PLACES:
        raise WrongRow(f"kind“{cells['kind']}”应为 {'、'.join(PLACES)} 之一。")
    return cells["kind"]


def _proposal(cells: Mapping[str, str]) -> Proposal:
    return Proposal(AssignmentKind(cells["disposition"]), _several(cells["fits"], CODES), cells["text"])


def _several(cell: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(mark)) if cell else ()


def _grouped(pairs: Iterable[tuple[Any, str]]) -> dict[Any, tuple[str, ...]]:
    found: dict[Any, tuple[str, ...]] = {}
    for key, text in pairs:
        found[key] = (*found.get(key, ()), text)
    return found


def _refuse_twice(land: Ground, keys: list[str]) -> None:
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        land.defects.append(Defect("petitions.csv", 1, f"key“{key}”重复。"))
