"""拆封: a letter is opened, and from then on it is a draft with a time of receipt and a paper with a place."""

from datetime import datetime

from xinfang.organizations.models import Officer, Unit
from xinfang.organizations.policies import seat_of
from xinfang.petitions import road
from xinfang.petitions.actions.originals import KEEPERS, Kept, keep_original
from xinfang.petitions.actions.register import receive
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Original
from xinfang.trace.acts import act, record


@act
def open_letter(kept: Kept, *, received_at: datetime, organ: Unit, by: Officer, at: datetime) -> Original:
    """拆封: receive the letter and keep its paper, both or neither."""
    hand = by.hand(seat_of(by, KEEPERS, unit_id=organ.pk))
    draft = receive(channel=Channel.LETTER, received_at=received_at, organ=organ, by=by, at=at)
    original = keep_original(draft, kept, by=by, at=at)
    facts = road.beside(draft, original=original.pk)
    record("petition.open_letter", subject=("petition", draft.pk), by=hand, at=at, facts=facts)
    return original
