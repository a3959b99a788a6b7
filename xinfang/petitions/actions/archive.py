"""归档."""

from datetime import datetime

from xinfang.petitions import road
from xinfang.petitions.actions.close import expire_evaluation
from xinfang.petitions.codes import EvaluationStatus
from xinfang.petitions.models import Petition
from xinfang.petitions.policies import By
from xinfang.petitions.road import ROAD
from xinfang.trace.acts import act


@act
def archive(petition: Petition, *, by: By, at: datetime) -> Petition:
    """归档: after the review and rating windows have passed. Volumes and retention come with the room `archives`."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.archive", petition, by=by, at=at)
    if petition.evaluation_status == EvaluationStatus.PENDING:
        expire_evaluation(petition, by=ROAD, at=at)  # the sweep that does it comes once an hour
        petition.evaluation_status = EvaluationStatus.EXPIRED_UNRATED
    road.stop_clocks(step)
    road.advance(step, archived_at=at, due_on=None)
    road.leave(step)
    return petition
