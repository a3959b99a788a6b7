"""Freezing a paper inside the act that issues it, and reading it again."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from xinfang.documents.elements import TEMPLATES
from xinfang.documents.kinds import SIGNED_BY_THE_ORGAN, PaperKind
from xinfang.documents.models import Paper, Rendering
from xinfang.documents.numbers import spelled, take_of
from xinfang.documents.wordings import version_in_force, wording_of
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import new_id
from xinfang.foundation.sealing import seal, unseal
from xinfang.foundation.text import listed
from xinfang.organizations.models import Unit

_JSON = json.JSONEncoder(ensure_ascii=False)
_FRAME = "@"
"""Beside the fields: the issuer's name and telephone and who may be asked, as they were on the day."""


def freeze(kind: PaperKind, **said: Any) -> Paper:
    """Write one paper."""
    paper = drawn_up(kind, **said)
    written.insert([paper])
    return paper


def drawn_up(
    kind: PaperKind,
    *,
    unit: Unit,
    subject: tuple[str, int],
    data: dict[str, Any],
    key: bytes,
    at: datetime,
    contact: str = "",
    signer: str = "",
    number: str = "",
) -> Paper:
    """A paper with its number, to be inserted by this very act: alone by `freeze`, or with others of the same move.

    Every field its template asks for must be filled. `contact`: whom in the unit to ask about it. `signer`: the organ that
    the unit works for, on those papers that it signs. `number`: where it was taken with those of the others (`numbered`).
    """
    template = TEMPLATES[kind]
    if missing := [label for name, label in template.fields.items() if not data.get(name)]:
        raise Refused("%(paper)s缺少：%(fields)s。", paper=kind.label, fields=listed(missing))
    paper_id = new_id()
    issuer = (signer if kind in SIGNED_BY_THE_ORGAN else "") or unit.name
    said = {**data, _FRAME: {"issuer": issuer, "telephone": unit.telephone, "contact": contact}}
    sealed = seal(key, _JSON.encode(said).encode(), context=f"paper:{paper_id}")
    return Paper(
        id=paper_id,
        kind=kind.value,
        template_version=version_in_force(kind),
        number=number or numbered([kind], unit=unit, signer=signer, at=at)[kind] or None,
        unit_code=unit.code,
        subject_kind=subject[0],
        subject_id=subject[1],
        data=sealed,
        issued_at=at,
    )


def numbered(kinds: Iterable[PaperKind], *, unit: Unit, at: datetime, signer: str = "") -> dict[PaperKind, str]:
    """A number for each, empty where it bears none: those of one move in one statement, since no two are of one series."""
    year = timezone.localdate(at).year
    series = {kind: _series(kind, unit, signer, year) for kind in kinds}
    wanted = {kind: one for kind, one in series.items() if one}
    if not wanted:
        return dict.fromkeys(series, "")
    taken = take_of([one.name for one in wanted.values()])
    spelt = {kind: spelled(one.code, year, TEMPLATES[kind].word, taken[one.name]) for kind, one in wanted.items()}
    return {kind: spelt.get(kind, "") for kind in series}


class _Series(NamedTuple):
    code: str
    name: str


def _series(kind: PaperKind, unit: Unit, signer: str, year: int) -> _Series | None:
    """Who signs it numbers it: by the government's own code, or where the county named none by its name."""
    word = TEMPLATES[kind].word
    if not word:
        return None
    if signer and kind in SIGNED_BY_THE_ORGAN:
        return _Series(settings.GOVERNMENT_CODE or signer, f"paper:{signer}:{year}:{word}")
    if not unit.paper_code:  # without it two units would number alike
        raise Refused("%(unit)s还没有文号代字，请先由系统管理员登记。", unit=unit.name)
    return _Series(unit.paper_code, f"paper:{unit.code}:{year}:{word}")


def frozen_in(paper: Paper, *, key: bytes) -> dict[str, Any]:
    """Everything that was frozen: the fields, and what stands beside them."""
    return dict(json.loads(unseal(key, bytes(paper.data), context=f"paper:{paper.pk}")))


def data_of(paper: Paper, *, key: bytes) -> dict[str, Any]:
    """What the paper says, by field."""
    return {name: value for name, value in frozen_in(paper, key=key).items() if name != _FRAME}


def frame_of(paper: Paper, *, key: bytes) -> dict[str, str]:
    """Who issued it, as the unit was called then. Papers older than this note take the name of today."""
    kept = frozen_in(paper, key=key).get(_FRAME)
    if kept is None:
        unit = Unit.objects.filter(code=paper.unit_code).first()
        return {"issuer": unit.name if unit else "", "telephone": unit.telephone if unit else ""}
    return dict(kept)


def parts_of(paper: Paper, *, key: bytes) -> list[tuple[str, str, Any]]:
    """The plain slip: each field of the template by name, the label it bears on this paper, and its value, in order."""
    data, wording = data_of(paper, key=key), wording_of(paper)
    labels = TEMPLATES[PaperKind(paper.kind)].labels
    return [(name, wording.label(name, label), _plain(data[name])) for name, label in labels.items() if name in data]


def lines_of(paper: Paper, *, key: bytes) -> list[tuple[str, Any]]:
    """The same without the names."""
    return [(label, value) for _name, label, value in parts_of(paper, key=key)]


def _plain(value: Any) -> Any:
    """An answered demand reads as one line."""
    return [_answered(one) if isinstance(one, dict) else one for one in value] if isinstance(value, list) else value


def _answered(one: dict[str, Any]) -> str:
    return (
        f"{one['n']}. {one['demand']} 经查：{one['finding']} 依据：{one['basis']} 结果：{one['result'].rstrip('。')}。"
    )


def files_of(subjects: Iterable[tuple[str, int]]) -> list[str]:
    """The addresses of their PDFs, and of the sheets that came back."""
    ways = ("rendering__blob", "signed_sheets__original", "signed_sheets__copy")
    return [file for rows in _of(subjects) for found in rows.values_list(*ways) for file in found if file]


def printed_as(renderings: Iterable[Rendering]) -> dict[int, tuple[str | None]]:
    """The file that each was printed as: the one of its digest, which an entry vouches for."""
    return {one.pk: (one.blob_id if one.blob.plain_digest_salted == one.digest else None,) for one in renderings}


def destroy(subjects: Iterable[tuple[str, int]]) -> int:
    """What these papers say; their kinds, numbers and days stay (petitions.erasure)."""
    found = list(_of(subjects))
    for rows in found:
        Rendering.objects.filter(paper__in=rows.values("pk")).update(lacking=b"")
    return sum(rows.update(data=b"") for rows in found)


def _of(subjects: Iterable[tuple[str, int]]) -> Iterator[QuerySet[Paper]]:
    for kind, pk in subjects:
        yield Paper.objects.filter(subject_kind=kind, subject_id=pk)
