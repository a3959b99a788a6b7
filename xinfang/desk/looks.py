"""Before a page shows anything of a petition, that it is looked at stands in the ledger: once an hour for each purpose."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from xinfang.desk.page import officer_of
from xinfang.petitions import actions, ledger
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Petition


def looked(request: HttpRequest, petition: Petition, *kinds: LookKind) -> frozenset[str]:
    """One statement when all of it was looked into within the hour. Returns what was."""
    officer, at = officer_of(request), timezone.now()
    lately = ledger.lately(officer, petition, at)
    for kind in kinds:
        if kind not in lately:
            actions.look(petition, kind=kind, by=officer, at=at)
    return lately


def looked_each(request: HttpRequest, petitions: Iterable[Petition], kind: LookKind) -> None:
    """Many at once, as they are printed together."""
    officer, at = officer_of(request), timezone.now()
    wanted = {petition.pk: petition for petition in petitions}
    lately = ledger.lately_for(officer, list(wanted.values()), kind, at) if wanted else set()
    if missing := [petition for pk, petition in wanted.items() if pk not in lately]:
        actions.look_into_each(missing, kind=kind, by=officer, at=at)
