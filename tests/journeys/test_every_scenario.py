"""docs/scenarios.md names a journey for every scenario, or the room that will carry it, and no journey is missing there."""

import re
from pathlib import Path

from xinfang.settings import BASE_DIR

TABLE = Path(BASE_DIR) / "docs" / "scenarios.md"
FOLDER = Path(__file__).parent
NUMBERS = (1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 14, 16, 17, 18, 19, 20, 22, 24, 25, 28, 29)
EXTRA = (1, 2, 5, 6, 7, 8)
EVERY = [*(f"S{n}" for n in NUMBERS), *(f"E{n}" for n in EXTRA)]
NOT_BUILT = {"statistics", "supervision", "interop", "forecasting", "disputes"}
"""Rooms to come (docs/rooms); when one is built its rows are written anew."""


def rows() -> dict[str, tuple[list[str], str]]:
    """By scenario: the tests that tell it, and what is still to come."""
    found = {}
    for line in TABLE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 4 and re.fullmatch(r"[SE]\d+", cells[0]):
            found[cells[0]] = (re.findall(r"`(test_\w+)`", cells[2]), cells[3])
    return found


def journeys() -> set[str]:
    """The tests named for a scenario."""
    said = "\n".join(path.read_text() for path in FOLDER.glob("test_*.py"))
    return set(re.findall(r"^def (test_[se]\d+_\w+)\(", said, flags=re.MULTILINE))


def test_every_scenario_has_a_row() -> None:
    assert list(rows()) == EVERY


def test_every_row_is_told_by_a_journey_or_carried_by_a_room_to_come() -> None:
    untold = {name: later for name, (tests, later) in rows().items() if not tests}
    assert all(any(room in later for room in NOT_BUILT) for later in untold.values()), untold


def test_every_named_journey_exists_and_is_named_for_its_scenario() -> None:
    known = journeys()
    for scenario, (tests, _later) in rows().items():
        letter, number = scenario[0].lower(), int(scenario[1:])
        assert not set(tests) - known, scenario
        assert all(re.match(rf"test_{letter}0?{number}_", name) for name in tests), scenario


def test_every_journey_of_a_scenario_stands_in_the_table() -> None:
    assert journeys() == {name for tests, _later in rows().values() for name in tests}


def test_no_row_waits_for_a_room_that_is_built() -> None:
    built = {path.name for path in (Path(BASE_DIR) / "xinfang").iterdir() if (path / "apps.py").exists()}
    assert not NOT_BUILT & built
