"""Showing what is masked."""

from datetime import datetime

from xinfang.organizations.models import Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions.codes import RevealGround
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Petition, Petitioner
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.queries import REVEALERS, visible_to
from xinfang.petitions.road import beside
from xinfang.petitions.sight import handles
from xinfang.trace.acts import act, record


@act
def reveal(petitioner: Petitioner, *, ground: RevealGround, by: Officer, at: datetime) -> Identity:
    """See a petitioner's identity in clear, on a ground that stays in the trace."""
    petition: Petition = petitioner.petition
    hand = by.hand(seat_of(by, REVEALERS))
    if not visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    facts = {"petitioner": petitioner.pk, "ground": ground}
    record("petition.reveal", subject=("petition", petition.pk), by=hand, at=at, facts=facts)
    return petitioner.identity


@act
def see_phone(petition: Petition, *, by: Officer, at: datetime) -> None:
    """The handler sees the telephone of his petition without being asked why; that he saw it stays in the trace."""
    given = list(petition.assignments.filter(handler=by))
    if not handles(by, given):
        raise NotYourMove("只有本件的承办人直接看到电话。")
    hand = by.hand(seat_of(by, REVEALERS, unit_id=given[0].unit_id))
    record("petition.see_phone", subject=("petition", petition.pk), by=hand, at=at, facts=beside(petition))
