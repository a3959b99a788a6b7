"""The rest of the crowd, behind the open pages: slowly, and not at all while someone clicks."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from xinfang.desk.demo_lives import crowd
from xinfang.desk.demo_lives.crowd import Member
from xinfang.desk.demo_lives.heroes import Land
from xinfang.desk.demo_texts import DemoTexts

CLICKED, LOADED, BEGAN = "demo-clicked", "demo-loaded", "demo-began"
QUIET = 3.0
"""So many seconds after a click nothing is loaded."""
BREATH = 0.25
"""After each petition a pause of so much of the time that its loading took. The loader is the last whom the machine serves."""


@dataclass(frozen=True)
class Progress:
    """How many of all are there."""

    done: int
    total: int

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100


def began(at: datetime) -> datetime:
    """When this county was first made: a start that goes on with it counts its days from there."""
    file = _file(BEGAN)
    if not file.exists():
        _put(file, at.isoformat())
    return datetime.fromisoformat(file.read_text())


def progress() -> Progress | None:
    try:
        done, total = map(int, _file(LOADED).read_text().split())
    except (OSError, ValueError):
        return None
    return Progress(done, total)


def note(done: int, total: int) -> None:
    _put(_file(LOADED), f"{done} {total}")


def clicked() -> None:
    """Someone works at a page: the loader waits."""
    _file(CLICKED).touch()


def is_quiet() -> bool:
    try:
        return time.time() - _file(CLICKED).stat().st_mtime > QUIET
    except OSError:
        return True


def load(members: list[Member], texts: DemoTexts, land: Land, *, pause: Callable[[float], object] = time.sleep) -> None:
    """Go on where an earlier start has ended; the one it broke off in goes on too."""
    there = progress()
    start = there.done if there else 0
    for done, member in enumerate(members[start:], start=start + 1):
        while not is_quiet():
            pause(QUIET / 3)
        began_at = time.monotonic()
        crowd.live(member, texts, land)
        note(done, len(members))
        pause((time.monotonic() - began_at) * BREATH)


def _file(name: str) -> Path:
    return Path(settings.HOME, name)


def _put(file: Path, text: str) -> None:
    """Whole or not at all: a page may read it at any moment."""
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(text)
    beside.replace(file)
