"""Showing what is masked."""

from datetime import datetime

from xinfang.organizations.models import Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import looks, policies
from xinfang.petitions.codes import LookKind, RevealGround
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.lifecycle import GAVE_UP
from xinfang.petitions.models import Petition, Petitioner
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.queries import REVEALERS, open_to, visible_to
from xinfang.petitions.sight import handles
from xinfang.trace.acts import act, record


@act
def reveal(petitioner: Petitioner, *, ground: RevealGround, by: Officer, at: datetime) -> Identity:
    """See a petitioner's identity in clear, on a ground that stays in the trace."""
    petition: Petition = petitioner.petition
    seat = seat_of(by, REVEALERS)
    if not visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    policies.refuse_recused(petition, by)
    if not open_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("本单位已经退回或者不再承办这一件，不能再查看信访人信息。", article="条例 二十三")
    row = looks.line(petition, LookKind.REVEAL, by=by, seat=seat, at=at, ground=ground)
    facts = {"petitioner": petitioner.pk, "ground": ground}
    subject = ("petition", petition.pk)
    record("petition.reveal", subject=subject, by=by.hand(seat), at=at, facts=facts, rows=[row], key=petition.key)
    return petitioner.identity


@act
def see_phone(petition: Petition, *, by: Officer, at: datetime) -> None:
    """The handler sees the telephone of his petition without being asked why; that he saw it stays in the trace."""
    policies.refuse_recused(petition, by)
    given = list(petition.assignments.filter(handler=by).exclude(status__in=GAVE_UP))
    if not handles(by, given):
        raise NotYourMove("只有本件的承办人直接看到电话。")
    seat = seat_of(by, REVEALERS, unit_id=given[0].unit_id)
    looks.note("petition.see_phone", petition, LookKind.PHONE, by=by, seat=seat, at=at)
