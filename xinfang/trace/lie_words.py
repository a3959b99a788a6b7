"""How a found lie is told to people: its acts as they are called, and which places and subjects it names."""

import re
from collections.abc import Callable

_ACT = re.compile(r"（([a-z_]+\.[a-z_]+)）")
_PLACE = re.compile(r"第 (\d{1,18}) 位（")
_SUBJECT = re.compile(r"\b([a-z_]+):(\d{1,18}) 的状态")
_labels: list[Callable[[str], str]] = []


def labels(label: Callable[[str], str]) -> None:
    """Register how acts are called, from the AppConfig of the face that knows."""
    _labels.append(label)


def in_words(lie: str) -> str:
    """The sentence with its acts as people call them: what is kept has their codes, which no language changes."""
    return _ACT.sub(lambda found: f"（{_labels[-1](found[1])}）" if _labels else found[0], lie)


def places_named(lie: str) -> list[int]:
    return [int(n) for n in dict.fromkeys(_PLACE.findall(lie))]


def subjects_named(lie: str) -> list[tuple[str, int]]:
    """Whose state is not what was recorded: (kind, id)."""
    return [(kind, int(pk)) for kind, pk in dict.fromkeys(_SUBJECT.findall(lie))]
