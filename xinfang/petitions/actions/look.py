"""查阅 (C14, PIPL): a look leaves its line before anything is shown; the petitioner may have the list while no inquiry runs."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer, Seat
from xinfang.organizations.policies import seat_of
from xinfang.petitions import looks, policies, road
from xinfang.petitions.codes import InquiryGround, LookKind
from xinfang.petitions.errors import NotYourMove
from xinfang.petitions.ledger import Access, access_list, seat_of_inquirer
from xinfang.petitions.lifecycle import MOVES, PetitionStatus
from xinfang.petitions.models import Inquiry, Look, Petition
from xinfang.petitions.policies import By
from xinfang.petitions.queries import visible_to
from xinfang.trace.acts import Traced, act, record
from xinfang.trace.hands import Hand


@act
def look(petition: Petition, *, kind: LookKind, by: Officer, at: datetime) -> Look:
    """查阅: he opens, prints, reads or takes away. The line tells for what; the timeline of the petition does not repeat it."""
    if not visible_to(by).filter(pk=petition.pk).exists():
        raise NotYourMove("您看不到这件信访件。")
    return looks.note("petition.look", petition, kind, by=by, seat=_seat_before(petition, by), at=at)


@act
def look_into_each(petitions: Sequence[Petition], *, kind: LookKind, by: Officer, at: datetime) -> list[Look]:
    """The same for many at once: a line for each petition, and one entry that vouches for them all."""
    if visible_to(by).filter(pk__in=[petition.pk for petition in petitions]).count() != len(petitions):
        raise NotYourMove("您看不到其中的信访件。")
    rows = looks.lines(petitions, kind, by=by, seat=next(iter(by.seats), None), at=at)
    facts = {} if any(petition.is_sealed for petition in petitions) else {"kind": kind.value}
    hand = by.hand(next(iter(by.seats), None))
    record("petition.look_into_each", subject=("officer", by.pk), by=hand, at=at, facts=facts, rows=rows)
    return rows


def _seat_before(petition: Petition, by: Officer) -> Seat | None:
    """The seat from which he looks: in the organ that registered it where he has one, else his first."""
    return next((seat for seat in by.seats if seat.unit_id == petition.organ_id), next(iter(by.seats), None))


@act
def give_access_list(petition: Petition, *, by: By, at: datetime, act_secret: str = "") -> list[Access]:
    """查询谁看过: the list by unit and post, to the petitioner with his secret, or across the counter of its organ.

    While an inquiry runs nobody gets it, and nobody is told that one runs.
    """
    hand = _hand_of_giver(petition, by, act_secret)
    if petition.status == PetitionStatus.DRAFT:
        raise Refused("该件尚未登记，没有查阅记录。")
    if Inquiry.objects.filter(petition=petition, closed_at__isnull=True).exists():
        raise Refused("按照规定，现在不能提供这件的查阅记录。请过一段时间再来查询，或者向纪检监察机关咨询。")
    lines = access_list(petition)
    road.note("petition.give_access_list", petition, by=hand, at=at, lines=len(lines))
    return lines


def _hand_of_giver(petition: Petition, by: By, act_secret: str) -> Hand:
    if isinstance(by, Hand):
        if by.kind != "petitioner" or not policies.is_secret_of(petition, act_secret):
            raise Refused("办事密码不对。", field="act_secret")
        return by
    road.refuse_sealed(petition, by)
    return by.hand(seat_of(by, MOVES["petition.register"].duties, unit_id=petition.organ_id))


@act
def open_inquiry(petition: Petition, *, ground: InquiryGround, by: Officer, at: datetime) -> Inquiry:
    """开始核查: from now on no access list is given out, and nothing of it is erased."""
    hand = by.hand(_inquirer(by))
    road.hold_petition(petition)
    if Inquiry.objects.filter(petition=petition, closed_at__isnull=True).exists():
        raise Refused("这件信访件已经在核查，没有重复登记。", field="number")
    inquiry = Inquiry(petition=petition, ground=ground, opened_by=by, opened_at=at)
    inquiry.save(force_insert=True)
    _note_inquiry("inquiry.open", inquiry, hand, at, [inquiry])
    return inquiry


@act
def close_inquiry(inquiry: Inquiry, *, by: Officer, at: datetime) -> Inquiry:
    """结束核查."""
    hand = by.hand(_inquirer(by))
    inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
    if inquiry.closed_at:
        raise Refused("这次核查已经结束。")
    inquiry.closed_by, inquiry.closed_at = by, at
    inquiry.save(update_fields=["closed_by", "closed_at"])
    _note_inquiry("inquiry.close", inquiry, hand, at, [])
    return inquiry


def _inquirer(by: Officer) -> Seat:
    if seat := seat_of_inquirer(by):
        return seat
    raise NotYourMove("核查由纪检监察机关登记。")


def _note_inquiry(name: str, inquiry: Inquiry, hand: Hand, at: datetime, rows: Iterable[Traced]) -> None:
    """Under its own id: in the petition's timeline the bureau would read that it is looked into."""
    facts: dict[str, Any] = {"ground": inquiry.ground}
    record(name, subject=("inquiry", inquiry.pk), by=hand, at=at, facts=facts, rows=rows)
