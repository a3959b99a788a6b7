"""What a person sees of another person's data when he gives no reason (domain appendix A)."""

import re

_ID_NO = 15  # the shortest number of an identity card; shorter ones are too short to show a part of
_PHONE = 11


def name(value: str) -> str:
    """王桂兰 becomes 王**, 王明 becomes 王*."""
    return value[:1] + "*" * min(max(len(value) - 1, 0), 2)


def id_no(value: str) -> str:
    """The first six and the last two characters."""
    return f"{value[:6]}{'*' * (len(value) - 8)}{value[-2:]}" if len(value) >= _ID_NO else "*" * len(value)


def phone(value: str) -> str:
    return f"{value[:3]}****{value[-4:]}" if len(value) >= _PHONE else "*" * len(value)


def email(value: str) -> str:
    head, _, host = value.partition("@")
    return f"{head[:1]}***@{host}" if host else "*" * len(value)


def address(value: str) -> str:
    """Down to the village: what follows 村, 社区 or 街道 is hidden, and any house number before it."""
    known = re.split(r"\d", value, maxsplit=1)[0]
    for mark in ("村", "社区", "街道", "镇", "乡"):
        head, found, _ = known.partition(mark)
        if found:
            return f"{head}{found}***"
    return "***" if value else ""
