"""Files of a form on their way into the store: looked into and sealed before the act, kept by it, refused by their names."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.desk.page import officer_of
from xinfang.files import store
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.models import Petition, WorkNote

Label = Callable[[int], str]
Only = Callable[[str], object]


@dataclass(frozen=True)
class HandedIn:
    """One file under the name it came with, and the field it came in."""

    name: str
    field: str
    taken: store.Taken


@dataclass(frozen=True)
class Stored:
    """The same, sealed under the petition's key."""

    name: str
    field: str
    file: store.Sealed


def taken(uploads: Sequence[UploadedFile], *, field: str) -> list[HandedIn]:
    """Every file looked into and cleaned. Slow, so before any transaction."""
    return [_taken(upload, field) for upload in uploads]


def stored(files: Sequence[HandedIn], petition: Petition) -> list[Stored]:
    """In the store, without rows: when the act is refused they are swept away."""
    return [Stored(one.name, one.field, store.seal(one.taken, key=petition.key)) for one in files]


def taken_and_stored(
    uploads: Sequence[UploadedFile], petition: Petition, *, field: str, only: Only = str
) -> list[Stored]:
    """One after the other, so that no more than one clean copy is held. `only` refuses kinds of no use here."""
    return [one for upload in uploads for one in stored([_taken(upload, field, only)], petition)]


def keep(
    request: HttpRequest, petition: Petition, files: Sequence[Stored], *, label: Label, note: WorkNote | None = None
) -> None:
    """An act for each file."""
    for n, one in enumerate(files, start=1):
        with _named(one.name, one.field):
            _keep(request, petition, one, label(n), note)


def _keep(request: HttpRequest, petition: Petition, one: Stored, label: str, note: WorkNote | None) -> None:
    by: Any = officer_of(request)
    actions.add_evidence(petition, file=one.file, name=one.name, label=label, note=note, by=by, at=timezone.now())


def _taken(upload: UploadedFile, field: str, only: Only = str) -> HandedIn:
    assert upload.file is not None
    name = upload.name or ""
    with _named(name, field):
        taken = store.take(upload.file)
        only(taken.kind.media_type)
    return HandedIn(name, field, taken)


@contextmanager
def _named(name: str, field: str) -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        sentence = _("“%(name)s”：%(why)s") % {"name": name, "why": refused.sentence}
        raise Refused(sentence, field=field) from refused
