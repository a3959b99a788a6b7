"""How many came, and who must be told (domain 3.10)."""

from pathlib import Path

import pytest

from tests.cast import Cast, registered
from xinfang.petitions import sizes
from xinfang.petitions.codes import Channel


@pytest.mark.parametrize(
    ("persons", "band"),
    [(1, "1"), (2, "2–5"), (5, "2–5"), (6, "6–20"), (20, "6–20"), (21, "21–50"), (50, "21–50"), (51, ">50")],
)
def test_the_bands_meet_without_a_gap(persons: int, band: str) -> None:
    assert sizes.band(persons) == band


@pytest.mark.parametrize(("present", "told"), [(4, 0), (5, 1), (29, 1), (30, 2), (50, 3), (100, 4)])
def test_each_threshold_tells_one_more(cast: Cast, present: int, told: int) -> None:
    petition = registered(cast, channel=Channel.VISIT, persons_count=present, persons_involved=900).petition
    assert len(sizes.who_is_told(petition)) == told


def test_a_letter_that_many_signed_is_no_crowd(cast: Cast) -> None:
    assert sizes.sentence(registered(cast, persons_count=200).petition) == ""


def test_the_manual_has_the_table_that_the_page_speaks_from(cast: Cast) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "manual" / "together.md").read_text()
    for n, one in enumerate(sizes.THRESHOLDS):
        assert f"| 满{one.present}人 | {'还有' if n else ''}{one.tell} |" in manual
    crowd = registered(cast, channel=Channel.VISIT, persons_count=31).petition
    assert sizes.sentence(crowd).startswith("集体访：到场 31 人，满 30 人的应当报告：信访局负责人、分管区领导")
