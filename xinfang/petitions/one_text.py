"""一稿多户: one opinion text for many petitions (86 households of one demolition). What differs has a name, `{面积}`, and stands
in a table with a row for each.

Every answer that comes of it is an ordinary one: it is drafted, passes the reply gate and is signed for its own petition. The
basis is the same for all, so that what the head looked up for one he looked up for each.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xinfang.foundation.errors import Refused
from xinfang.foundation.text import listed
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import OpinionResult

PLACE = re.compile(r"[{\uff5b]([^{}\uff5b\uff5d]*)[}\uff5d]")  # braces, plain or as wide as a character
_BRACE = re.compile(r"[{}\uff5b\uff5d]")
_DAY = re.compile(
    r"(\d{4})\s*[-/.\u5e74]\s*(\d{1,2})\s*[-/.\u6708]\s*(\d{1,2})\s*\u65e5?"
)  # 2026-12-31, 2026年12月31日
MOST_PLACES, LONGEST_NAME, LONGEST_VALUE = 6, 12, 200
LONGEST_FINDING, LONGEST_WHAT = 5000, 500
NUMBER, WHO, TITLE = gettext_noop("编号"), gettext_noop("信访人"), gettext_noop("标题")
TAKEN = frozenset({NUMBER, WHO, TITLE})
"""The columns that say whose row it is."""


@dataclass(frozen=True)
class Part:
    """What is said to one demand. `result` is a code or a place, `by_day` a day, a place or nothing."""

    finding: str
    basis: str
    result: str
    what: str = ""
    by_day: str = ""

    def texts(self) -> tuple[str, ...]:
        return self.finding, self.result, self.what, self.by_day


@dataclass(frozen=True)
class OneText:
    """The text, demand by demand."""

    parts: Mapping[int, Part]

    def places(self) -> list[str]:
        """The names of what differs, in the order in which they are met."""
        found = (name.strip() for part in self.parts.values() for text in part.texts() for name in PLACE.findall(text))
        return list(dict.fromkeys(found))

    def packed(self) -> str:
        return json.dumps({n: asdict(part) for n, part in self.parts.items()}, ensure_ascii=False)

    @classmethod
    def read(cls, packed: str) -> "OneText":
        """Of a petition that was destroyed nothing is left to read."""
        try:
            return cls({int(n): Part(**said) for n, said in json.loads(packed).items()})
        except (ValueError, AttributeError, TypeError):
            return cls({})


def refuse(text: OneText) -> None:
    """What is wrong with the text itself, beside its field."""
    for n, part in text.parts.items():
        for name in ("finding", "basis", "what", "by_day"):
            _refuse_braces(getattr(part, name), f"{name}_{n}")
        if PLACE.search(part.basis):
            raise Refused("依据是各户共同的，不能写字段。依据不同的，请另起一稿。", field=f"basis_{n}")
        if part.by_day and not _day(part.by_day) and not PLACE.fullmatch(part.by_day.strip()):
            raise Refused("请写日期（如 2026-12-31），或者只写一个字段。", field=f"by_day_{n}")
    if len(places := text.places()) > MOST_PLACES:
        raise Refused(
            "字段最多 %(most)s 个，现在有 %(count)s 个：%(names)s。",
            most=MOST_PLACES,
            count=len(places),
            names=listed(places),
        )


def _refuse_braces(said: str, field: str) -> None:
    if _BRACE.search(PLACE.sub("", said)):
        raise Refused("花括号没有成对。字段要写在一对花括号里。", field=field)
    for name in PLACE.findall(said):
        if not name.strip() or len(name.strip()) > LONGEST_NAME:
            raise Refused("字段的名称写 1 至 %(most)s 个字。", field=field, most=LONGEST_NAME)
        if name.strip() in TAKEN:
            raise Refused("“%(name)s”是表里已有的列，请换一个名称。", field=field, name=name.strip())


def wrong_cells(text: OneText, values: Mapping[str, str], *, today: date) -> dict[str, str]:
    """By place, what is wrong with what stands for it in one row."""
    needed = _needed(text, values)
    found = {place: _wrong(values.get(place, ""), is_needed=place in needed) for place in text.places()}
    for part in text.parts.values():
        for place in _alone(part.result):
            found[place] = found[place] or ("" if _result(values.get(place, "")) else _not_a_result())
        for place in needed.intersection(_alone(part.by_day)):
            found[place] = found[place] or _wrong_day(values.get(place, ""), today)
    found |= _too_long(text, values, found)
    return {place: why for place, why in found.items() if why}


def _needed(text: OneText, values: Mapping[str, str]) -> set[str]:
    """What is promised, and until when, is asked only where the result is support."""
    said: list[str] = []
    for part in text.parts.values():
        said += [part.finding, part.result]
        if _result_of(part, values) == OpinionResult.SUPPORTED:
            said += [part.what, part.by_day]
    return {name.strip() for one in said for name in PLACE.findall(one)}


def _wrong(value: str, *, is_needed: bool) -> str:
    if not value.strip():
        return _("没有填。") if is_needed else ""
    if len(value) > LONGEST_VALUE:
        return _("不能超过 %(most)s 个字，现在有 %(count)s 个字。") % {"most": LONGEST_VALUE, "count": len(value)}
    if _BRACE.search(value):
        return _("里面不能有花括号。")
    if not value.isprintable():
        return _("里面有换行或者看不见的字符，请删去。")
    return ""


def _not_a_result() -> str:
    return _("请写%(results)s。") % {"results": listed(OpinionResult.labels)}


def _wrong_day(value: str, today: date) -> str:
    day = _day(value)
    if day is None:
        return _("这不是日期，请写成 2026-12-31 的样子。")
    return _("落实日期不能早于今天；已经落实的，填今天。") if day < today else ""


def _too_long(text: OneText, values: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """A text that fits as it is written may not fit once it is filled in."""
    if any(found.values()):
        return {}
    for part in text.parts.values():
        for said, most in ((part.finding, LONGEST_FINDING), (part.what, LONGEST_WHAT)):
            if len(filled(said, values)) > most and (names := PLACE.findall(said)):
                sentence = _("填进去以后，这一段超过 %(most)s 个字。") % {"most": most}
                return {names[0].strip(): sentence}
    return {}


def answers(text: OneText, values: Mapping[str, str], demands: Iterable[int]) -> dict[int, AnswerText]:
    """What the opinion of one petition says, to those of the demands that it has."""
    numbers = set(demands)
    return {n: _answer(part, values) for n, part in text.parts.items() if n in numbers}


def _answer(part: Part, values: Mapping[str, str]) -> AnswerText:
    result = _result_of(part, values)
    if result is None:
        raise Refused(_not_a_result())
    finding, what = filled(part.finding, values), filled(part.what, values)
    return AnswerText(finding, part.basis, result, what=what, by_day=_day(filled(part.by_day, values)))


def filled(said: str, values: Mapping[str, str]) -> str:
    """In one go: what stands for a place is never looked at for places."""
    return PLACE.sub(lambda place: values.get(place[1].strip(), "").strip(), said)


def _alone(said: str) -> list[str]:
    """The place that stands for all of it."""
    whole = PLACE.fullmatch(said.strip())
    return [whole[1].strip()] if whole else []


def _result_of(part: Part, values: Mapping[str, str]) -> OpinionResult | None:
    said = filled(part.result, values)
    return OpinionResult(said) if said in OpinionResult.values else _result(said)


def _result(label: str) -> OpinionResult | None:
    """By its label, in the language of the page or in that of the county, in which the table may have been filled in."""
    with translation.override(settings.LANGUAGE_CODE):
        ours = {str(one.label): one for one in OpinionResult}
    return ({str(one.label): one for one in OpinionResult} | ours).get(label.strip())


def _day(said: str) -> date | None:
    found = _DAY.fullmatch(said.strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
