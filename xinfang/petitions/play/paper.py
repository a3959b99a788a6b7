"""评价表: the paper on which a petitioner of the play rates, as the registrar scans it."""

from datetime import datetime
from io import BytesIO

from xinfang.files import store
from xinfang.organizations.models import Officer
from xinfang.petitions import actions
from xinfang.petitions.models import Evidence, Petition


def rating_form(petition: Petition, *, by: Officer, at: datetime) -> Evidence:
    taken = store.take(BytesIO(f"信访事项评价表\n{petition.number}\n".encode()))
    file = store.seal(taken, key=petition.key)
    return actions.add_evidence(petition, file=file, name="评价表.txt", label="评价表", by=by, at=at)
