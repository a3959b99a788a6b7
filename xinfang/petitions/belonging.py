"""Of which petition a subject and a row are part: for `verify`. What a row says does not tell whose it is: it could be moved."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import models

from xinfang.documents.models import Paper
from xinfang.petitions.erasure import path_of
from xinfang.petitions.models import Assignment, Hearing, Petition, ReviewCase

_PARTS: dict[str, type[models.Model]] = {"assignment": Assignment, "review": ReviewCase, "hearing": Hearing}
_path = cache(path_of)


def of_subjects(kind: str, ids: Iterable[int]) -> dict[int, int]:
    """The petition of each; of what is no part of one, none."""
    if kind == "petition":
        return {pk: pk for pk in ids}
    if kind not in _PARTS:
        return {}
    return dict(_PARTS[kind]._default_manager.filter(pk__in=list(ids)).values_list("pk", "petition"))


def parts_of(petitions: Collection[int]) -> dict[str, dict[int, int]]:
    """Every subject that is part of these petitions, they themselves too: by kind, with the petition of each."""
    found = {kind: model._default_manager.filter(petition__in=petitions) for kind, model in _PARTS.items()}
    parts = {kind: dict(rows.values_list("pk", "petition")) for kind, rows in found.items()}
    return {"petition": {pk: pk for pk in petitions}, **parts}


def of_rows(model: type[models.Model], rows: Sequence[Any]) -> dict[Any, int]:
    """The same of rows of one model: by the way that leads from it to a petition, and of a paper by what it is about."""
    if model is Petition:
        return {row.pk: row.pk for row in rows}
    if model is Paper:
        return _of_papers(rows)
    path = _path(model)
    if path in ("", "petition"):
        return {row.pk: row.petition_id for row in rows if path and row.petition_id}
    found = model._default_manager.filter(pk__in=[row.pk for row in rows]).values_list("pk", path)
    return {pk: petition for pk, petition in found if petition}


def _of_papers(papers: Sequence[Paper]) -> dict[Any, int]:
    about: dict[str, dict[int, int]] = defaultdict(dict)
    for paper in papers:
        about[paper.subject_kind][paper.pk] = paper.subject_id
    known = {kind: of_subjects(kind, set(subjects.values())) for kind, subjects in about.items()}
    named = ((pk, known[kind].get(subject)) for kind, subjects in about.items() for pk, subject in subjects.items())
    return {pk: petition for pk, petition in named if petition}
