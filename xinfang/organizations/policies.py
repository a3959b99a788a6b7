"""Who may: questions about an officer's seats. A role never grants itself.

Two persons stand behind every new power (domain 2.2, "accounts, config"): an administrator makes the account but grants
no duty, the bureau's head grants duties but makes no account. A unit's head does both, for the desks of his own unit.
A system's hand passes: only commands on the host hold one, and whoever holds the host holds the keys.
"""

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils import timezone

from xinfang.organizations.errors import NoContentDuty, NotForYourself, NotYourOffice
from xinfang.organizations.models import Duty, Officer, Post, Seat, Unit, UnitKind
from xinfang.trace.acts import Hand

HEADS = (Duty.BUREAU_HEAD, Duty.UNIT_HEAD)
Door = tuple[Collection[Duty], int | None]  # the duties, and the unit they must be held in
UNIT_DUTIES = (Duty.CASE_HANDLER, Duty.VILLAGE_COLLECTOR)
# The two who together make a new power: the one opens accounts, the other gives duties.
KEYS = (Duty.BUREAU_HEAD, Duty.ADMINISTRATOR)


def seat_of(officer: Officer, duties: Collection[Duty], *, unit_id: int | None = None) -> Seat:
    """The first of his seats with one of the duties, in the unit if one is named."""
    for seat in officer.seats:
        if seat.duty in duties and unit_id in (None, seat.unit_id):
            return seat
    raise NotYourOffice(duties, here=unit_id is not None)


def holds(officer: Officer, duties: Collection[Duty], *, unit_id: int | None = None) -> bool:
    return any(seat.duty in duties and unit_id in (None, seat.unit_id) for seat in officer.seats)


def configurer(by: Officer | Hand) -> Hand:
    """Who may open, abolish and correct units and posts."""
    return _hand(by, ((Duty.ADMINISTRATOR,), None))


def enroller(by: Officer | Hand) -> Hand:
    """Who may make an account: it can do nothing until someone grants it a duty."""
    return _hand(by, ((Duty.ADMINISTRATOR, Duty.UNIT_HEAD), None))


def lifter_of(officer: Officer, by: Officer | Hand) -> Hand:
    """Who may lift another's delay: the head of a unit he sits in, or an administrator."""
    forbid_oneself(officer, by)
    return _hand(by, *_heads_of(officer), ((Duty.ADMINISTRATOR,), None))


def keeper_of(officer: Officer, by: Officer | Hand) -> Hand:
    """Who may reset another's password or let him go.

    A head only where his unit is the officer's only one: a password opens every seat its owner has. Neither of the two
    who make a new power opens the other's account: a colleague of the same duty does, or the host (decision 0010).
    """
    forbid_oneself(officer, by)
    if keys := _keys_of(officer):
        return _hand(by, (keys, None))
    sits_in_one = len({seat.unit_id for seat in officer.seats}) == 1
    heads = _heads_of(officer) if sits_in_one else []
    return _hand(by, *heads, ((Duty.ADMINISTRATOR,), None))


def granter_of(post: Post, by: Officer | Hand) -> Hand:
    """Who may give and take this post: the head of the unit for the desks of his unit, or the bureau's head."""
    units = _answering_for(post.unit) if post.duty in UNIT_DUTIES else []
    return _hand(by, *(((Duty.UNIT_HEAD,), unit_id) for unit_id in units), ((Duty.BUREAU_HEAD,), None))


def forbid_oneself(officer: Officer, by: Officer | Hand) -> None:
    if by == officer:
        raise NotForYourself


def forbid_second_duty(officer: Officer, duty: str, *, since: date) -> None:
    """An officer who administers holds no other duty, and nobody with another duty administers."""
    others = officer.tenures.filter(Q(until__isnull=True) | Q(until__gt=since)).values_list("post__duty", flat=True)
    held = {duty, *others}
    if Duty.ADMINISTRATOR in held and len(held) > 1:
        raise NoContentDuty


def _keys_of(officer: Officer) -> list[Duty]:
    """Those he holds or is to hold."""
    today = timezone.localdate()
    lasting = officer.tenures.filter(Q(until__isnull=True) | Q(until__gt=today), post__duty__in=KEYS)
    return [Duty(duty) for duty in lasting.values_list("post__duty", flat=True)]


def _heads_of(officer: Officer) -> list[Door]:
    units = Unit.objects.filter(pk__in={seat.unit_id for seat in officer.seats})
    return [(HEADS, unit_id) for unit in units for unit_id in _answering_for(unit)]


def desk_above(unit: Unit) -> Unit:
    """The nearest organ with a desk: the unit itself, or what stands above a village."""
    while unit.kind == UnitKind.VILLAGE and unit.parent:
        unit = unit.parent
    return unit


def _answering_for(unit: Unit) -> list[int]:
    """A village has no head of its own: the street above it answers."""
    above = unit.parent_id if unit.kind == UnitKind.VILLAGE else None
    return [unit.pk] if above is None else [unit.pk, above]


def _hand(by: Officer | Hand, *doors: Door) -> Hand:
    """His hand in the first seat that opens a door; the refusal names them all."""
    if isinstance(by, Hand):
        assert by.kind == "system", "an officer comes himself, not as a hand"
        return by
    for duties, unit_id in doors:
        if holds(by, duties, unit_id=unit_id):
            return by.hand(seat_of(by, duties, unit_id=unit_id))
    raise NotYourOffice([duty for duties, _ in doors for duty in duties])
