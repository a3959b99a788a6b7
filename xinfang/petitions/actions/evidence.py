"""附件: what a person hands in beside the text."""

from datetime import datetime, timedelta

from xinfang.files.store import Sealed
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import seal
from xinfang.organizations.models import Duty, Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import policies, queries, road
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.models import Evidence, Petition, WorkNote
from xinfang.petitions.policies import By
from xinfang.trace.acts import Hand, act

JUST_NOW = timedelta(minutes=10)
TAKERS = queries.REVEALERS | {Duty.VILLAGE_COLLECTOR, Duty.DISCIPLINE}


@act
def add_evidence(
    petition: Petition,
    *,
    file: Sealed,
    name: str,
    label: str,
    note: WorkNote | None = None,
    act_secret: str = "",
    by: By,
    at: datetime,
) -> Evidence:
    """收材料: keep the original sealed under the petition's key, and the copy that units read.

    The file was sealed before, outside the transaction. `note` is the work it was brought back from.
    """
    petition = road.hold_petition(petition)
    hand = _hand(petition, by, act_secret, at)
    if petition.status in queries.TAKES_NOTHING:
        status = petition.get_status_display()
        raise Refused("该件%(status)s，不再收材料。新的材料请在新登记的信访件里收下。", status=status)
    evidence = Evidence(petition=petition, note=note, label=label[:40] or "材料", added_at=at)
    file.save()
    evidence.original, evidence.copy = file.original, file.copy
    evidence.name_sealed = seal(petition.key, name.encode(), context=f"evidence:{evidence.pk}")
    evidence.save(force_insert=True)
    road.note(
        "petition.add_evidence",
        petition,
        by=hand,
        at=at,
        rows=[evidence],
        media_type=evidence.original.media_type,
        size=evidence.original.size,
    )
    return evidence


def _hand(petition: Petition, by: By, act_secret: str, at: datetime) -> Hand:
    """The petitioner himself, by his act secret, a system, or an officer who sees the petition."""
    if isinstance(by, Hand):
        if by.kind == "petitioner" and not policies.is_secret_of(petition, act_secret):
            raise Refused("办事密码不对。", field="act_secret")
        return by
    if not queries.visible_to(by).filter(pk=petition.pk).exists() and not _came_with_it(petition, by, at):
        raise NotYourMove("您看不到这件信访件。")
    policies.refuse_recused(petition, by)
    return by.hand(seat_of(by, TAKERS))


def _came_with_it(petition: Petition, by: Officer, at: datetime) -> bool:
    """A village keeps no copy of an accusation it entered, and what was handed in with it still goes along."""
    is_his = petition.registered_by_id == by.pk and petition.registered_at is not None
    return is_his and petition.registered_at <= at <= petition.registered_at + JUST_NOW  # type: ignore[operator]
