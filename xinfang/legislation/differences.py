"""Two versions side by side: which articles came, went, moved or changed, and in which words."""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from xinfang.legislation import packaged
from xinfang.legislation.models import Article, Version

Kind = Literal["same", "changed", "moved", "added", "dropped"]
_WORD = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
_ALIKE = 0.4
_ISLAND = 2


@dataclass(frozen=True)
class Piece:
    """Words that both have, or that only this side has."""

    text: str
    is_changed: bool


@dataclass(frozen=True)
class Difference:
    """An article of the later version beside those it came from; either side may be empty."""

    kind: Kind
    earlier: tuple[Article, ...]
    later: Article | None
    is_moved: bool = False
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()


def differences(earlier: Version, later: Version) -> list[Difference]:
    """In the order of the later version; what was dropped stands where it stood."""
    olds, news = _articles(earlier), _articles(later)
    pairs = _stated(olds, news) or _found(olds, news)
    gone = [old for old in olds if all(old not in sources for sources in pairs.values())]
    found = [_difference(pairs.get(new.pk, ()), new) for new in news]
    return list(_woven(found, gone))


def _articles(version: Version) -> list[Article]:
    rows = version.articles.select_related("wording").order_by("number", "branch")
    return list(rows)


def _stated(olds: Sequence[Article], news: Sequence[Article]) -> dict[int, tuple[Article, ...]]:
    """What we say ourselves of which article took the place of which."""
    by_anchor, facts = {old.anchor: old for old in olds}, packaged.earlier()
    found = {
        new.pk: tuple(by_anchor[anchor] for anchor in facts.get(new.anchor, ()) if anchor in by_anchor) for new in news
    }
    return found if any(found.values()) else {}


def _found(olds: Sequence[Article], news: Sequence[Article]) -> dict[int, tuple[Article, ...]]:
    """The most alike first; each article once. Without texts, number for number."""
    if not any(one.text for one in olds) or not any(one.text for one in news):
        numbers = {old.key: old for old in olds}
        return {new.pk: (numbers[new.key],) for new in news if new.key in numbers}
    pairs: dict[int, tuple[Article, ...]] = {}
    taken: set[int] = set()
    for _likeness, _closer, new, old in sorted(_likely(olds, news), key=lambda row: row[:2], reverse=True):
        if new.pk not in pairs and old.pk not in taken:
            pairs[new.pk] = (old,)
            taken.add(old.pk)
    return pairs


def _likely(olds: Sequence[Article], news: Sequence[Article]) -> Iterator[tuple[float, int, Article, Article]]:
    shingles = {row.pk: _shingles(row.text) for row in (*olds, *news)}
    for new in news:
        for old in olds:
            likeness = _likeness(shingles[new.pk], shingles[old.pk])
            if likeness >= _ALIKE:
                yield likeness, -abs(new.number - old.number), new, old


def _shingles(text: str) -> frozenset[str]:
    words = re.sub(r"\W", "", text)
    return frozenset(words[at : at + 2] for at in range(len(words) - 1))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """What they share, of the smaller and the larger alike: an article that grew is still the same article."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def _difference(sources: tuple[Article, ...], new: Article) -> Difference:
    if not sources:
        return Difference("added", (), new, new=(Piece(_told(new), is_changed=False),))
    is_moved = [source.key for source in sources] != [new.key]
    old_text = "\n".join(_told(source) for source in sources)
    if _plain(old_text) == _plain(_told(new)):
        same = (Piece(_told(new), is_changed=False),)
        return Difference("moved" if is_moved else "same", sources, new, is_moved, same, same)
    old, fresh = words_changed(old_text, _told(new))
    return Difference("changed", sources, new, is_moved, old, fresh)


def _told(row: Article) -> str:
    return row.text or row.gloss


def _plain(text: str) -> str:
    """Brackets and spaces of print make no difference."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def words_changed(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both sides, cut where they differ. A single sign that happens to stand in both is no common ground."""
    left, right = _WORD.findall(old), _WORD.findall(new)
    steps = difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    olds, news = [], []
    for at, (tag, a, b, c, d) in enumerate(steps):
        is_island = tag == "equal" and b - a < _ISLAND and 0 < at < len(steps) - 1
        is_changed = tag != "equal" or is_island
        olds.append(Piece("".join(left[a:b]), is_changed))
        news.append(Piece("".join(right[c:d]), is_changed))
    return tuple(_joined(olds)), tuple(_joined(news))


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    held = Piece("", is_changed=False)
    for one in pieces:
        if one.is_changed == held.is_changed:
            held = Piece(held.text + one.text, held.is_changed)
            continue
        if held.text:
            yield held
        held = one
    if held.text:
        yield held


def _woven(found: list[Difference], gone: list[Article]) -> Iterator[Difference]:
    """What was dropped comes before the first article whose source stood after it."""
    waiting = list(gone)
    for one in found:
        first = min((row.number for row in one.earlier), default=0)
        while waiting and first > waiting[0].number:
            yield _dropped(waiting.pop(0))
        yield one
    yield from map(_dropped, waiting)


def _dropped(old: Article) -> Difference:
    return Difference("dropped", (old,), None, old=(Piece(_told(old), is_changed=False),))
