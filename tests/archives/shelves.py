"""What the tests of the archive say often."""

from collections.abc import Callable
from datetime import date
from typing import Any
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

from tests.cast import Cast, Life
from tests.files.handed_in import sealed
from xinfang.archives import actions, retention
from xinfang.archives.actions.bind import Bound
from xinfang.archives.models import CaseFile, Volume
from xinfang.organizations.errors import NotYourOffice
from xinfang.organizations.models import Officer
from xinfang.petitions import actions as petitions
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Evidence
from xinfang.trace import followers, sequencer

LONG_AGO = date(2020, 12, 31)


def archived(cast: Cast, **changes: Any) -> Life:
    """A petition that has come to its end, with one file handed in."""
    life = Life(cast, **changes)
    hand_in(life, "屋顶漏水".encode(), by=changes.get("by", cast.registrar))
    return life.until("archive")


def confidential(cast: Cast) -> Life:
    """One of a compartment; the dispatcher entered it, the head named the archivist to it."""
    life = Life(cast, is_confidential=True, by=cast.dispatcher)
    hand_in(life, b"sealed", by=cast.dispatcher)
    for step in ("check_duplicate", "propose", "dispatch"):
        getattr(life, step)()
    petitions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    petitions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    for step in ("handle", "draft_opinion", "issue_opinion", "deliver", "evaluate"):
        getattr(life, step)()
    petitions.name_officer(life.petition, officer=cast.archivist, by=cast.bureau_head, at=life.later())
    life.archive()
    return life


def hand_in(life: Life, content: bytes, *, by: Any, name: str = "a.txt", label: str = "照片") -> Evidence:
    file = sealed(content, life.petition)
    return petitions.add_evidence(life.petition, file=file, name=name, label=label, by=by, at=life.later())


def hand_in_many(life: Life, count: int) -> None:
    """As many lines of evidence, all of one stored file: three hundred files take half a minute to be stored."""
    one = hand_in(life, b"a line", by=life.cast.registrar)
    facts = {"petition_id": one.petition_id, "original": one.original, "copy": one.copy, "name_sealed": one.name_sealed}
    more = (Evidence(**facts, label="照片", added_at=one.added_at) for _n in range(count - 1))
    Evidence.objects.bulk_create(more)


def worker_reads() -> None:
    """What a worker does within the second."""
    sequencer.place_all()
    while followers.read_on("archives"):
        pass


def bound(life: Life, **changes: Any) -> CaseFile:
    facts = {"term": retention.proposed(life.petition).term}
    by = changes.pop("by", life.cast.archivist)
    return actions.bind(life.petition, Bound(**(facts | changes)), by=by, at=timezone.now())


def only_volume(file: CaseFile) -> Volume:
    return file.volumes.get()


def bound_long_ago(life: Life, **changes: Any) -> CaseFile:
    """Past its term, as the calendar goes."""
    with patch.object(retention, "until", return_value=LONG_AGO):
        return bound(life, **changes)


def officers_who_may(cast: Cast, do: Callable[[Officer], object]) -> set[str]:
    """By name. What each does is taken back."""
    found = set()
    for name in cast.officers:
        try:
            with transaction.atomic():
                do(cast.again(name))
                found.add(name)
                raise _TakenBack
        except (_TakenBack, NotYourMove, NotYourOffice):
            continue
    return found


class _TakenBack(Exception):
    pass
