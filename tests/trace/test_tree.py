"""Entries get their leaves with their places, and the tree in the database is the one of the definition."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

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


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
BIG = st.integers(-(2**63), 2**63 - 1)
MOMENT = st.datetimes(datetime(2012, 1, 1), datetime(2038, 1, 1), timezones=st.just(UTC))
FACT = st.recursive(
    st.none() | st.booleans() | BIG | TEXT, lambda of: st.lists(of) | st.dictionaries(TEXT, of), max_leaves=6
)
ENTRY = st.fixed_dictionaries(
    dict.fromkeys(("act", "subject_kind", "hand", "post", "unit", "digest"), TEXT)
    | {name: st.none() | BIG for name in ("cause", "officer_id")}
    | {"subject_id": BIG, "at": MOMENT, "recorded_at": MOMENT, "facts": st.dictionaries(TEXT, FACT, max_size=4)}
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(st.lists(ENTRY, min_size=1, max_size=8))
def test_many_leaves_are_read_as_each_alone(said: list[dict[str, object]]) -> None:
    """Whatever an entry says: the columns as the driver gives them and the row that Django makes of them are one leaf."""
    with transaction.atomic():
        for n, columns in enumerate(said, start=1):
            entry = Entry.objects.create(**columns, once=f"o{n}" if n % 2 else None)
            Place.objects.create(n=n, entry=entry)
        alone = [leaves.leaf_of(place.entry) for place in Place.objects.order_by("n").select_related("entry")]
        assert tree.behind(0, 100) == alone
        transaction.set_rollback(True)


def test_a_tree_caught_up_in_any_batches_has_the_rows_of_one_that_grew_leaf_by_leaf(
    unguarded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(3)
    monkeypatch.setattr(sequencer, "BATCH", 97)
    grown(1_000)
    rows = in_the_tree()
    assert rows == defined(
        [leaves.leaf_of(place.entry) for place in Place.objects.order_by("n").select_related("entry")]
    )
    for batch in (1, 256, 300, 5_000):
        Leaf.objects.all().delete()
        Node.objects.all().delete()
        monkeypatch.setattr(tree, "BATCH", batch)
        sequencer.place_all()
        assert in_the_tree() == rows


def test_a_tile_of_tiles_is_closed_alike_however_many_leaves_come_at_once(unguarded: None) -> None:
    data = [n.to_bytes(32, "big") for n in range(256 * 256 + 300)]
    for batch in (257, 65_535, 70_000):
        Leaf.objects.all().delete()
        Node.objects.all().delete()
        for first in range(0, len(data), batch):
            tree.append(first, data[first : first + batch])
        assert in_the_tree() == defined(data)


def defined(data: Sequence[bytes]) -> tuple[list[tuple[int, bytes]], list[tuple[int, bytes]]]:
    """The rows of a tree that grew leaf by leaf."""
    growing, nodes = merkle.Growing(), list[tuple[int, bytes]]()
    for leaf in data:
        nodes += [(Node.key(level, i), node) for level, i, node in growing.add(merkle.leaf_hash(leaf))]
    assert tree.root(len(data)) == growing.root()
    return list(enumerate(data, start=1)), sorted(nodes)


def in_the_tree() -> tuple[list[tuple[int, bytes]], list[tuple[int, bytes]]]:
    """Leaves and nodes as they stand there."""
    kept = Leaf.objects.order_by("n").values_list("n", "data"), Node.objects.order_by("pk").values_list("pk", "hash")
    leaves, nodes = ([(pk, bytes(one)) for pk, one in rows] for rows in kept)
    return leaves, nodes


def test_a_catching_up_that_is_cut_off_goes_on_where_it_was(unguarded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(1200)
    before, full = tree.root(1200), merkle.full_root
    Leaf.objects.all().delete()
    Node.objects.all().delete()
    monkeypatch.setattr(tree, "BATCH", 300)
    left = 2

    def cut_off(hashed: Sequence[bytes]) -> bytes:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        return full(hashed)

    monkeypatch.setattr(merkle, "full_root", cut_off)
    with pytest.raises(KeyboardInterrupt):
        sequencer.place_all()
    assert (tree.size(), Node.objects.count()) == (600, 2)  # the third batch left nothing behind
    monkeypatch.setattr(merkle, "full_root", full)
    sequencer.place_all()
    assert (tree.size(), tree.root(1200)) == (1200, before)


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
