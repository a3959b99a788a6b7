"""Terms as a file: terms.toml of this room, and the policies of a county in its own terms.toml.

A wrong entry is refused with its line, what stands there, and the reason.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.deadlines.clocks import Clock, Direct, Excluded, Exclusion, Extension, Mark, Term
from xinfang.deadlines.errors import TermRefused
from xinfang.foundation.text import listed

FILE = Path(__file__).parent / "terms.toml"
LONGEST = 366
_NEEDED = frozenset({"clock", "since", "length", "days", "article", "mark", "starts", "stops"})
_MORE = frozenset(
    {"until", "roll", "right", "stated", "backward", "excludes", "extension", "minutes", "note", "direct"}
)
_LOCAL = frozenset({"clock", "since", "length", "article"})
_LOCAL_MORE = frozenset({"until", "days", "minutes", "note"})
MOST_MINUTES = 24 * 60
_HEAD = re.compile(r"^[ \t]*\[\[\s*term\s*\]\]", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One `[[term]]` as it was written, with the line it begins on."""

    line: int
    fields: Mapping[str, Any]

    def refused(self, reason: str) -> TermRefused:
        return TermRefused(reason, line=self.line, clock=str(self.fields.get("clock", "")))


def packaged() -> tuple[Term, ...]:
    """The terms that come with the system."""
    return tuple(read(FILE.read_text(encoding="utf-8")))


def read(text: str) -> list[Term]:
    """The terms of a whole file; every clock must have one."""
    read = [(entry, _term(entry)) for entry in entries(text)]
    refuse_overlaps(read)
    if missing := [clock for clock in Clock if clock not in {term.clock for _entry, term in read}]:
        raise TermRefused(_("没有写期限%(clock)s。") % {"clock": missing[0].value})
    return [term for _entry, term in read]


def local(text: str, base: Iterable[Term]) -> list[Term]:
    """A county's own lengths, over the policies in `base`."""
    of_clock = _by_clock(base)
    read = [(entry, _own(entry, of_clock)) for entry in entries(text)]
    refuse_overlaps(read)
    return [term for _entry, term in read]


def entries(text: str) -> Iterator[Entry]:
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise TermRefused(_("不是有效的TOML。"), line=int(found[1]) if found else 0) from error
    written = content.get("term")
    if set(content) != {"term"} or not isinstance(written, list) or not all(isinstance(one, dict) for one in written):
        raise TermRefused(_("应当只有[[term]]各项。"))
    lines = [text.count("\n", 0, head.start()) + 1 for head in _HEAD.finditer(text)]
    yield from (Entry(line, fields) for line, fields in zip(lines, written, strict=True))


def refuse_overlaps(read: Iterable[tuple[Entry, Term]]) -> None:
    """Two versions of one clock never hold on the same day."""
    before: dict[Clock, Term] = {}
    for entry, term in sorted(read, key=lambda each: (each[1].clock, each[1].since)):
        earlier = before.get(term.clock)
        if earlier and earlier.is_in_force(term.since):
            raise entry.refused(_("与%(since)s起施行的版本重叠。") % {"since": earlier.since.isoformat()})
        before[term.clock] = term


def _term(entry: Entry) -> Term:
    _refuse_names(entry, _NEEDED, _MORE)
    fields = entry.fields
    stated = _one_of(entry, "stated", ("may", "must"), default="")
    return Term(
        clock=_clock(entry),
        length=_length(entry),
        working=_is_working(entry),
        article=_text(entry, "article"),
        roll=_flag(entry, "roll"),
        is_right=_flag(entry, "right"),
        starts=_sentence(entry, "starts"),
        stops=_sentence(entry, "stops"),
        since=_day(entry, "since"),
        until=_until(entry),
        may_be_stated=bool(stated),
        must_be_stated=stated == "must",
        minutes=_minutes(entry),
        backward=_flag(entry, "backward"),
        mark=Mark(_one_of(entry, "mark", Mark.values)),
        extension=_extension(entry) if "extension" in fields else None,
        exclusion=_exclusion(entry) if "excludes" in fields else None,
        note=_sentence(entry, "note") if "note" in fields else "",
        direct=_direct(entry) if "direct" in fields else None,
    )


def _own(entry: Entry, base: Mapping[Clock, tuple[Term, ...]]) -> Term:
    _refuse_names(entry, _LOCAL, _LOCAL_MORE)
    since = _day(entry, "since")
    versions = base[_clock(entry)]
    over = next((version for version in versions if version.is_in_force(since)), versions[-1])
    if over.mark != Mark.POLICY:
        raise entry.refused(
            _("“%(name)s”由%(article)s规定，本级不能另行规定。") % {"name": over.name, "article": over.article}
        )
    return replace(
        over,
        since=since,
        until=_until(entry),
        length=_length(entry),
        working=_is_working(entry) if "days" in entry.fields else over.working,
        minutes=_minutes(entry) if "minutes" in entry.fields else over.minutes,
        article=_text(entry, "article"),
        note=_text(entry, "note") if "note" in entry.fields else "",
    )


