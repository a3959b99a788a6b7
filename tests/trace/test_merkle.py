"""The tree's arithmetic, beside the recursive definitions of RFC 6962 and beside an implementation that is not ours."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from xinfang.trace import merkle

SIZES = [1, 2, 3, 5, 7, 8, 255, 256, 257, 511, 512, 700, 1000]


def data(count: int) -> list[bytes]:
    return [b"leaf %d" % n for n in range(count)]


LEAVES = [merkle.leaf_hash(one) for one in data(1200)]
WHOLE = [LEAVES, [merkle.full_root(LEAVES[i : i + 256]) for i in range(0, 1024, 256)]]


def row(level: int, first: int, end: int) -> Sequence[bytes]:
    assert first >> 8 == end - 1 >> 8, "a row of one tile"
    return WHOLE[level][first:end]


def mth(leaves: Sequence[bytes]) -> bytes:
    """The definition, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\1" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def other(size: int) -> InmemoryTree:
    tree = InmemoryTree(algorithm="sha256")
    for one in data(size):
        tree.append_entry(one)
    return tree


def test_the_empty_tree_is_the_digest_of_nothing() -> None:
    assert merkle.root(0, row).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize("size", SIZES)
def test_a_root_is_what_the_definition_says(size: int) -> None:
    assert merkle.root(size, row) == mth(LEAVES[:size])


@pytest.mark.parametrize("size", SIZES)
def test_somebody_elses_tree_has_the_same_root(size: int) -> None:
    assert merkle.root(size, row) == other(size).get_root()


def test_a_tree_read_leaf_by_leaf_has_the_same_roots_and_closes_the_same_tiles() -> None:
    growing, closed = merkle.Growing(), []
    for n, leaf in enumerate(LEAVES, start=1):
        closed += growing.add(leaf)
        if n in SIZES:
            assert growing.root() == merkle.root(n, row)
    assert closed == [(1, i, found) for i, found in enumerate(WHOLE[1])]


@given(st.integers(1, 1200), st.data())
def test_every_leaf_is_proved(size: int, draw: st.DataObject) -> None:
    index = draw.draw(st.integers(0, size - 1))
    path = merkle.inclusion(index, size, row)
    assert merkle.is_included(LEAVES[index], index, size, path, merkle.root(size, row))


@given(st.integers(1, 1200), st.data())
def test_all_growth_is_proved(new: int, draw: st.DataObject) -> None:
    old = draw.draw(st.integers(1, new))
    proof = merkle.consistency(old, new, row)
    assert merkle.is_grown(old, new, merkle.root(old, row), merkle.root(new, row), proof)


@given(st.integers(2, 300), st.data())
def test_a_proof_of_another_leaf_place_or_size_is_refused(size: int, draw: st.DataObject) -> None:
    index, wrong = draw.draw(st.permutations(range(size)).map(lambda two: (two[0], two[1])))
    path, root = merkle.inclusion(index, size, row), merkle.root(size, row)
    assert not merkle.is_included(LEAVES[wrong], index, size, path, root)
    assert not merkle.is_included(LEAVES[index], wrong, size, path, root)
    assert not merkle.is_included(LEAVES[index], index, size, path[:-1], root)
    assert not merkle.is_included(LEAVES[index], index, size, [*path, root], root)
    assert not merkle.is_included(LEAVES[index], index, size + 300, path, root)
    assert not merkle.is_included(LEAVES[index], size, size, path, root)


@given(st.integers(2, 300), st.data())
def test_a_tree_that_was_rewritten_has_no_proof_of_growth(new: int, draw: st.DataObject) -> None:
    old = draw.draw(st.integers(1, new - 1))
    proof, was, now = merkle.consistency(old, new, row), merkle.root(old, row), merkle.root(new, row)
    assert not merkle.is_grown(old, new, now, now, proof)
    assert not merkle.is_grown(old, new, was, was, proof)
    assert not merkle.is_grown(old, new, was, now, proof[:-1])
    assert not merkle.is_grown(old, new, was, now, [*proof, now])
    assert not merkle.is_grown(new, old, now, was, proof)


def test_nothing_grew_from_nothing_and_from_itself_without_a_proof() -> None:
    root = merkle.root(7, row)
    assert merkle.is_grown(0, 7, merkle.EMPTY, root, [])
    assert merkle.is_grown(7, 7, root, root, [])
    assert not merkle.is_grown(7, 7, root, merkle.root(8, row), [])
    assert not merkle.is_grown(0, 7, root, root, [])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_a_leaf_that_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion(index, size, row)


@pytest.mark.parametrize(("old", "new"), [(0, 3), (4, 3)])
def test_a_tree_does_not_shrink(old: int, new: int) -> None:
    with pytest.raises(ValueError, match="no tree"):
        merkle.consistency(old, new, row)
