"""Which wording is in force for each kind, kept in the process; and the one that an issued paper was worded with."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from xinfang.documents.elements import TEMPLATES
from xinfang.documents.house_words import default, made_whole, worded
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper, WordingVersion
from xinfang.documents.wording import Wording

RECHECK_SECONDS = 60
COUNTY = 100
"""Up to here versions are those of the house (`elements.TEMPLATES`), beyond it those of the county."""


@dataclass(frozen=True)
class InForce:
    version: int
    wording: Wording


class _Process:
    held: dict[str, InForce] | None = None
    checked = 0.0
    read: ClassVar[dict[tuple[str, int], Wording]] = {}
    """What papers of earlier versions were worded with: a version never changes."""


def current() -> dict[str, InForce]:
    """The county's latest of each kind. Another process's change is noticed within RECHECK_SECONDS."""
    now = time.monotonic()
    if _Process.held is None or now - _Process.checked >= RECHECK_SECONDS:
        rows = WordingVersion.objects.order_by("version")
        known = {row.kind: InForce(row.version, _read(PaperKind(row.kind), row.texts)) for row in rows}
        _Process.held, _Process.checked = known, now
    return _Process.held


def forget() -> None:
    """The next `current` reads the database."""
    _Process.held = None
    _Process.read.clear()


def version_in_force(kind: PaperKind) -> int:
    """Which one a paper that is frozen now will be worded with: asked in every act that issues one."""
    found = current().get(kind)
    return found.version if found else TEMPLATES[kind].version


def in_force(kind: PaperKind) -> InForce:
    return current().get(kind) or InForce(TEMPLATES[kind].version, default(kind))


def wording_of(paper: Paper) -> Wording:
    """As it was worded when it was issued."""
    kind, version = PaperKind(paper.kind), paper.template_version
    if version <= COUNTY:
        return default(kind)
    if (kind, version) not in _Process.read:
        texts = WordingVersion.objects.get(kind=kind, version=version).texts
        _Process.read[kind, version] = _read(kind, texts)
    return _Process.read[kind, version]


def _read(kind: PaperKind, texts: Mapping[str, Any]) -> Wording:
    return made_whole(kind, worded(kind, texts))
