"""作废."""

from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.petitions import fitting, road
from xinfang.petitions.models import Petition, Remark
from xinfang.petitions.policies import By
from xinfang.trace.acts import act


@act
def void(petition: Petition, *, reason: str, by: By, at: datetime) -> Petition:
    """作废: entered by mistake. The number is kept and never given again (P16)."""
    petition = road.hold_petition(petition)
    step = road.enter("petition.void", petition, by=by, at=at)
    if not reason.strip():
        raise Refused("请写明作废理由。", field="reason")
    fitting.refuse_text(reason, Remark._meta.get_field("text").max_length, beside="reason")
    remark = fitting.add(Remark, petition=petition, act=step.verb, text=reason, made_at=at)
    road.stop_clocks(step)
    road.advance(step, due_on=None, is_counted=False)
    road.leave(step, rows=[remark])
    return petition
