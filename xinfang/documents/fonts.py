"""The fonts there are: ours, and those a county is licensed for (in `fonts` of its home); and what characters they have."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import typst
from django.conf import settings

OURS = Path(__file__).with_name("faces")
FAMILY = "Noto Serif CJK SC"
# What official papers are set in, where the county has it (GB/T 9704): 仿宋 for the text, 小标宋 for the title.
_BODY = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "FZFangSong-Z02S", "方正仿宋_GBK", "方正仿宋简体")
_TITLE = ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK", "方正小标宋_GB2312")
_SUFFIXES = {".otf", ".ttf", ".ttc", ".otc"}


@dataclass(frozen=True)
class Faces:
    """Families in the order they are tried, and every character that some of them has."""

    fonts: typst.Fonts
    body: tuple[str, ...]
    title: tuple[str, ...]
    characters: frozenset[int]

    def lacks(self, text: str) -> list[str]:
        """The characters that no font has, once each, in their order."""
        return list(dict.fromkeys(one for one in text if ord(one) not in self.characters and one.isprintable()))


def faces() -> Faces:
    """Read once; again when the county's folder has changed."""
    return _faces(_dropped())


def _dropped() -> tuple[tuple[str, int], ...]:
    folder = Path(settings.FONTS)
    if not folder.is_dir():
        return ()
    found = sorted(file for file in folder.rglob("*") if file.suffix.lower() in _SUFFIXES)
    return tuple((str(file), file.stat().st_mtime_ns) for file in found)


@cache
def _faces(dropped: tuple[tuple[str, int], ...]) -> Faces:
    files = [Path(name) for name, _changed in dropped]
    readable = {file: found for file in files if (found := covered(file))}
    folders = [OURS, *sorted({file.parent for file in readable})]
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)
    theirs = [family for family in fonts.families() if family != FAMILY]
    have = frozenset[int]().union(*map(covered, OURS.glob("*.otf")), *readable.values())
    return Faces(fonts, _ordered(_BODY, theirs), _ordered(_TITLE, theirs), have)


def _ordered(wanted: tuple[str, ...], theirs: list[str]) -> tuple[str, ...]:
    """The licensed one first, then ours, then whatever else may have a rare character."""
    first = [family for family in wanted if family in theirs]
    return (*first, FAMILY, *(family for family in theirs if family not in first))


@cache
def covered(file: Path) -> frozenset[int]:
    """The characters of a font file, from its cmap; none where the file is no font."""
    try:
        return frozenset(code for table in _cmaps(file.read_bytes()) for code in table)
    except (struct.error, ValueError, IndexError):
        return frozenset()


def _cmaps(data: bytes) -> Iterator[Iterator[int]]:
    for start in _fonts_in(data):
        count = _u16(data, start + 4)
        for n in range(count):
            tag, _sum, offset, _length = struct.unpack_from(">4sLLL", data, start + 12 + 16 * n)
            if tag == b"cmap":
                yield from _subtables(data, offset)


def _fonts_in(data: bytes) -> list[int]:
    """A collection holds several."""
    if data[:4] != b"ttcf":
        return [0] if data[:4] in (b"OTTO", b"\0\1\0\0", b"true") else []
    return list(struct.unpack_from(f">{struct.unpack_from('>L', data, 8)[0]}L", data, 12))


def _subtables(data: bytes, cmap: int) -> Iterator[Iterator[int]]:
    for n in range(_u16(data, cmap + 2)):
        platform, encoding, offset = struct.unpack_from(">HHL", data, cmap + 4 + 8 * n)
        if platform == 0 or (platform == 3 and encoding in (1, 10)):
            at, form = cmap + offset, _u16(data, cmap + offset)
            if form == 4:
                yield _segments(data, at)
            elif form == 12:
                yield _groups(data, at)


def _segments(data: bytes, at: int) -> Iterator[int]:
    """Format 4. A character whose glyph is 0 is not there."""
    double = _u16(data, at + 6)
    ends, starts = at + 14, at + 16 + double
    deltas, ranges = starts + double, starts + 2 * double
    for k in range(0, double, 2):
        end, start = _u16(data, ends + k), _u16(data, starts + k)
        delta, offset = _u16(data, deltas + k), _u16(data, ranges + k)
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code if not offset else _u16(data, ranges + k + offset + 2 * (code - start))
            if glyph and (glyph + delta) & 0xFFFF:
                yield code


def _groups(data: bytes, at: int) -> Iterator[int]:
    """Format 12."""
    for n in range(struct.unpack_from(">L", data, at + 12)[0]):
        first, last, glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * n)
        yield from range(first if glyph else first + 1, last + 1)


def _u16(data: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", data, at)[0])
