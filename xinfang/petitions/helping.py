"""协办 as it follows the lead: the units that were proposed come with it, and go when it goes (C1)."""

from datetime import datetime

from xinfang.deadlines import promises
from xinfang.organizations.models import Unit
from xinfang.petitions.actions.cohandling import add_co_handler, drop_co, finish_co
from xinfang.petitions.latest import open_co_handlers
from xinfang.petitions.lifecycle import AssignmentStatus
from xinfang.petitions.models import Petition, Proposal
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD


def add_proposed(petition: Petition, proposal: Proposal, lead: Unit, *, by: By, at: datetime) -> None:
    """The units that were proposed to help, once the lead has the work; one that has come to lead helps nobody."""
    today = promises.local_day(at)
    for unit in proposal.co_units.exclude(pk=lead.pk):
        if unit.is_open_on(today):
            add_co_handler(petition, unit=unit, requirement=proposal.opinion, by=by, at=at)


def end_with_the_lead(petition: Petition, *, is_answered: bool, at: datetime) -> None:
    """No unit helps where nobody leads (C1)."""
    if not petition.has_co_handlers:
        return
    for work in open_co_handlers(petition):
        if is_answered and work.status == AssignmentStatus.CO_OPINION_GIVEN:
            finish_co(work, by=ROAD, at=at)
        else:
            drop_co(work, by=ROAD, at=at)
