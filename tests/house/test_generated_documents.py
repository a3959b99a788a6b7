"""The handbook of norms, the drawn states and the table of branches say what the tables of moves say, and no cell is blank."""

from pathlib import Path

import pytest
from django.urls import get_resolver
from django.utils import timezone

from tests.house.rooms import ROOT
from tests.house.test_articles import TODAY, wrong
from tools import tables
from xinfang.legislation import library
from xinfang.petitions import openings
from xinfang.trace.acts import Hand

HEADS = ("步骤", "痕迹", "依据", "页面", "文书", "测试", "全程")


def blank(rows: list[list[str]]) -> list[tuple[str, str]]:
    return [(row[1], head) for row in rows for head, cell in zip(HEADS, row, strict=True) if not cell.strip()]


@pytest.mark.parametrize("name", ["handbook.md", "states.md", "branches.md"])
def test_it_is_printed_from_the_tables_as_they_stand(name: str) -> None:
    """`make docs`, or `python -m tools.tables`, prints it anew."""
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == tables.documents()[name]


def test_no_cell_of_the_branches_is_blank() -> None:
    assert blank(tables.rows()) == []


def test_a_blank_cell_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "PAGES", {})
    assert ("`petition.receive`", "页面") in blank(tables.rows())


def test_every_step_has_its_row_and_its_section() -> None:
    told = tables.documents()
    for verb, move in openings.moves().items():
        assert f"| `{verb}` |" in told["branches.md"]
        assert f"\n### {move.label}\n\n{move.norm}\n" in told["handbook.md"]


def test_every_page_it_names_exists() -> None:
    doors = get_resolver().namespace_dict["desk"][1].reverse_dict
    named = [row[3].strip("`").partition(":")[2] for row in tables.rows() if row[3].startswith("`")]
    assert [page for page in named if page not in doors] == []


def test_every_test_it_names_speaks_of_the_verb() -> None:
    for row in tables.rows():
        verb, file = row[1].strip("`"), Path(row[5].partition("(../")[2].rstrip(")"))
        word = verb.partition(".")[2]
        assert any(said in (ROOT / file).read_text(encoding="utf-8") for said in (word, word.split("_")[0], verb)), verb


@pytest.mark.django_db
def test_every_article_it_names_is_in_the_library() -> None:
    library.load(by=Hand.system("test"), at=timezone.now())
    assert [row[1] for row in tables.rows() if wrong(row[2], TODAY)] == []


def test_the_papers_of_a_step_are_those_of_the_table() -> None:
    cells = {row[1].strip("`"): row[4] for row in tables.rows()}
    for verb, move in openings.moves().items():
        assert all(str(kind.label) in cells[verb] for kind in move.papers)
        assert move.papers or cells[verb] == tables.NO_PAPER


def test_every_state_is_drawn_or_is_not_reached() -> None:
    drawn = tables.states()
    for verb, move in openings.moves().items():
        machine = verb.partition(".")[0]
        for state in {*move.start, move.to} - {""}:
            assert tables._state(machine, state) in drawn
