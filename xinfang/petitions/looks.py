"""Writing a line of the access ledger, inside the act that looks."""

from collections.abc import Iterable
from datetime import datetime

from xinfang.foundation import written
from xinfang.organizations.models import Officer, Seat
from xinfang.petitions import road
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Look, Petition
from xinfang.trace.acts import record


def line(
    petition: Petition | None, kind: LookKind, *, by: Officer, seat: Seat | None, at: datetime, ground: str = ""
) -> Look:
    """The row. The entry of the act under way must vouch for it."""
    return written.add(_row(petition, kind, ground, by, seat, at))


def lines(petitions: Iterable[Petition], kind: LookKind, *, by: Officer, seat: Seat | None, at: datetime) -> list[Look]:
    """A row for each of many, in one statement."""
    rows = [_row(petition, kind, "", by, seat, at) for petition in petitions]
    written.insert(rows)
    return rows


def _row(petition: Petition | None, kind: LookKind, ground: str, by: Officer, seat: Seat | None, at: datetime) -> Look:
    return Look(
        petition=petition,
        officer=by,
        unit_id=seat.unit_id if seat else None,
        post=seat.duty.value if seat else "",
        kind=kind,
        ground=ground,
        at=at,
    )


def note(name: str, petition: Petition, kind: LookKind, *, by: Officer, seat: Seat | None, at: datetime) -> Look:
    """The row and its entry, which stands beside the petition's timeline and not in it. Of a sealed one it tells no purpose."""
    row = line(petition, kind, by=by, seat=seat, at=at)
    facts = road.beside(petition, kind=kind)
    record(name, subject=("look", petition.pk), by=by.hand(seat), at=at, facts=facts, rows=[row])
    return row
