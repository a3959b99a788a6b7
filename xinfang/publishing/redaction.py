"""遮盖: what no public text may hold. The people of the petition by what we know of them, anybody by the shape of a number."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinfang.organizations.models import Unit
from xinfang.petitions.models import Petition, Petitioner

SHORTEST, SHORTEST_ADDRESS = 2, 4
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
    (Sign.ID_NO, re.compile(r"(?<!\d)(?!19|20)\d{4}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?(?!\d)")),
    (Sign.EMAIL, re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (Sign.ADDRESS, re.compile(r"\d{1,4}(?:号楼|栋|幢|排)\s?\d{0,3}(?:单元)?\s?\d{1,4}(?:室|号|户)")),
    (Sign.ADDRESS, re.compile(r"(?:\d{1,4}(?:号楼|栋|幢|排)\s?)?\d{1,3}单元\s?\d{1,4}(?:室|号|户)?")),
    (Sign.ADDRESS, re.compile(r"[一二三四五六七八九十\d]{1,3}组\s?\d{1,4}号")),
    (
        Sign.ADDRESS,
        re.compile(r"[\u4e00-\u9fff]{1,2}(?:路|街|巷|胡同|大道)\s?[一二三四五六七八九十百\d]{1,5}号(?!线|文|令)"),
    ),
)
# The same without the spaces put between the signs. Figures side by side are no number, so only what is unmistakable.
_SPACED: tuple[tuple[Sign, re.Pattern[str]], ...] = (
    (Sign.NUMBER, re.compile(r"(?<![0-9A-Za-z])\d{10}[A-Z]{2}\d{6}(?![0-9A-Za-z])")),
    (
        Sign.ID_NO,
        re.compile(
            r"(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![0-9A-Za-z])"
        ),
    ),
    (Sign.PHONE, re.compile(r"(?<!\d)(?:\+?86)?1[3-9]\d{9}(?!\d)")),
    *((sign, shape) for sign, shape in _SHAPES if sign is Sign.ADDRESS),
)


def scan(text: str, petition: Petition | None = None) -> list[Finding]:
    """What must be covered, in the order it stands there, each once. Full-width letters and spaces hide nothing."""
    plain = unicodedata.normalize("NFKC", text)
    lines = "\n".join(_dense(line) for line in plain.splitlines())
    found = [*_shapes(plain, _SHAPES), *_shapes(lines, _SPACED), *(_people(plain, petition) if petition else ())]
    return list({(one.sign, _dense(one.text)): one for one in reversed(found)}.values())[::-1]


def _dense(text: str) -> str:
    """As it is compared: full-width or not, in small letters or not, without spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _shapes(plain: str, shapes: Iterable[tuple[Sign, re.Pattern[str]]]) -> Iterator[Finding]:
    public = _Public()
    for sign, shape in shapes:
        for match in shape.finditer(plain):
            if not public.knows(sign, match.group()):
                yield Finding(sign, match.group())


def _people(plain: str, petition: Petition) -> Iterator[Finding]:
    """Whatever the petition itself knows of its people; spaces between the signs do not help."""
    dense = _dense(plain).casefold()
    for person in Petitioner.objects.filter(petition=petition).select_related("petition"):
        identity = person.identity
        known = [(Sign.NAME, identity.name), (Sign.ID_NO, identity.id_no), (Sign.PHONE, identity.phone)]
        yield from _known(dense, [*known, (Sign.ADDRESS, identity.address)])
    yield from _known(dense, [(Sign.ADDRESS, petition.place)])


def _known(dense: str, values: Iterable[tuple[Sign, str]]) -> Iterator[Finding]:
    for sign, value in values:
        shortest = SHORTEST_ADDRESS if sign is Sign.ADDRESS else SHORTEST
        if len(_dense(value)) >= shortest and _dense(value).casefold() in dense:
            yield Finding(sign, value)


class _Public:
    """Telephones and addresses of the offices, which stand on the front page anyway: read when first asked for."""

    @cached_property
    def _units(self) -> list[tuple[str, str]]:
        return list(Unit.objects.values_list("telephone", "address"))

    def knows(self, sign: Sign, said: str) -> bool:
        if sign is Sign.PHONE:
            return any(phone and _digits(phone) == _digits(said) for phone, _address in self._units)
        return sign is Sign.ADDRESS and any(_dense(said) in _dense(address) for _phone, address in self._units)


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())
