"""附件: what a person hands in beside the text."""

from datetime import datetime
from typing import BinaryIO

from xinfang.files import kinds, store
from xinfang.foundation.sealing import seal
from xinfang.organizations.models import Duty
from xinfang.organizations.policies import seat_of
from xinfang.petitions import queries
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Evidence, Petition
from xinfang.petitions.policies import By
from xinfang.trace.acts import Hand, act, record

TAKERS = queries.REVEALERS | {Duty.VILLAGE_COLLECTOR, Duty.DISCIPLINE}


@act
def add_evidence(petition: Petition, *, stream: BinaryIO, name: str, label: str, by: By, at: datetime) -> Evidence:
    """收材料: keep the original sealed under the petition's key, and make the copy that units read."""
    hand = _hand(petition, by)
    evidence = Evidence(petition=petition, label=label[:40] or "材料", added_at=at)
    evidence.original = store.put(stream, key=petition.key)
    evidence.copy = store.put_copy(stream, kinds.BY_MEDIA_TYPE[evidence.original.media_type], key=petition.key)
    evidence.name_sealed = seal(petition.key, name.encode(), context=f"evidence:{evidence.pk}")
    evidence.save(force_insert=True)
    record(
        "petition.add_evidence",
        subject=("petition", petition.pk),
        by=hand,
        at=at,
        facts={"media_type": evidence.original.media_type, "size": evidence.original.size},
        rows=[evidence],
        key=petition.key,
    )
    return evidence


def _hand(petition: Petition, by: By) -> Hand:
    """The petitioner himself, or an officer who sees the petition."""
    if isinstance(by, Hand):
        return by
    if not queries.visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    return by.hand(seat_of(by, TAKERS))
