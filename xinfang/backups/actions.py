"""What is recorded of backups."""

from dataclasses import asdict, dataclass
from datetime import datetime

from xinfang.backups.models import Drill
from xinfang.trace.acts import Hand, act, record


@dataclass(frozen=True)
class Found:
    """What a drill found."""

    took_seconds: int
    is_sound: bool
    said: str = ""
    backup: str = ""
    made_at: datetime | None = None
    entries: int = 0
    lost_entries: int = 0
    lost_seconds: int = 0
    files: int = 0
    tree_size: int | None = None
    is_witnessed: bool = False


@act
def note_drill(found: Found, *, by: Hand, at: datetime) -> Drill:
    """演练: sound or not, how long it took, what would have been lost."""
    drill = Drill(at=at, **asdict(found))
    drill.save(force_insert=True)
    facts = {
        name: getattr(found, name) for name in ("backup", "is_sound", "took_seconds", "lost_entries", "lost_seconds")
    }
    record("backup.drill", subject=("backup", drill.pk), by=by, at=at, facts=facts, rows=[drill])
    return drill
