"""docs/life-of-a-petition.md tells the life that the journey test performs, and says of each step what the table says."""

import importlib
import re
from pathlib import Path

import pytest
from django.urls import get_resolver
from PIL import Image

from tests.house.rooms import ROOT
from tests.journeys.life import heading
from tests.journeys.test_life_of_a_petition import STEPS
from tests.petitions.test_lifecycle_table import VERB_OF
from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.petitions import openings

DOCUMENT = ROOT / "docs" / "life-of-a-petition.md"
PICTURE = re.compile(r"!\[[^\]]+\]\(([^)]+)\)")
FUNCTION = re.compile(r"\[`([\w.]+)`\]\(\.\./([\w/]+)\.py\)")
CODE = re.compile(r"`([^`]+)`")
ROW = re.compile(r"^\| (\w+) \| (.+) \|$", re.MULTILINE)
ASKED = ["who", "page", "calls", "written", "clocks", "paper", "entry", "article"]
WIDEST, HEAVIEST = 1000, 2_000_000

_, *CHAPTERS = DOCUMENT.read_text().split("\n## ")


def rows(chapter: str) -> dict[str, str]:
    return dict(ROW.findall(chapter))


def pictures(chapter: str) -> list[Path]:
    return [DOCUMENT.parent / link for link in PICTURE.findall(chapter)]


def width(picture: Path) -> int:
    with Image.open(picture) as opened:
        return opened.width


def acts(chapter: str) -> list[str]:
    """The acts of the table that a step performs."""
    return [act for act in CODE.findall(rows(chapter)["entry"]) if act in openings.moves()]


def test_the_document_and_the_journey_have_the_same_headings() -> None:
    told = [chapter.splitlines()[0] for chapter in CHAPTERS]
    assert told == [f"{n}. {heading(step)}" for n, step in enumerate(STEPS, start=1)]


def test_every_step_of_the_road_to_the_archive_is_told() -> None:
    """An assignment's; where the road branches, docs/manual/branches.md tells."""
    road = {*VERB_OF.values(), "petition.receive", "petition.register"}
    assert road <= {act for chapter in CHAPTERS for act in acts(chapter)}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.splitlines()[0])
class TestEachStep:
    def test_it_answers_every_question(self, chapter: str) -> None:
        assert list(rows(chapter)) == ASKED

    def test_its_articles_are_those_of_the_table(self, chapter: str) -> None:
        articles = {openings.moves()[act].article for act in acts(chapter)}
        assert articles <= {rows(chapter)["article"]}

    def test_its_clocks_are_moved_by_its_acts(self, chapter: str) -> None:
        moves = [openings.moves()[act] for act in acts(chapter)]
        told = {Clock(code) for code in CODE.findall(rows(chapter)["clocks"]) if code in Clock.values}
        assert told <= {clock for move in moves for clock in (*move.stops, *move.starts)}

    def test_its_papers_are_those_its_acts_issue(self, chapter: str) -> None:
        issued = {kind for act in acts(chapter) for kind in openings.moves()[act].papers}
        assert {kind for kind in PaperKind if str(kind.label) in rows(chapter)["paper"]} == issued

    def test_its_functions_stand_where_it_says(self, chapter: str) -> None:
        for name, file in FUNCTION.findall(rows(chapter)["calls"]):
            module, _, function = f"xinfang.{name}".rpartition(".")
            assert getattr(importlib.import_module(module), function).__module__ == file.replace("/", ".")

    def test_its_pages_exist(self, chapter: str) -> None:
        named = [name.split(":") for name in CODE.findall(rows(chapter)["page"]) if re.fullmatch(r"\w+:[\w-]+", name)]
        doors = get_resolver().namespace_dict
        assert all(page in doors[face][1].reverse_dict for face, page in named)

    def test_it_has_a_picture(self, chapter: str) -> None:
        assert pictures(chapter)


def test_every_picture_is_shown_and_none_is_large() -> None:
    shown = [picture for chapter in CHAPTERS for picture in pictures(chapter)]
    assert shown == sorted((DOCUMENT.parent / "pictures" / "life").glob("*.png"))
    assert max(map(width, shown)) <= WIDEST
    assert sum(picture.stat().st_size for picture in shown) < HEAVIEST
