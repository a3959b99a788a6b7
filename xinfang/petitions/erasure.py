"""销毁: a petition's key and everything that was said in it. What happened, when and by whose hand stays in the trace.

Whatever hangs on the petition, in whatever room: each model's own `Privacy` says what in it is personal. Whether it may be
done is for whoever calls it to say (the room `archives` by its lists, the law by a request); this only does it, whole.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from xinfang.documents import papers
from xinfang.documents.models import Paper
from xinfang.petitions.codes import Confidentiality
from xinfang.petitions.models import Assignment, Evidence, Hearing, Petition, ReviewCase

ERASED = "petition.erase"
"""The act that says so (actions.erase)."""
WAIT = timedelta(days=30)
"""From the day he was told the petitioner may change his mind for so long, or ask for a copy."""
_DESTROYED = "—"
FARTHEST = 3
"""Foreign keys between a row and its petition: answer → opinion → assignment → petition."""


def files_of(petition: Petition) -> list[str]:
    """The addresses of everything that was handed in, and of the papers as they were printed."""
    pairs = Evidence.objects.filter(petition=petition).values_list("original", "copy")
    return sorted({address for pair in pairs for address in pair} | set(papers.files_of(_subjects(petition))))


def destroy(petition: Petition) -> dict[str, int]:
    """Inside the act's transaction; the files go once it is committed. Returns what was destroyed, counted."""
    words = sum(_blank(model, path, petition) for model, path in personal_models())
    said = papers.destroy(_subjects(petition))
    Petition.objects.filter(pk=petition.pk).update(**_emptied(Petition), confidentiality=Confidentiality.DESTROYED)
    return {"files": len(files_of(petition)), "papers": said, "words": words}


def _subjects(petition: Petition) -> list[tuple[str, int]]:
    """What papers may be about."""
    kinds = (("assignment", Assignment), ("review", ReviewCase), ("hearing", Hearing))
    return [("petition", petition.pk), *((kind, pk) for kind, rows in kinds for pk in _ids(rows, petition))]


def _ids(model: Any, petition: Petition) -> list[int]:
    return list(model.objects.filter(petition=petition).values_list("pk", flat=True))


@cache
def personal_models() -> tuple[tuple[type[models.Model], str], ...]:
    """Every model with something personal in it that hangs on a petition, and the way from it to the petition."""
    found = ((model, path_of(model)) for model in apps.get_models() if model not in (Petition, Paper))
    return tuple((model, path) for model, path in found if path and _personal(model))


def path_of(model: type[models.Model]) -> str:
    """assignment__petition; empty when it hangs on none. A petition it merely names is not the one it hangs on."""
    ways = [way for way in _ways(model, FARTHEST) if way.rpartition("__")[2] == "petition"]
    return min(ways, key=lambda way: (way.count("__"), way), default="")


def _ways(model: type[models.Model], far: int) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        target = field.related_model
        if not isinstance(target, type) or target is model:
            continue
        if target is Petition:
            yield field.name
        elif far > 1 and issubclass(target, models.Model):
            yield from (f"{field.name}__{rest}" for rest in _ways(target, far - 1))


def _personal(model: type[models.Model]) -> tuple[str, ...]:
    privacy: Any = vars(model).get("Privacy")
    return tuple(getattr(privacy, "personal", ()))


def _blank(model: type[models.Model], path: str, petition: Petition) -> int:
    return model._default_manager.filter(**{path: petition}).update(**_emptied(model))


def _emptied(model: type[models.Model]) -> dict[str, Any]:
    return {name: _nothing(model._meta.get_field(name)) for name in _personal(model)}


def _nothing(field: Any) -> Any:
    """What stands there afterwards. Of a text a dash: some may not be empty."""
    if field.null:
        return None
    return b"" if isinstance(field, models.BinaryField) else _DESTROYED[: field.max_length]
