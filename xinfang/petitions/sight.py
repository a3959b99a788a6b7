"""What of a visible petition each pair of eyes gets (domain 2.2): words, names, papers, originals. `visible_to` comes first."""

from collections.abc import Collection, Iterable

from xinfang.deadlines.models import Promise
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.organizations.models import Duty, Officer, UnitKind
from xinfang.petitions import policies
from xinfang.petitions.lifecycle import GAVE_UP
from xinfang.petitions.models import Assignment, Petition
from xinfang.petitions.queries import REVEALERS, reads_text, sees_names

__all__ = [
    "may_correct_start",
    "may_reveal",
    "reads_draft",
    "reads_originals",
    "reads_paper",
    "reads_text",
    "reads_withdrawals",
    "sees_names",
]

# They bear the query code or the organ's own deliberation, or are for the petitioner's hand alone, so no other unit reads them.
INSIDE_THE_ORGAN = frozenset(
    {
        PaperKind.REGISTRATION_FORM,
        PaperKind.PROPOSAL_FORM,
        PaperKind.ARCHIVE_INDEX,
        PaperKind.EVALUATION_FORM,
        PaperKind.WITHDRAWAL,
        PaperKind.WITHDRAWAL_NOTICE,
        PaperKind.REVIEW_WITHDRAWAL,
    }
)
_KEEPERS_OF_ORIGINALS = frozenset({Duty.REGISTRAR, Duty.DISPATCHER, Duty.BUREAU_HEAD})


def may_reveal(officer: Officer) -> bool:
    return _has(officer, REVEALERS)


def handles(officer: Officer, assignments: Iterable[Assignment]) -> bool:
    """Whether one of these is his own work, in a unit where he still sits."""
    units = {seat.unit_id for seat in officer.seats if seat.duty in REVEALERS}
    return any(
        one.handler_id == officer.pk and one.unit_id in units and one.status not in GAVE_UP for one in assignments
    )


def reads_originals(officer: Officer) -> bool:
    """Units read the copy, which has lost its hidden data; the original stays with the bureau and the discipline organ."""
    return any(
        (seat.unit_kind == UnitKind.BUREAU and seat.duty in _KEEPERS_OF_ORIGINALS)
        or (seat.unit_kind == UnitKind.DISCIPLINE and seat.duty == Duty.DISCIPLINE)
        for seat in officer.seats
    )


def reads_paper(officer: Officer, petition: Petition, paper: Paper) -> bool:
    """Papers name people, so who sees names masked reads none."""
    if not (reads_text(officer) and sees_names(officer)):
        return False
    is_inside = any(seat.unit_id == petition.organ_id for seat in officer.seats)
    return is_inside or paper.kind not in INSIDE_THE_ORGAN


def reads_draft(officer: Officer, unit_id: int) -> bool:
    """An opinion that is not issued is its unit's own."""
    return any(seat.unit_id == unit_id for seat in officer.seats)


def reads_withdrawals(officer: Officer) -> bool:
    """Why a petitioner withdrew is between him and the bureau: a unit that pressed him does not read what he said (E2)."""
    return any(seat.unit_kind == UnitKind.BUREAU for seat in officer.seats)


def _has(officer: Officer, duties: Collection[Duty]) -> bool:
    return any(seat.duty in duties for seat in officer.seats)


def may_correct_start(officer: Officer, petition: Petition, promise: Promise) -> bool:
    """Whether he could move the start of this clock, with a proof."""
    sits = any(seat.duty in policies.HEADS and seat.unit_id == petition.organ_id for seat in officer.seats)
    return sits and promise.clock in policies.CORRECTED_STARTS and promise.stopped_at is None
