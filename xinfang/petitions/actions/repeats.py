"""查重: a look for earlier petitions by the same person, while he is still being registered."""

from collections.abc import Sequence
from datetime import datetime

from xinfang.organizations.models import Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import look_alikes
from xinfang.petitions.codes import RevealGround
from xinfang.petitions.lifecycle import MOVES
from xinfang.petitions.look_alikes import Candidate
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace.acts import act, record


@act
def look_for_repeats(
    identities: Sequence[Identity], *, ground: RevealGround, by: Officer, at: datetime
) -> list[Candidate]:
    """Petitions by someone of the same number, telephone or name that this officer may know of; none of their data.

    The entry tells how many were shown and why it was asked, never about whom.
    """
    hand = by.hand(seat_of(by, MOVES["petition.register"].duties))
    found = look_alikes.alike(identities, by)
    facts = {"ground": ground, "shown": [candidate.petition.pk for candidate in found]}
    record("petition.look_for_repeats", subject=("officer", by.pk), by=hand, at=at, facts=facts)
    return found
