"""遮盖: what no public text may hold. The people of the petition by what we know of them, anybody by the shape of a number."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinfang.organizations.models import Unit
from xinfang.petitions.models import Petition, Petitioner

SHORTEST_ADDRESS = 4
MOST_SHOWN = 8


class Sign(models.TextChoices):
    """What was found."""

    NAME = "name", _("信访人姓名")
    ID_NO = "id_no", _("证件号码")
    PHONE = "phone", _("手机或者私人电话")
    ADDRESS = "address", _("住址或者门牌")
    EMAIL = "email", _("电子邮箱")
    NUMBER = "number", _("信访件编号")


@dataclass(frozen=True)
class Finding:
    """One place that must be covered, and what stands there."""

    sign: Sign
    text: str


_SHAPES: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    (Sign.NUMBER, re.compile(r"(?<![0-9A-Za-z])\d{10}[A-Z]{2}\d{6}(?![0-9A-Za-z])")),
    (
        Sign.ID_NO,
        re.compile(r"(?<!\d)\d{6}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])|(?<!\d)\d{15}(?!\d)|(?<!\d)\d{16,19}(?!\d)"),
    ),
    (Sign.PHONE, re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    (Sign.PHONE, re.compile(r"(?<!\d)\(?0\d{2,3}\)?[- ]?\d{7,8}(?!\d)")),
    (Sign.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (Sign.ADDRESS, re.compile(r"\d{1,4}(?:号楼|栋|幢|排)\s?\d{0,3}(?:单元)?\s?\d{1,4}(?:室|号|户)")),
    (Sign.ADDRESS, re.compile(r"[一二三四五六七八九十\d]{1,3}组\s?\d{1,4}号")),
)


def scan(text: str, petition: Petition | None = None) -> list[Finding]:
    """What must be covered, in the order it stands there, each once. Full-width letters and spaces hide nothing."""
    plain = unicodedata.normalize("NFKC", text)
    found = [*_shapes(plain), *(_people(plain, petition) if petition else ())]
    return list(dict.fromkeys(found))


def _shapes(plain: str) -> Iterator[Finding]:
    public: set[str] | None = None
    for sign, shape in _SHAPES:
        for match in shape.finditer(plain):
            said = match.group()
            if sign is Sign.PHONE:
                public = _public_telephones() if public is None else public
                if _digits(said) in public:
                    continue
            yield Finding(sign, said)


def _people(plain: str, petition: Petition) -> Iterator[Finding]:
    """Whatever the petition itself knows of its people; spaces between the signs do not help."""
    dense = "".join(plain.split())
    for person in Petitioner.objects.filter(petition=petition).select_related("petition"):
        identity = person.identity
        known = ((Sign.NAME, identity.name), (Sign.ID_NO, identity.id_no), (Sign.PHONE, identity.phone))
        for sign, value in known:
            if len(value) > 1 and "".join(value.split()) in dense:
                yield Finding(sign, value)
        if len(identity.address) >= SHORTEST_ADDRESS and identity.address in dense:
            yield Finding(Sign.ADDRESS, identity.address)
    if len(petition.place) >= SHORTEST_ADDRESS and petition.place in dense:
        yield Finding(Sign.ADDRESS, petition.place)


def _public_telephones() -> set[str]:
    """Those of the offices stand on the front page anyway."""
    return {_digits(one) for one in Unit.objects.exclude(telephone="").values_list("telephone", flat=True)}


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())
