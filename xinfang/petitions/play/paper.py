"""评价表, 复查申请书: the papers a petitioner of the play hands in, as the registrar scans them."""

from datetime import datetime
from io import BytesIO

from xinfang.files import store
from xinfang.organizations.models import Officer
from xinfang.petitions import actions
from xinfang.petitions.models import Evidence, Petition


def rating_form(petition: Petition, *, by: Officer, at: datetime) -> Evidence:
    return _scanned("评价表", petition, by, at)


def application_form(petition: Petition, *, by: Officer, at: datetime) -> Evidence:
    return _scanned("复查申请书", petition, by, at)


def _scanned(title: str, petition: Petition, by: Officer, at: datetime) -> Evidence:
    taken = store.take(BytesIO(f"信访事项{title}\n{petition.number}\n".encode()))
    file = store.seal(taken, key=petition.key)
    return actions.add_evidence(petition, file=file, name=f"{title}.txt", label=title, by=by, at=at)
