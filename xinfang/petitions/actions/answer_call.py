"""电话查询: number and code as a caller reads them out; that a clerk looked for him stands in the ledger."""

from datetime import datetime

from xinfang.organizations.models import Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import looks, slip_codes
from xinfang.petitions.actions.renew_codes import DESKS
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Petition
from xinfang.trace.acts import act


@act
def answer_call(number: str, query_code: str, *, by: Officer, at: datetime) -> Petition:
    """The caller's code opens it, at any desk: nothing is told but what he would read himself."""
    seat, petition = seat_of(by, DESKS), slip_codes.by_code(number, query_code)
    looks.note("petition.answer_call", petition, LookKind.CALL, by=by, seat=seat, at=at)
    return petition