def _by_clock(terms: Iterable[Term]) -> dict[Clock, tuple[Term, ...]]:
    listed = list(terms)
    return {clock: tuple(term for term in listed if term.clock == clock) for clock in Clock}


def _refuse_names(entry: Entry, needed: frozenset[str], more: frozenset[str]) -> None:
    if missing := sorted(needed - set(entry.fields)):
        raise entry.refused(_("缺少%(name)s。") % {"name": missing[0]})
    if unknown := sorted(set(entry.fields) - needed - more):
        raise entry.refused(_("不认识%(name)s。") % {"name": unknown[0]})


def _clock(entry: Entry) -> Clock:
    return Clock(_one_of(entry, "clock", Clock.values))


def _length(entry: Entry) -> int:
    length = entry.fields["length"]
    if type(length) is not int or not 0 <= length <= LONGEST:
        raise entry.refused(_("length应当是0到%(most)s的整数。") % {"most": LONGEST})
    return length


def _minutes(entry: Entry) -> int:
    minutes = entry.fields.get("minutes", 0)
    if type(minutes) is not int or not 0 <= minutes <= MOST_MINUTES:
        raise entry.refused(_("minutes应当是0到%(most)s的整数。") % {"most": MOST_MINUTES})
    return minutes


def _is_working(entry: Entry) -> bool:
    return _one_of(entry, "days", ("calendar", "working")) == "working"


def _until(entry: Entry) -> date | None:
    if "until" not in entry.fields:
        return None
    until = _day(entry, "until")
    if until < _day(entry, "since"):
        raise entry.refused(_("until不能早于since。"))
    return until


def _day(entry: Entry, name: str) -> date:
    value = entry.fields[name]
    if not isinstance(value, date) or isinstance(value, datetime):
        raise entry.refused(_("%(name)s应当是日期，如2022-05-01。") % {"name": name})
    return value


def _text(entry: Entry, name: str, within: Mapping[str, Any] | None = None) -> str:
    value = (entry.fields if within is None else within).get(name)
    if not isinstance(value, str) or not value.strip():
        raise entry.refused(_("%(name)s应当写明文字。") % {"name": name})
    return value


def _sentence(entry: Entry, name: str) -> Any:
    """Said in the reader's language; tools/marked.py brings it to the catalogue."""
    text = _text(entry, name)
    if not text.endswith("。"):
        raise entry.refused(_("%(name)s应当是一句话，以句号结尾。") % {"name": name})
    return gettext_lazy(text)


def _flag(entry: Entry, name: str) -> bool:
    value = entry.fields.get(name, False)
    if not isinstance(value, bool):
        raise entry.refused(_("%(name)s应当是true或false。") % {"name": name})
    return value


def _one_of(entry: Entry, name: str, choices: Iterable[str], *, default: str | None = None) -> str:
    value = entry.fields.get(name, default)
    if value != default and value not in choices:
        raise entry.refused(_("%(name)s应当是%(choices)s之一。") % {"name": name, "choices": listed(choices)})
    return str(value)


def _extension(entry: Entry) -> Extension:
    written = entry.fields["extension"]
    if not isinstance(written, dict) or set(written) - {"most", "by", "article"}:
        raise entry.refused(_("extension应当写明most、by和article。"))
    most = written.get("most")
    if most is not None and (type(most) is not int or not 1 <= most <= LONGEST):
        raise entry.refused(_("most应当是1到%(most)s的整数。") % {"most": LONGEST})
    return Extension(most, gettext_lazy(_text(entry, "by", written)), _text(entry, "article", written))


def _direct(entry: Entry) -> Direct:
    written = entry.fields["direct"]
    if not isinstance(written, dict) or set(written) != {"article", "starts"}:
        raise entry.refused(_("direct应当写明article和starts。"))
    return Direct(_text(entry, "article", written), gettext_lazy(_text(entry, "starts", written)))


def _exclusion(entry: Entry) -> Exclusion:
    written = entry.fields["excludes"]
    grounds = written.get("grounds") if isinstance(written, dict) else None
    if not isinstance(grounds, list) or not grounds or not set(grounds) <= set(Excluded.values):
        raise entry.refused(_("excludes应当写明grounds和article。"))
    return Exclusion(frozenset(grounds), _text(entry, "article", written))
