"""Readers follow the places: they never skip one, and go on where they stopped."""

from collections.abc import Sequence

import pytest

from tests.trace.notes import noted, places
from xinfang.trace import followers, sequencer
from xinfang.trace.models import Bookmark, Entry

pytestmark = pytest.mark.django_db


class Reader:
    """Keeps what it read; refuses the entries it is told to."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.bad: set[int] = set()

    def __call__(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.pk in self.bad:
                raise ValueError("not this one")
            Bookmark.objects.get_or_create(reader=f"read {entry.pk}")
            self.read.append(entry.pk)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    monkeypatch.setattr(followers, "_readers", {})
    followers.follow("statistics", read=(made := Reader()))
    return made


def written(count: int) -> list[int]:
    noted(count)
    sequencer.place_all()
    return [entry_id for _, entry_id in places()]


def mark(reader: str = "statistics") -> int:
    return Bookmark.objects.get(reader=reader).n


def test_a_reader_reads_each_entry_once_in_its_order(reader: Reader) -> None:
    written(2)
    followers.read_all()
    everything = written(3)
    followers.read_all()
    followers.read_all()
    assert reader.read == everything
    assert mark() == 5


def test_a_long_road_is_read_in_batches(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "BATCH", 2)
    everything = written(5)
    assert [followers.read_on("statistics") for _ in range(4)] == [2, 2, 1, 0]
    assert reader.read == everything


def test_an_entry_that_waits_is_not_read_yet(reader: Reader) -> None:
    noted(1)
    assert followers.read_all() == 0
    sequencer.place_all()
    assert followers.read_all() == 1


def test_a_reading_that_fails_is_done_again_from_the_same_place(reader: Reader) -> None:
    everything = written(3)
    reader.bad = {everything[1]}
    with pytest.raises(ValueError, match="not this one"):
        followers.read_on("statistics")
    assert not Bookmark.objects.exists()  # neither the mark nor what was written while reading
    reader.bad, reader.read = set(), []
    followers.read_all()
    assert reader.read == everything
    assert mark() == 3


def test_a_reader_that_fails_stops_no_other(reader: Reader, caplog: pytest.LogCaptureFixture) -> None:
    everything = written(2)
    reader.bad = {everything[0]}
    followers.follow("hints", read=(other := Reader()))
    assert followers.read_all() == 2
    assert other.read == everything
    assert "statistics" in caplog.text


def test_a_reader_that_comes_later_begins_at_the_first_place(reader: Reader) -> None:
    everything = written(2)
    followers.read_all()
    followers.follow("hints", read=(late := Reader()))
    followers.read_all()
    assert late.read == everything


def test_two_readers_keep_their_own_marks(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    followers.follow("hints", read=Reader())
    monkeypatch.setattr(followers, "BATCH", 1)
    written(2)
    followers.read_on("statistics")
    followers.read_all()
    assert (mark("statistics"), mark("hints")) == (2, 1)
