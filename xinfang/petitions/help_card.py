"""求助卡: words of self-harm in a text show the clerk what to do and whom to call. Nothing is decided and nothing is kept.

Neither the petition nor the person is marked: the words are looked for when the page is drawn, and forgotten with it.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from xinfang.foundation.errors import Refused
from xinfang.petitions.models import HelpLine

FILE = Path(__file__).parent / "care.toml"
MOST_LINES = 12
_LONGEST = {"name": 40, "telephone": 30, "hours": 40}


@cache
def _packaged() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def is_called_for(texts: Iterable[str]) -> bool:
    """Whether somebody may mean to harm himself. Better once too often than once too seldom."""
    said = "".join("".join(text.split()) for text in texts)
    return any(word in said for word in _packaged()["words"])


def lines() -> list[HelpLine]:
    """The county's own, or those that come with the system."""
    return list(HelpLine.objects.all()) or read(_packaged()["line"])


def read(entries: Any) -> list[HelpLine]:
    """`[[line]]` as a county writes it; a wrong one is refused with its number."""
    if not isinstance(entries, list) or not 0 < len(entries) <= MOST_LINES:
        raise Refused("求助电话应当写成 [[line]]，一到 %(most)s 项。", most=MOST_LINES)
    return [_line(n, entry) for n, entry in enumerate(entries, start=1)]


def _line(n: int, entry: Any) -> HelpLine:
    if not isinstance(entry, dict) or set(entry) - set(_LONGEST) or not {"name", "telephone"} <= set(entry):
        raise Refused("第 %(n)s 项求助电话要写 name 和 telephone，可以写 hours。", n=n)
    for name, longest in _LONGEST.items():
        text = entry.get(name, "")
        if not isinstance(text, str) or len(text) > longest or (name != "hours" and not text.strip()):
            raise Refused("第 %(n)s 项的 %(name)s 要写明文字，不超过 %(most)s 个字。", n=n, name=name, most=longest)
    return HelpLine(place=n, name=entry["name"], telephone=entry["telephone"], hours=entry.get("hours", ""))


def what_to_do() -> list[str]:
    """In this order, by a person."""
    return [
        _("不要让他一个人待着；在场的，两个人陪着，语气平和，听他说完。"),
        _("不在场的，马上打电话联系本人和家人、村（社区）；联系不上又有危险的，报警。"),
        _("报告带班负责人；需要的，报送紧急信息。"),
        _("事情照常登记、照常办理，不因为这些话拖延，也不因此给人贴标签。"),
    ]
