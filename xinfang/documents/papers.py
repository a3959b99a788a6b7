"""Freezing a paper inside the act that issues it, and reading it again."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from xinfang.documents.kinds import SIGNED_BY_THE_ORGAN, TEMPLATES, PaperKind
from xinfang.documents.models import Paper, Rendering
from xinfang.documents.numbers import spelled, take
from xinfang.documents.wordings import in_force, wording_of
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import new_id
from xinfang.foundation.sealing import seal, unseal
from xinfang.foundation.text import listed
from xinfang.organizations.models import Unit

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
) -> Paper:
    """A paper with its number, to be inserted by this very act: alone by `freeze`, or with others of the same move.

    Every field its template asks for must be filled. `contact`: whom in the unit to ask about it. `signer`: the organ that
    the unit works for, on those papers that it signs.
    """
    template = TEMPLATES[kind]
    if missing := [label for name, label in template.fields.items() if not data.get(name)]:
        raise Refused("%(paper)s缺少：%(fields)s。", paper=kind.label, fields=listed(missing))
    paper_id = new_id()
    organ = signer if kind in SIGNED_BY_THE_ORGAN else ""
    issuer, year = organ or unit.name, timezone.localdate(at).year
    said = {**data, _FRAME: {"issuer": issuer, "telephone": unit.telephone, "contact": contact}}
    sealed = seal(key, json.dumps(said, ensure_ascii=False).encode(), context=f"paper:{paper_id}")
    return Paper(
        id=paper_id,
        kind=kind,
        template_version=in_force(kind).version,
        number=_number_of_organ(template.word, organ, year) if organ else _number(template.word, unit, year),
        unit_code=unit.code,
        subject_kind=subject[0],
        subject_id=subject[1],
        data=sealed,
        issued_at=at,
    )


def _number(word: str, unit: Unit, year: int) -> str | None:
    if not word:
        return None
    if not unit.paper_code:  # without it two units would number alike
        raise Refused("%(unit)s还没有文号代字，请先由系统管理员登记。", unit=unit.name)
    return spelled(unit.paper_code, year, word, take(f"paper:{unit.code}:{year}:{word}"))


def _number_of_organ(word: str, organ: str, year: int) -> str | None:
    """Who signs it numbers it: by the government's own code, or where the county named none by its name."""
    if not word:
        return None
    return spelled(settings.GOVERNMENT_CODE or organ, year, word, take(f"paper:{organ}:{year}:{word}"))


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


def destroy(subjects: Iterable[tuple[str, int]]) -> int:
    """What these papers say; their kinds, numbers and days stay (petitions.erasure)."""
    found = list(_of(subjects))
    for rows in found:
        Rendering.objects.filter(paper__in=rows.values("pk")).update(lacking=b"")
    return sum(rows.update(data=b"") for rows in found)


def _of(subjects: Iterable[tuple[str, int]]) -> Iterator[QuerySet[Paper]]:
    for kind, pk in subjects:
        yield Paper.objects.filter(subject_kind=kind, subject_id=pk)
