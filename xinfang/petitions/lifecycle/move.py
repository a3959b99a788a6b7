"""One row of a table of moves."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.foundation.text import Text
from xinfang.organizations.models import Duty
from xinfang.petitions.codes import AssignmentRole


class Where(models.TextChoices):
    """Where the hand must sit."""

    ORGAN = "organ", _("登记机构")
    BUREAU = "bureau", _("信访局")
    UNIT = "unit", _("承办单位")
    COUNTY = "county", _("本级各机关")
    PETITIONER = "petitioner", _("信访人")
    DISCIPLINE = "discipline", _("纪检监察机关")
    SYSTEM = "system", _("系统")


@dataclass(frozen=True)
class Move:
    """One row. `start` is empty for a move that makes its row. `to` equal to the from-state leaves the state alone."""

    label: Text
    start: frozenset[str]
    to: str
    where: Where
    duties: frozenset[Duty]
    norm: Text
    article: str
    stops: tuple[Clock, ...] = ()
    starts: tuple[Clock, ...] = ()
    papers: tuple[PaperKind, ...] = ()
    also: frozenset[str] = frozenset()
    """Hands other than officers that may: petitioner, system."""
    roles: frozenset[str] = frozenset({AssignmentRole.LEAD})
    """Whether a lead or a co-handling unit may, for a move of an assignment."""
    procedures: frozenset[str] = frozenset()
    """The procedures it belongs to, for a move of an assignment; none named: all."""
    within: frozenset[Duty] = frozenset()
    """Who may at an organ that is not the bureau, between it and a unit of its own system (条例 二十三)."""
    working: frozenset[Duty] = frozenset()
    """Who may, besides the organ, in the unit that leads the work; of a sealed petition nobody (条例 二十五)."""
    is_awaited: bool = True
    """Whether a worklist waits for it; some moves are made only where there is cause."""
    is_plain: bool = False
    """Not waited for, and yet never folded away: a right with a last day, or what is decided instead of what is awaited."""
