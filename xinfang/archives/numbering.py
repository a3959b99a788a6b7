"""Numbers of files and of lists, without a gap: 临信访档〔2026〕12. Each compartment has a series of its own, so that
the gaps of none tell how much was bound in another.
"""

from xinfang.documents.numbers import take
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit
from xinfang.petitions.codes import Confidentiality

WORDS = {
    Confidentiality.NORMAL: "档",
    Confidentiality.CONFIDENTIAL: "密档",
    Confidentiality.ACCUSATION_COMPARTMENT: "控档",
}
LISTED = "销"


def of_file(organ: Unit, year: int, compartment: str) -> str:
    return _number(organ, year, WORDS[Confidentiality(compartment)])


def of_list(organ: Unit, year: int, compartment: str) -> str:
    return _number(organ, year, WORDS[Confidentiality(compartment)] + LISTED)


def _number(organ: Unit, year: int, word: str) -> str:
    if not organ.paper_code:
        raise Refused("%(unit)s还没有文号代字，请先由系统管理员登记。", unit=organ.name)
    return f"{organ.paper_code}{word}〔{year}〕{take(f'archive:{organ.code}:{year}:{word}')}"
