"""Sealing what was written before anyone knew that it is an accusation."""

from functools import reduce
from typing import Any

from xinfang.legislation import cited
from xinfang.organizations.models import Officer
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.erasure import path_of
from xinfang.petitions.models import Named, Petition
from xinfang.petitions.models.words import Sealed, sealed_models, words_of
from xinfang.petitions.policies import By


def put_under_seal(petition: Petition, by: By) -> dict[str, Any]:
    """检举控告, found out at triage: its words are encrypted, and who found it keeps it until it is routed out.

    Returns the columns of the petition itself, for the update that the act makes anyway.
    """
    words = {name: getattr(petition, name) for name in words_of(Petition)}
    petition.confidentiality = Confidentiality.ACCUSATION_COMPARTMENT
    for model in sealed_models():
        for row in _rows(model, petition):
            row.put_under_seal()
    cited.forget(("petition", petition.pk))
    if isinstance(by, Officer):
        Named.objects.get_or_create(petition=petition, officer=by, ended_at=None)
    return {**words, "words_sealed": None}


def _rows(model: type[Sealed], petition: Petition) -> list[Any]:
    """Whatever hangs on the petition, by the work of a unit that gave it back too; each knows it as it is about to be."""
    path = path_of(model)
    if not path:
        return []
    found = list(model._default_manager.filter(**{path: petition}).select_related(path))
    for row in found:
        *between, last = path.split("__")
        setattr(reduce(getattr, between, row), last, petition)
    return found
