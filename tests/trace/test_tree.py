"""Entries get their leaves with their places, and the tree in the database is the one of the definition."""

import hashlib
import json

import pytest
from django.utils import timezone

from tests.cast import MORNING, Cast, Life, registered
from tests.trace.notes import note, noted
from xinfang.trace import leaves, merkle, sequencer, tree
from xinfang.trace.acts import record_each
from xinfang.trace.models import Entry, Leaf, Node, Place

pytestmark = pytest.mark.django_db


def hashes() -> list[bytes]:
    """From the entries themselves."""
    places = Place.objects.order_by("n").select_related("entry")
    return [merkle.leaf_hash(leaves.leaf_of(place.entry)) for place in places]


def grown(count: int) -> None:
    """Many entries, an act of one statement."""
    from xinfang.trace.acts import Hand, act

    @act
    def many(*, by: Hand, at: object) -> list[Entry]:
        return record_each("test.many", [(("note", n), {}) for n in range(count)], by=by, at=timezone.now())

    many(by=Hand.system("test"), at=MORNING)
    sequencer.place_all()


def test_an_entry_gets_its_leaf_with_its_place() -> None:
    noted(3)
    sequencer.place_waiting()
    assert tree.size() == 3
    assert tree.row(0, 0, 3) == hashes()


def test_leaves_that_come_in_many_batches_make_one_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 100)
    grown(530)
    grown(250)
    known = hashes()
    assert len(known) == 780
    assert tree.row(1, 0, 256) == [merkle.full_root(known[i : i + 256]) for i in (0, 256, 512)]
    growing = merkle.Growing()
    for size, leaf in enumerate(known, start=1):
        growing.add(leaf)
        if size % 97 == 0 or size in (255, 256, 257, 512, 780):
            assert tree.root(size) == growing.root()


def test_proofs_from_the_database_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    grown(600)
    known, root = hashes(), tree.root(600)
    for index in (0, 1, 255, 256, 511, 512, 599):
        assert merkle.is_included(known[index], index, 600, tree.inclusion(index, 600), root)
    for old in (1, 255, 256, 300, 512, 600):
        assert merkle.is_grown(old, 600, tree.root(old), root, tree.consistency(old, 600))
    assert tree.inclusions([3, 400], 600) == [tree.inclusion(3, 600), tree.inclusion(400, 600)]


def test_a_proof_reads_a_tile_a_level(django_assert_num_queries: object) -> None:
    grown(600)
    with django_assert_num_queries(3):  # type: ignore[operator]  # its own tile, the edge, and the row above
        tree.inclusion(300, 600)


def test_the_leaf_is_the_digest_of_every_column() -> None:
    noted(1)
    entry = Entry.objects.get()
    said = json.loads(leaves.canonical_bytes(entry))
    columns = {field.name for field in Entry._meta.concrete_fields}
    assert said.keys() - {"format"} == columns
    assert leaves.leaf_of(entry) == hashlib.sha256(leaves.canonical_bytes(entry)).digest()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(
            ("act", "x"),
            ("unit", "1"),
            ("post", "x"),
            ("officer_id", 8),
            ("subject_id", 99),
            ("cause", 5),
            ("once", "x"),
        ),
        *(("facts", {"a": 1}), ("digest", "0" * 64), ("hand", "system"), ("subject_kind", "x")),
    ],
)
def test_any_other_column_is_another_leaf(field: str, value: object) -> None:
    entry = noted(1)[0]
    before = leaves.leaf_of(entry)
    setattr(entry, field, value)
    assert leaves.leaf_of(entry) != before


def test_a_microsecond_makes_another_leaf() -> None:
    entry = noted(1)[0]
    before = leaves.leaf_of(entry)
    for field in ("at", "recorded_at"):
        moved = Entry.objects.get()
        setattr(moved, field, getattr(entry, field) + timezone.timedelta(microseconds=1))
        assert leaves.leaf_of(moved) != before


def test_the_leaf_of_a_row_read_back_is_the_leaf_of_the_row_written() -> None:
    """The sequencer reads rows, the receipt may come from the act itself."""
    written = note(at=timezone.now(), text="字", list=[1, "二"], nested={"b": None, "a": True})
    assert leaves.leaf_of(Entry.objects.get()) == leaves.leaf_of(written)


def test_a_leaf_tells_nothing_and_two_of_one_kind_are_unlike(cast: Cast) -> None:
    """A sealed act's leaf is 32 bytes like any other: no act, no unit, no number in it."""

    open_one = registered(cast).petition
    sealed = registered(cast, is_confidential=True).petition
    sequencer.place_all()
    found = {place.entry.subject_id: bytes(Leaf.objects.get(n=place.n).data) for place in Place.objects.all()}
    assert sealed.is_sealed
    assert len(found[sealed.pk]) == len(found[open_one.pk]) == 32
    assert found[sealed.pk] != found[open_one.pk]


def test_places_of_an_earlier_release_get_their_leaves_in_order(
    unguarded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(530)
    before = tree.root(530)
    Leaf.objects.all().delete()
    Node.objects.all().delete()
    monkeypatch.setattr(tree, "BATCH", 64)
    noted(2)
    assert sequencer.place_waiting() == 2
    assert tree.size() == 0  # the new ones wait for those before them
    sequencer.place_all()
    assert tree.size() == 532
    assert tree.root(530) == before
    assert tree.row(0, 512, 532) == hashes()[512:]


def test_a_place_that_is_missing_is_not_passed_over(unguarded: None) -> None:
    noted(3)
    sequencer.place_all()
    Leaf.objects.all().delete()
    Place.objects.filter(n=2).delete()
    with pytest.raises(tree.Gap, match="place 2 is missing"):
        sequencer.place_all()


def test_a_place_taken_away_is_not_given_again(unguarded: None) -> None:
    """The tree remembers what stood there."""
    noted(3)
    sequencer.place_all()
    Place.objects.filter(n=3).delete()
    late = noted(1)[0]
    sequencer.place_all()
    assert Place.objects.get(entry=late).n == 4
    assert tree.size() == 4


def test_a_whole_life_is_in_the_tree(cast: Cast) -> None:
    Life(cast).until("deliver")
    sequencer.place_all()
    assert tree.size() == Place.objects.count()
    assert tree.row(0, 0, tree.size()) == hashes()
