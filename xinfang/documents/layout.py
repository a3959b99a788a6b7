"""A frozen paper and its wording become what the typesetter lays out: plain data, no markup."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from xinfang.documents.elements import TEMPLATES
from xinfang.documents.kinds import PaperKind
from xinfang.documents.wording import APART, LETTER, PLACE, ROWS, Wording
from xinfang.foundation.text import Text

_DAY = re.compile(r" ?\b(\d{4})-(\d\d)-(\d\d)\b(?: \d\d:\d\d)? ?")
# Fields that the house words itself; what a person wrote is printed as he wrote it.
_DATED = frozenset(
    {"received", "due", "until", "objection_due", "notice_due", "feedback_due", "on", "held_on", "perform_by", "served"}
    | {"next", "again", "received_at", "opinion", "opinions", "dates", "learned", "phoned", "starts_at", "held_at"}
)
_HEADING = re.compile(r"[一二三四五六七八九十]+、[^。！？：]*")
_FULL_STOP = re.compile(r"([。！？；])[。，]")
_DIGITS = "〇一二三四五六七八九"
BLANK = "\uff3f"
# How wide the columns of a table are, by what the house calls them: as wide as their words, or a share of the rest.
_AS_ITS_WORDS = frozenset({"顺序号", "日期", "页号", "备注"})
_SHARES = {"文号": 2.1, "题名": 1.2}


def laid_out(
    kind: PaperKind, wording: Wording, data: Mapping[str, Any], labels: Mapping[str, Text], frame: Mapping[str, Any]
) -> dict[str, Any]:
    """`frame`: issuer, telephone, number, issued_at and what else stands on every paper."""
    values = {name: _said(name, data[name]) for name in labels if name in data}
    is_letter = wording.frame == LETTER
    framed = TEMPLATES[kind].framed if is_letter else frozenset()
    blocks = _blocks(wording, values, {name: label for name, label in labels.items() if name not in framed})
    blocks, last = _parted(blocks) if is_letter else (blocks, [])
    return {
        "frame": wording.frame,
        "title": _filled(wording.title, values),
        "issuer": frame["issuer"],
        "number": frame["number"] or "",
        "date": f"{wording.dated}{chinese(timezone.localdate(frame['issued_at']))}",
        "to": _line(values["to"]) if is_letter and "to" in values else "",
        "blocks": blocks,
        "last": last,
        "closing": _closing(wording, values),
        "signed": is_letter,
        "contact": _contact(
            wording, frame, values.get("telephone", "") if "telephone" in framed else "", is_letter=is_letter
        ),
        "copies": _copies(wording.copies, values, frame["issuer"]),
        "dense": wording.is_dense,
        "urgency": wording.urgency,
        "signatory": f"签发人：{BLANK * 4}" if wording.goes_up else "",
    }


def chinese(day: date) -> str:
    """2026年6月15日."""
    return f"{day.year}年{day.month}月{day.day}日"


def numeral(n: int) -> str:
    """一 … 九十九."""
    if n < 10:
        return _DIGITS[n]
    tens, ones = divmod(n, 10)
    if n > 99:
        return str(n)
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def texts_in(value: Any) -> Iterable[str]:
    """Every word of frozen data, however it is nested."""
    if isinstance(value, Mapping):
        for inner in value.values():
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
    elif value is not None:
        yield str(value)


def without(value: Any, lacking: Iterable[str]) -> Any:
    """A character that no font has leaves room to be written by hand, never a box."""
    table = str.maketrans(dict.fromkeys(lacking, BLANK))
    if isinstance(value, Mapping):
        return {name: without(inner, lacking) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [without(inner, lacking) for inner in value]
    return value.translate(table) if isinstance(value, str) else value


def _said(name: str, value: Any) -> Any:
    """With its days in Chinese where the house wrote them."""
    if isinstance(value, str):
        is_ours = name in _DATED or _DAY.fullmatch(value)
        return _DAY.sub(_in_chinese, value) if is_ours else value
    return value


def _in_chinese(found: re.Match[str]) -> str:
    year, month, day = map(int, found.groups())
    hour = re.search(r"\d\d:\d\d", found[0])
    return f"{year}年{month}月{day}日{hour[0] if hour else ''}"


def _line(value: Any) -> str:
    return "、".join(texts_in(value))


def _filled(text: str, values: Mapping[str, Any]) -> str:
    filled = PLACE.sub(lambda found: _line(values.get(found[1], "")), text)
    return _FULL_STOP.sub(r"\1", filled)


def _blocks(wording: Wording, values: Mapping[str, Any], labels: Mapping[str, Text]) -> list[dict[str, Any]]:
    named = set(wording.places())
    rest = {name: label for name, label in labels.items() if name not in named and name in values}
    return [block for line in _spoken(wording, values) for block in _paragraph(line, values, rest, wording)]


def _spoken(wording: Wording, values: Mapping[str, Any]) -> list[str]:
    """The lines of the body, without those that ask for what the paper does not hold, and the headings that stood over them."""
    said: list[str] = []
    is_bare = False
    for line in filter(None, map(str.strip, wording.body.split("\n"))):
        if not _has_its_words(line, values):
            is_bare = is_bare or bool(said and _HEADING.fullmatch(said[-1]))
            continue
        if is_bare and _HEADING.fullmatch(line):
            said.pop()
        is_bare = False
        said.append(line)
    return said[:-1] if is_bare else said


def _has_its_words(line: str, values: Mapping[str, Any]) -> bool:
    """A paper that was frozen before its kind held a field says nothing where that would stand."""
    places = [name for name in PLACE.findall(line) if name != ROWS]
    return not places or any(name in values for name in places)


_SHORT = 120


def _parted(blocks: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """A short last paragraph goes with the signature, and its heading with it: no page bears the seal and three words."""
    if len(blocks) < 2 or blocks[-1]["kind"] != "line" or len(blocks[-1]["text"]) > _SHORT:
        return blocks, []
    at = len(blocks) - (2 if blocks[-2]["kind"] == "head" else 1)
    return blocks[:at], blocks[at:]


def _paragraph(
    line: str, values: Mapping[str, Any], rest: Mapping[str, Text], wording: Wording
) -> Iterable[dict[str, Any]]:
    place = PLACE.fullmatch(line)
    if place and place[1] == ROWS:
        grids = {name: grid for name, label in rest.items() if (grid := _grid(name, label, values[name], wording))}
        plain = {name: label for name, label in rest.items() if name not in grids}
        own = _rows(plain, values, wording)
        tables = [own, _blanks(wording)] if grids else [own + _blanks(wording)]
        yield {"kind": "rows", "rows": tables[0]}
        yield from grids.values()
        yield from ({"kind": "rows", "rows": rows} for rows in tables[1:] if rows)
    elif place and isinstance(values.get(place[1]), list):
        yield from map(_item, enumerate(values[place[1]], start=1))
    elif line and _HEADING.fullmatch(line):
        yield {"kind": "head", "text": _filled(line, values)}
    elif line:
        yield from ({"kind": "line", "text": one} for one in _filled(line, values).split("\n") if one.strip())


def _item(numbered: tuple[int, Any]) -> dict[str, Any]:
    """One of a list: an answered demand with its parts, or a line."""
    n, value = numbered
    if not isinstance(value, Mapping):
        return {"kind": "line", "text": str(value)}
    head = f"{numeral(int(value.get('n', n)))}、关于“{value['demand']}”"
    parts = [("查明的事实", value["finding"]), ("依据", value["basis"]), ("处理意见", value["result"])]
    return {"kind": "demand", "head": head, "parts": [{"label": label, "text": _ended(text)} for label, text in parts]}


def _ended(text: str) -> str:
    """A sentence ends with its stop, whoever wrote it."""
    said = text.rstrip()
    return said if not said or said[-1] in "。！？；：…”）" else f"{said}。"


def _grid(name: str, house: Text, value: Any, wording: Wording) -> dict[str, Any] | None:
    """A label of several heads over lines of as many parts is a table of its own (卷内目录)."""
    columns, heads = str(house).split(APART), wording.label(name, house).split(APART)
    if len(heads) < 3 or not isinstance(value, list):
        return None
    rows = [[_said("", cell) for cell in str(line).split(APART)] for line in value]
    if not all(len(row) == len(heads) == len(columns) for row in rows):
        return None
    tracks = [0 if one in _AS_ITS_WORDS else _SHARES.get(one, 1) for one in columns]
    return {"kind": "grid", "heads": heads, "tracks": tracks, "cells": rows}


def _rows(labels: Mapping[str, Text], values: Mapping[str, Any], wording: Wording) -> list[dict[str, Any]]:
    named = ((name, wording.label(name, label)) for name, label in labels.items())
    return [{"label": label, "lines": _lines(values[name]), "room": 0} for name, label in named]


def _lines(value: Any) -> list[str]:
    return [one for text in texts_in(value) for one in text.split("\n") if one.strip()]


def _blanks(wording: Wording) -> list[dict[str, Any]]:
    return [{"label": label, "lines": [], "room": room} for label, room in wording.blanks]


def _closing(wording: Wording, values: Mapping[str, Any]) -> list[str]:
    said = (line for line in wording.closing.split("\n") if _has_its_words(line, values))
    return [line for text in said for line in _filled(text, values).split("\n") if line.strip()]


def _copies(text: str, values: Mapping[str, Any], issuer: str) -> str:
    """抄送: nobody sends a copy to himself, nor to whom the paper does not name."""
    said = []
    for sentence in filter(None, text.split("。")):
        named = [_line(values.get(name, "")) for name in PLACE.findall(sentence)]
        if all(name and name != issuer for name in named):
            said.append(f"{_filled(sentence, values)}。")
    return "".join(said)


def _contact(wording: Wording, frame: Mapping[str, Any], asked: str, *, is_letter: bool) -> str:
    """联系人 and telephone: the county's own, or who works on it; once, where the paper itself says whom to ask.

    What nobody entered is left for ink.
    """
    if not is_letter:
        return wording.contact
    person = wording.contact or frame.get("contact") or BLANK * 5
    if "telephone" in wording.places():
        asked = ""
    return f"联系人：{person}　联系电话：{asked or frame['telephone'] or BLANK * 8}"


def stamped(at: datetime) -> int:
    """The time a file says it was made: that of the paper, so that the same paper gives the same bytes."""
    return int(at.timestamp())
