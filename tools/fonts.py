"""The fonts of xinfang/documents/faces, cut out of Noto Serif CJK: `python -m tools.fonts FOLDER UNIHAN`.

FOLDER holds NotoSerifCJK-Regular.ttc and -Bold.ttc (Debian: fonts-noto-cjk), UNIHAN is Unihan_OtherMappings.txt.bz2 (Debian:
unicode-data), which says what is in 通用规范汉字表. What stays: GB 2312, that table whole, and the signs of a paper.
"""

import bz2
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

FACES = Path(__file__).resolve().parent.parent / "xinfang" / "documents" / "faces"
SIGNS = "·—–’‘“”…×÷°±§¥€‰㎡〇①②③④⑤⑥⑦⑧⑨⑩□√✓○●■▲△※→〔〕\uff3f"
# Met in names, and in neither table.
NAMES = "龑"
_TABLE = re.compile(r"U\+([0-9A-F]+)\tkTGH\t2013:\d+")


def gb2312() -> Iterator[str]:
    """Its characters and signs, without kana and Cyrillic."""
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                sign = bytes([high, low]).decode("gb2312")
            except UnicodeDecodeError:
                continue
            if not ("\u3040" <= sign <= "\u30ff" or "\u0400" <= sign <= "\u04ff"):
                yield sign


def standard(unihan: Path) -> Iterator[str]:
    """通用规范汉字表: 8105 characters."""
    with bz2.open(unihan, "rt", encoding="utf-8") as lines:
        for line in lines:
            if found := _TABLE.match(line):
                yield chr(int(found[1], 16))


def cut(source: Path, wanted: set[str], to: Path) -> None:
    font = next(font for font in TTCollection(source).fonts if "SC" in font["name"].getDebugName(1))
    options = subset.Options()
    options.layout_features = ["halt", "palt", "kern", "ccmp", "chws"]
    options.name_IDs = ["*"]
    options.hinting = False
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "DSIG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(sign) for sign in wanted])
    cutter.subset(font)
    font.save(to)
    print(f"{to.name}: {len(wanted)} characters, {to.stat().st_size / 1e6:.1f} MB")


def main() -> int:
    if len(sys.argv) != 3:
        print(__doc__)
        return 2
    folder, unihan = map(Path, sys.argv[1:])
    wanted = {*map(chr, range(0x20, 0x7F)), *SIGNS, *NAMES, *gb2312(), *standard(unihan)}
    for weight in ("Regular", "Bold"):
        cut(folder / f"NotoSerifCJK-{weight}.ttc", wanted, FACES / f"NotoSerifCJKsc-{weight}.otf")
    return 0


if __name__ == "__main__":
    sys.exit(main())
