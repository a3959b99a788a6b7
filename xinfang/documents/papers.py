"""Freezing a paper inside the act that issues it, and reading it again."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils import timezone

from xinfang.documents.kinds import TEMPLATES, PaperKind
from xinfang.documents.models import Paper
from xinfang.documents.numbers import take
from xinfang.foundation import written
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import new_id
from xinfang.foundation.sealing import seal, unseal
from xinfang.foundation.text import listed
from xinfang.organizations.models import Unit


def freeze(
    kind: PaperKind, *, unit: Unit, subject: tuple[str, int], data: dict[str, Any], key: bytes, at: datetime
) -> Paper:
    """Write the paper; every field its template asks for must be filled."""
    template = TEMPLATES[kind]
    if missing := [label for name, label in template.fields.items() if not data.get(name)]:
        raise Refused("%(paper)s缺少：%(fields)s。", paper=kind.label, fields=listed(missing))
    paper_id = new_id()
    sealed = seal(key, json.dumps(data, ensure_ascii=False).encode(), context=f"paper:{paper_id}")
    paper = Paper(
        id=paper_id,
        kind=kind,
        template_version=template.version,
        number=_number(template.word, unit, timezone.localdate(at).year),
        unit_code=unit.code,
        subject_kind=subject[0],
        subject_id=subject[1],
        data=sealed,
        issued_at=at,
    )
    written.insert([paper])
    return paper


def _number(word: str, unit: Unit, year: int) -> str | None:
    """临信访字〔2026〕交办 15 号."""
    if not word:
        return None
    if not unit.paper_code:  # without it two units would number alike
        raise Refused("%(unit)s还没有文号代字，请先由系统管理员登记。", unit=unit.name)
    return f"{unit.paper_code}字〔{year}〕{word} {take(f'paper:{unit.code}:{year}:{word}')} 号"


def data_of(paper: Paper, *, key: bytes) -> dict[str, Any]:
    """What the paper says, by field."""
    return dict(json.loads(unseal(key, bytes(paper.data), context=f"paper:{paper.pk}")))


def lines_of(paper: Paper, *, key: bytes) -> list[tuple[str, Any]]:
    """The plain slip: each label of the template with its value, in order."""
    data = data_of(paper, key=key)
    return [(str(label), data[name]) for name, label in TEMPLATES[PaperKind(paper.kind)].fields.items()]


def destroy(subjects: Iterable[tuple[str, int]]) -> int:
    """What these papers say; their kinds, numbers and days stay (petitions.erasure)."""
    papers = [Paper.objects.filter(subject_kind=kind, subject_id=pk) for kind, pk in subjects]
    return sum(rows.update(data=b"") for rows in papers)
