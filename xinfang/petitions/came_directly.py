"""条例 二十二 or 二十三: whether an organ had a matter from the bureau or straight from its petitioner. The days are the same,
the article is not, and a page or a paper cites the one that holds.
"""

from collections.abc import Iterable, Sequence

from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.organizations.models import UnitKind
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Assignment, Petition
from xinfang.trace.hands import Hand

BY_THE_BUREAU = "《信访工作条例》第二十二条"
BY_AN_ORGAN = "《信访工作条例》第二十三条第一款"
TOLD_OF_WHAT_CAME = "《信访工作条例》第二十三条第二款"
TOLD_OF_WHAT_WAS_GIVEN = "《信访工作条例》第二十三条第三款"


def to_its_organ(petition: Petition) -> bool:
    """Registered by a department or a street: what is not the bureau received it from the petitioner himself."""
    return petition.organ.kind != UnitKind.BUREAU


def to_its_unit(assignment: Assignment) -> bool:
    """自办: nobody passed it on."""
    return assignment.kind == AssignmentKind.SELF


def marked(promised: Iterable[Promise], petition: Petition, given: Sequence[Assignment]) -> list[Promise]:
    """The same promises, each knowing whether it is about what came directly."""
    own = {one.pk for one in given if to_its_unit(one)}
    found = list(promised)
    for one in found:
        is_first = one.clock == Clock.D2 and to_its_organ(petition)
        one.is_direct = is_first or (one.clock == Clock.D4 and one.subject_id in own)
    return found


def basis_of_giving(petition: Petition, by: Hand) -> str:
    """转送、交办, by whom: the bureau routes what other organs registered too."""
    is_its_own = to_its_organ(petition) and by.unit == petition.organ.code
    return BY_AN_ORGAN if is_its_own else BY_THE_BUREAU


def basis_of_telling(assignment: Assignment) -> str:
    """书面告知, of what came from whom."""
    return TOLD_OF_WHAT_CAME if to_its_unit(assignment) else TOLD_OF_WHAT_WAS_GIVEN
