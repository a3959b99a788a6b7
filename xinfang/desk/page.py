"""What every page of the desk needs: who asks, and the frame around the page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from xinfang.archives.policies import ROOM as ARCHIVE
from xinfang.foundation.text import clauses
from xinfang.organizations.models import Duty, Officer, Seat
from xinfang.petitions import holds, ledger
from xinfang.petitions.actions.naming import NAMERS
from xinfang.petitions.actions.originals import KEEPERS as KEEPERS_OF_PAPER
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.models import Petition
from xinfang.petitions.notice_papers import SENDERS
from xinfang.petitions.queries import COUNTY_WIDE, sees_names
from xinfang.publishing import policies as publishing

HEADS = (Duty.BUREAU_HEAD, Duty.UNIT_HEAD)
KEEPERS = (*HEADS, Duty.ADMINISTRATOR)
DESKS = frozenset(
    {
        Duty.REGISTRAR,
        Duty.DISPATCHER,
        Duty.BUREAU_HEAD,
        Duty.UNIT_HEAD,
        Duty.CASE_HANDLER,
        Duty.VILLAGE_COLLECTOR,
    }
)

# Who appoints and who confirms the keepers of accusations.
CUSTODY = frozenset({Duty.BUREAU_HEAD, Duty.DISCIPLINE})

# Who looks after the trace.
LOG_READERS = frozenset({Duty.ADMINISTRATOR, Duty.AUDITOR, Duty.BUREAU_HEAD})

# Who follows what waits after an opinion is signed.
ROUNDS = COUNTY_WIDE | {Duty.UNIT_HEAD, Duty.CASE_HANDLER, Duty.REGISTRAR}

# Who may receive a letter for an office and keep its paper.
LETTER_ROOM = DESKS & KEEPERS_OF_PAPER


def officer_of(request: HttpRequest) -> Officer:
    """Who asks. The gate let nobody else in."""
    assert isinstance(request.user, Officer)
    return request.user


def word_of(request: HttpRequest, name: str, *, most: int) -> str:
    """What the address of the page asks for. A zero byte, which no database takes, is nothing that was typed."""
    return request.GET.get(name, "").replace("\0", "").strip()[:most]


def keeps_paper_of(officer: Officer, petition: Petition) -> bool:
    """Moves, lends and takes back the papers of the office that registered it."""
    return any(seat.duty in KEEPERS_OF_PAPER and seat.unit_id == petition.organ_id for seat in officer.seats)


def names_for(officer: Officer, petition: Petition) -> bool:
    """Whether the page of this petition offers him to name others."""
    is_confidential = petition.confidentiality == Confidentiality.CONFIDENTIAL
    return is_confidential and any(seat.duty in NAMERS for seat in officer.seats)


# Whose papers come back with ink: of petitions, of reviews and hearings, of results that were sent back.
SCANNERS = DESKS | {Duty.REVIEW_OFFICE, Duty.SUPERVISOR}


def scans_papers(officer: Officer) -> bool:
    """Whoever handles papers that name people."""
    return any(seat.duty in SCANNERS for seat in officer.seats) and sees_names(officer)


def draw(
    request: HttpRequest, template: str, context: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """The page in the frame of the desk: his name, his seats, the doors open to them."""
    officer = officer_of(request)
    duties = {seat.duty for seat in officer.seats}
    frame = {
        "officer": officer,
        "seat": _seats(officer.seats),
        "may_register": not duties.isdisjoint(DESKS),
        "scans_papers": scans_papers(officer),
        "opens_letters": not duties.isdisjoint(LETTER_ROOM),
        "makes_rounds": not duties.isdisjoint(ROUNDS | SENDERS),
        "keeps_custodians": any(seat.duty in CUSTODY for seat in officer.seats),
        "approves_erasures": holds.approves(officer),
        "reads_ledger": ledger.reads_ledger(officer),
        "publishes": publishing.edits(officer) or publishing.approves(officer),
        "keeps_archives": not duties.isdisjoint(ARCHIVE),
        "reads_log": not duties.isdisjoint(LOG_READERS),
        "keeps_officers": not duties.isdisjoint(KEEPERS),
    }
    return render(request, template, {**frame, **(context or {})}, status=status)


def _seats(seats: tuple[Seat, ...]) -> str:
    return clauses(f"{seat.unit_name} {seat.duty.label}" for seat in seats) or _("目前没有岗位")
