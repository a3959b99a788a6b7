"""What people write when they cite, read without a database.

条例 三十四; 条例 二十二、三十一; 《信访工作条例》第二十二条第一款第（三）项; 民法典 二百零三.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from xinfang.legislation.numerals import NUMERAL, read, write

_N = rf"({NUMERAL}+|\d{{1,4}})"
_FULL = rf"第\s*{_N}\s*条(?:之{_N})?(?:第?{_N}款)?(?:第?\s*[（(]?{_N}[）)]?\s*项)?"
_SHORT = rf"{_N}(?=$|[\s、，。；）)])"
_LAW = re.compile(
    rf"《([^《》]{{2,60}})》|([\u4e00-\u9fff]{{0,30}}(?:法典|法|条例|办法|规定|制度))(?=\s*第\s*{_N}\s*条|\s+{_SHORT})"
)
_FIRST = re.compile(rf"\s*{_FULL}|\s+{_SHORT}")
_NEXT = re.compile(rf"\s*(?:、|，|和|及|以及)\s*(?:{_FULL}|{_SHORT})")
_BETWEEN = "、，和及以 \t\u3000"
_LEADS = re.compile(r".*(?:根据|依据|依照|按照|参照|违反|适用|引用|符合)")
_LONGEST_NAME = 30


@dataclass(frozen=True)
class Reference:
    """A law's name as written, and the article; 0 where nothing was said. `start` to `end` is its place in the text."""

    name: str
    number: int = 0
    branch: int = 0
    clause: int = 0
    item: int = 0
    start: int = 0
    end: int = 0


def references(text: str) -> list[Reference]:
    """Every citation in a text; a short text with none is the name of a law itself."""
    found = cited_in(text)
    name = text.strip()
    if not found and 0 < len(name) <= _LONGEST_NAME:
        return [Reference(name, start=0, end=len(text))]
    return found


def cited_in(text: str) -> list[Reference]:
    """Those that name an article, or a law in 《》."""
    return list(_found(text))


def spelled(one: Reference) -> str:
    """A reference written out by itself."""
    if not one.number:
        return f"《{one.name}》"
    branch = f"之{write(one.branch)}" if one.branch else ""
    return f"《{one.name}》第{write(one.number)}条{branch}"


def _found(text: str) -> Iterator[Reference]:
    for law in _LAW.finditer(text):
        name, at = law[1] or _LEADS.sub("", law[2]), law.end()
        start = law.start() if law[1] else at - len(name)
        match = _FIRST.match(text, at)
        if match is None:
            yield Reference(name, start=start, end=law.end())
            continue
        yield _reference(name, match, start)
        while following := _NEXT.match(text, match.end()):
            match = following
            yield _reference(name, match, match.end() - len(match[0].lstrip(_BETWEEN)))


def _reference(name: str, match: re.Match[str], start: int) -> Reference:
    number, branch, clause, item, short = (read(one) if one else 0 for one in match.groups())
    return Reference(name, number or short, branch, clause, item, start, match.end())
