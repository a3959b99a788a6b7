"""居民身份证号码 (GB 11643): whether the last of the eighteen characters follows from the seventeen before it."""

import re
import unicodedata

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_LENGTH, _OLD_LENGTH = 18, 15


def plain(text: str) -> str:
    """As it is compared: full-width digits, spaces and a small x are slips of the keyboard."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def looks_like_one(number: str) -> bool:
    """Digits with an X at most at the end. A passport or a permit begins with a letter and is not ours to check."""
    return re.fullmatch(r"\d+X?", number) is not None


def has_length(number: str) -> bool:
    """Eighteen, or the fifteen of the cards before 1999, which have no check."""
    return len(number) in (_LENGTH, _OLD_LENGTH)


def is_sound(number: str) -> bool:
    """Its check is right, or it has none."""
    if len(number) != _LENGTH or not looks_like_one(number):
        return True
    total = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False))
    return _CHECKS[total % len(_CHECKS)] == number[-1]
