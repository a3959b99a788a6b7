"""Numbers of files and of lists, without a gap: 临信访档〔2026〕12. A compartment has a series of its own, so that the open one
shows no gap either.
"""

from xinfang.documents.numbers import take
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit

OPEN, SEALED = "档", "密档"
LISTED = "销"


def of_file(organ: Unit, year: int, *, is_sealed: bool) -> str:
    return _number(organ, year, SEALED if is_sealed else OPEN)


def of_list(organ: Unit, year: int, *, is_sealed: bool) -> str:
    return _number(organ, year, (SEALED if is_sealed else OPEN) + LISTED)


def _number(organ: Unit, year: int, word: str) -> str:
    if not organ.paper_code:
        raise Refused("%(unit)s还没有文号代字，请先由系统管理员登记。", unit=organ.name)
    return f"{organ.paper_code}{word}〔{year}〕{take(f'archive:{organ.code}:{year}:{word}')}"
