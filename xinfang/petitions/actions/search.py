"""按姓名查找: the one search that needs a reason."""

from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.organizations.policies import seat_of
from xinfang.petitions import looks, queries
from xinfang.petitions.codes import LookKind, RevealGround
from xinfang.petitions.models import Petition
from xinfang.petitions.models.petitioner import blind_index
from xinfang.trace.acts import act, record

MOST_FOUND = 50


@act
def search_by_name(name: str, *, ground: RevealGround, by: Officer, at: datetime) -> list[Petition]:
    """Petitions of someone of just this name that the officer may see, newest first: matters, never a count of visits."""
    seat = seat_of(by, queries.REVEALERS)
    if not name.strip():
        raise Refused("请填写姓名。", field="name")
    found = queries.visible_to(by).filter(petitioners__name_index=blind_index("name", name)).distinct()
    row, hand = looks.line(None, LookKind.SEARCH, by=by, seat=seat, at=at, ground=ground), by.hand(seat)
    record("petition.search_by_name", subject=("officer", by.pk), by=hand, at=at, facts={"ground": ground}, rows=[row])
    return list(queries.with_people(found).select_related("division").order_by("-id")[:MOST_FOUND])
