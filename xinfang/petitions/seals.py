"""Sealing what was written before anyone knew that it is an accusation."""

from typing import Any

from django.db.models import QuerySet

from xinfang.organizations.models import Officer
from xinfang.petitions.codes import Confidentiality
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
            row.petition = petition  # as it is about to be, not as it lies there
            row.put_under_seal()
    if isinstance(by, Officer):
        Named.objects.get_or_create(petition=petition, officer=by, ended_at=None)
    return {**words, "words_sealed": None}


def _rows(model: type[Sealed], petition: Petition) -> list[Any]:
    """Those that hang on the petition itself: no unit has worked on it yet."""
    if "petition" not in {field.name for field in model._meta.concrete_fields}:
        return []
    rows: QuerySet[Any] = model._default_manager.all()
    return list(rows.filter(petition=petition))
