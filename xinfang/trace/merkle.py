"""The tree of RFC 6962 section 2.1 as pure arithmetic: hashes, roots, proofs and their checks. No database.

Every node is found through the hashes of tiles (C2SP tlog-tiles): hash `i` of `level` covers the `256 ** level` leaves that begin
at `i * 256 ** level`. What lies between two levels is hashed again.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

HEIGHT = 8
WIDTH = 1 << HEIGHT
EMPTY = hashlib.sha256(b"").digest()
Row = Callable[[int, int, int], Sequence[bytes]]
"""`row(level, first, end)`: the hashes from `first` up to before `end`, all in one tile."""


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def full_root(hashes: Sequence[bytes]) -> bytes:
    """Of a power of two of them."""
    while len(hashes) > 1:
        pairs = range(0, len(hashes), 2)  # `node_hash` of each, without its call; and Python 3.9 must read this
        hashes = [hashlib.sha256(b"\1" + hashes[i] + hashes[i + 1]).digest() for i in pairs]
    return hashes[0]


def root(size: int, row: Row) -> bytes:
    """MTH of the first `size` leaves."""
    return _range(0, size, row) if size else EMPTY


def inclusion(index: int, size: int, row: Row) -> list[bytes]:
    """PATH(index, D[size]): from the leaf's sibling up to the child of the root."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    return [_range(low, high, row) for low, high in _siblings(index, 0, size)]


def consistency(old: int, new: int, row: Row) -> list[bytes]:
    """PROOF(old, D[new])."""
    if not 0 < old <= new:
        raise ValueError(f"no tree of {new} grew from one of {old}")
    return [_range(low, high, row) for low, high in _grown(old, 0, new, is_known=True)]


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _siblings(index: int, low: int, high: int) -> Iterator[tuple[int, int]]:
    if high - low == 1:
        return
    middle = low + _split(high - low)
    if index < middle:
        yield from _siblings(index, low, middle)
        yield middle, high
    else:
        yield from _siblings(index, middle, high)
        yield low, middle


def _grown(old: int, low: int, high: int, *, is_known: bool) -> Iterator[tuple[int, int]]:
    """SUBPROOF: `old` counts from `low`; `is_known` while the old root itself is the node above."""
    if old == high - low:
        if not is_known:
            yield low, high
        return
    half = _split(high - low)
    middle = low + half
    if old <= half:
        yield from _grown(old, low, middle, is_known=is_known)
        yield middle, high
    else:
        yield from _grown(old - half, middle, high, is_known=False)
        yield low, middle


def _range(low: int, high: int, row: Row) -> bytes:
    """A range that some node covers: whole subtrees from left to right, joined from the right."""
    parts = []
    while low < high:
        height = _height(low, high)
        parts.append(_whole(height, low >> height, row))
        low += 1 << height
    found = parts.pop()
    while parts:
        found = node_hash(parts.pop(), found)
    return found


def _height(low: int, high: int) -> int:
    """Of the largest whole subtree that begins at `low` and ends by `high`."""
    room = (high - low).bit_length() - 1
    return min(room, (low & -low).bit_length() - 1) if low else room


def _whole(height: int, i: int, row: Row) -> bytes:
    level, above = divmod(height, HEIGHT)
    return full_root(row(level, i << above, (i + 1) << above))


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """RFC 9162 section 2.1.3.2, with the leaf's hash."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for part in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(part, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, part)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_grown(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """RFC 9162 section 2.1.4.2: the tree of `new` leaves begins with the tree of `old`."""
    if old in (0, new):
        return not proof and (old_root == new_root if old == new else old_root == EMPTY)
    if not 0 < old < new or not proof:
        return False
    parts = list(proof) if old & (old - 1) else [old_root, *proof]
    at, last = old - 1, new - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    was = now = parts[0]
    for part in parts[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            was, now = node_hash(part, was), node_hash(part, now)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            now = node_hash(now, part)
        at, last = at >> 1, last >> 1
    return last == 0 and was == old_root and now == new_root


class Growing:
    """A tree that is read from its first leaf to its last: it keeps a hash a level, and closes tiles as it goes."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Returns the (level, i, hash) of every tile that is full now."""
        height, found, closed = 0, leaf, []
        self.size += 1
        while self._peaks and self._peaks[-1][0] == height:
            found = node_hash(self._peaks.pop()[1], found)
            height += 1
            if height % HEIGHT == 0:
                closed.append((height // HEIGHT, (self.size >> height) - 1, found))
        self._peaks.append((height, found))
        return closed

    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY
        found = self._peaks[-1][1]
        for _, left in reversed(self._peaks[:-1]):
            found = node_hash(left, found)
        return found
