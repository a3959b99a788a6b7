"""Chinese numerals as laws write them: 三十四, 一百零二."""

from django.utils.translation import get_language

DIGITS = {
    "零": 0,
    "\u3007": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
    "两": 2,
}
UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = f"[{''.join((*DIGITS, *UNITS))}]"


def read(numeral: str) -> int:
    """三十四 is 34. Latin digits are read too."""
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    total, digit = 0, 0
    for sign in numeral:
        if sign in UNITS:
            total, digit = total + (digit or 1) * UNITS[sign], 0
        else:
            digit = DIGITS[sign]
    return total + digit


def write(number: int) -> str:
    """34 is 三十四."""
    written, is_gap = "", False
    for sign, unit in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, unit)
        if not digit:
            is_gap = bool(written)
            continue
        written += ("零" if is_gap else "") + "零一二三四五六七八九"[digit] + sign
        is_gap = False
    return written.removeprefix("一") if written.startswith("一十") else written


def said(number: int) -> str:
    """As the reader's language writes it."""
    return write(number) if (get_language() or "zh").startswith("zh") else str(number)
