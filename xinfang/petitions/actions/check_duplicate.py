"""判重: whether the same person has come with the same matter before."""

from collections.abc import Collection
from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, look_alikes, queries, road
from xinfang.petitions.codes import (
    DuplicateOutcome,
    ReceptionOutcome,
)
from xinfang.petitions.errors import StalePage
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import DuplicateCheck, Matter, Petition
from xinfang.petitions.policies import By
from xinfang.trace.acts import act

_NEVER_THE_OTHER = [PetitionStatus.DRAFT, PetitionStatus.VOIDED]


class _NoOther(Refused):
    """A repeat, and a related petition, are so of another one."""

    def __init__(self) -> None:
        super().__init__("请指明与哪一件相同或相关。", field="other")


@act
def check_duplicate(
    petition: Petition,
    *,
    outcome: DuplicateOutcome,
    reason: str,
    by: By,
    at: datetime,
    other: Petition | None = None,
    shown: Collection[int] | None = None,
) -> DuplicateCheck:
    """判重: a person decides whether this is the same person and the same matter; what he was shown is kept.

    `shown` are the candidates on his page; a programme has no page and decides on the list as it stands.
    """
    held = road.hold_petitions(petition.pk, _initial_id(other) or petition.pk)
    petition = held[petition.pk]
    step = road.enter("petition.check_duplicate", petition, by=by, at=at)
    assert isinstance(by, Officer)
    initial = None
    if outcome != DuplicateOutcome.INITIAL:
        _refuse_other(petition, outcome, other, by)
        initial = _initial_of(petition, held.get(_initial_id(other)))
    candidates = [[pk, *signs] for pk, signs in look_alikes.repeat_signs(petition, by).items()]
    if shown is not None and {pk for pk, *_ in candidates} != set(shown):
        raise StalePage("您看过之后，可能相同的件有了变化。请看过新的列表后再判定。")
    check = fitting.add(
        DuplicateCheck,
        petition=petition,
        outcome=outcome,
        other=initial,
        reason=reason,
        candidates=candidates,
        checked_at=at,
    )
    road.advance(step, duplicate_checked_at=at, **_relation(petition, outcome, initial))
    road.leave(step, rows=[check], outcome=outcome, other=initial.pk if initial else None, candidates=len(candidates))
    return check


def _initial_id(other: Petition | None) -> int:
    return (other.repeat_of_id or other.pk) if other else 0


def _refuse_other(petition: Petition, outcome: DuplicateOutcome, other: Petition | None, by: Officer) -> None:
    """What has repeats stays initial. The other is of the same compartment, or either would tell of it outside."""
    if outcome == DuplicateOutcome.REPEAT and petition.repeats.exists():
        raise Refused("该件已有重件，不能再作为他件的重件。", field="outcome")
    if outcome == DuplicateOutcome.REPEAT and other and _was_only_refused(other):
        raise Refused(
            "那次来访没有推选代表、没有接谈，也没有受理，不能以它为初件判为重件；请判为初件或者相关。", field="outcome"
        )
    known = queries.visible_to(by).filter(confidentiality=petition.confidentiality).exclude(status__in=_NEVER_THE_OTHER)
    if other is None or not known.filter(pk=other.pk).exists():
        raise _NoOther


def _was_only_refused(other: Petition) -> bool:
    """S9: an interview declined for want of representatives accepted nothing."""
    is_refused = other.reception_outcome == ReceptionOutcome.NO_REPRESENTATIVES
    return is_refused and not other.assignments.filter(accepted_at__isnull=False).exists()


def _initial_of(petition: Petition, initial: Petition | None) -> Petition:
    """`repeat_of` always points to an initial petition of the same matter, never in a circle (C10)."""
    if initial is None or initial.pk == petition.pk or not initial.is_initial:
        raise _NoOther
    return initial


def _relation(petition: Petition, outcome: DuplicateOutcome, initial: Petition | None) -> dict[str, object]:
    if outcome == DuplicateOutcome.REPEAT and initial:
        return {"is_initial": False, "repeat_of": initial, "matter_id": initial.matter_id, "related_to": None}
    return {"is_initial": True, "repeat_of": None, "matter_id": _own_matter(petition), "related_to": initial}


def _own_matter(petition: Petition) -> int | None:
    """A repeat that turned out to be none has left its matter to the other."""
    return Matter.objects.create(opened_at=petition.received_at).pk if petition.repeat_of_id else petition.matter_id
