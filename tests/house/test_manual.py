"""docs/manual tells clerks what stands on the pages: its bold words are words of pages, and no step of the road is left out."""

import re

import pytest

from tests.house.rooms import ROOT
from tools import messages
from xinfang.petitions import openings
from xinfang.petitions.lifecycle import Where

PAGES = sorted((ROOT / "docs" / "manual").glob("*.md"))
BOLD = re.compile(r"\*\*(.+?)\*\*")
RULE_OF_THE_MANUAL = "粗体字"


def bold(text: str) -> set[str]:
    return set(BOLD.findall(text)) - {RULE_OF_THE_MANUAL}


def sentences() -> set[str]:
    """Everything a page may say, as the sources have it."""
    return {message.id if isinstance(message.id, str) else message.id[0] for message in messages.english()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_bold_word_of_the_manual_stands_on_a_page(page: object) -> None:
    assert sorted(bold(page.read_text()) - sentences()) == []


def test_every_step_that_a_person_takes_is_in_the_manual() -> None:
    told = set().union(*(bold(page.read_text()) for page in PAGES))
    labels = {str(move.label) for move in openings.moves().values() if move.where is not Where.SYSTEM}
    assert labels <= told


def test_every_page_of_the_manual_is_in_its_index() -> None:
    index = (ROOT / "docs" / "manual" / "index.md").read_text()
    assert [page.name for page in PAGES if page.name != "index.md" and f"({page.name})" not in index] == []
