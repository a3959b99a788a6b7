"""印章: ink on paper unless a unit declared a picture of its seal, or the county has an electronic seal that the law knows."""

import io
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Protocol

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string
from PIL import Image

from xinfang.documents.elements import wants_ink
from xinfang.documents.kinds import SIGNED_BY_THE_ORGAN, PaperKind
from xinfang.documents.models import Paper, SealPicture
from xinfang.foundation.errors import Refused
from xinfang.foundation.sealing import house_key, unseal
from xinfang.organizations.models import Unit
from xinfang.trace import verify

LARGEST = 300 * 1024
_SIDES = (200, 2000)


class ElectronicSeal(Protocol):
    """电子印章: a service that signs PDFs with the seals it keeps (电子签名法). `XINFANG_ELECTRONIC_SEAL` names one."""

    def keeps(self, unit_code: str) -> bool: ...

    def sign(self, pdf: bytes, *, unit_code: str) -> bytes: ...


class InkOnly:
    """No such service: every seal is ink."""

    def keeps(self, unit_code: str) -> bool:
        return False

    def sign(self, pdf: bytes, *, unit_code: str) -> bytes:
        raise NotImplementedError


@cache
def electronic() -> ElectronicSeal:
    """The county's, or none."""
    made: ElectronicSeal = import_string(settings.ELECTRONIC_SEAL)() if settings.ELECTRONIC_SEAL else InkOnly()
    return made


def signs(paper: Paper) -> bool:
    """Whether the electronic seal is put on it: on what would be stamped."""
    return _is_stamped_by_its_unit(paper) and electronic().keeps(paper.unit_code)


def picture_for(paper: Paper) -> bytes:
    """The picture its unit had declared when it was issued, empty where it stamps in ink."""
    if not _is_stamped_by_its_unit(paper):
        return b""
    then = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=paper.issued_at)
    row = SealPicture.objects.filter(then, unit_code=paper.unit_code, declared_at__lte=paper.issued_at).first()
    return unseal(house_key(), bytes(row.picture), context=f"seal:{row.pk}") if row else b""


def _is_stamped_by_its_unit(paper: Paper) -> bool:
    """复查、复核: the government stamps, or the 复查复核专用章 in its name. The office's own seal would make it another's."""
    return wants_ink(PaperKind(paper.kind)) and paper.kind not in SIGNED_BY_THE_ORGAN


def waits_for_ink(paper: Paper) -> bool:
    return wants_ink(PaperKind(paper.kind)) and not (signs(paper) or picture_for(paper))


def looked_at(picture: bytes) -> bytes:
    """A square PNG, drawn anew; refused otherwise."""
    if len(picture) > LARGEST:
        raise Refused("印章图样不能超过 300 KB。", field="picture")
    try:
        opened = Image.open(io.BytesIO(picture), formats=["PNG"])
        opened.load()
    except Exception as error:  # Pillow answers broken bytes with errors of many kinds
        raise Refused("印章图样要用 PNG 图片，背景透明。", field="picture") from error
    low, high = _SIDES
    if not (low <= opened.width <= high and 0.8 <= opened.width / opened.height <= 1.25):
        raise Refused("印章图样要接近正方形，边长 200 到 2000 点。", field="picture")
    made = io.BytesIO()
    opened.convert("RGBA").save(made, "PNG", optimize=True)
    return made.getvalue()


def withdrawn(pictures: Sequence[SealPicture]) -> dict[int, tuple[datetime | None]]:
    """When each went out of use, as the entries of its unit say: by an act, or by the next picture. For `verify`."""
    units = Unit.objects.filter(code__in={one.unit_code for one in pictures}).values_list("pk", flat=True)
    found: dict[int, tuple[datetime | None]] = {}
    in_use: dict[int, int] = {}
    for entry in verify.entries_of("unit", list(units), ["seal.declare_seal", "seal.withdraw_seal"]):
        if (before := in_use.pop(entry.subject_id, None)) is not None:
            found[before] = (entry.at,)
        for _, pk in entry.facts.get("rows", []):
            in_use[entry.subject_id], found[pk] = pk, (None,)
    return found
