"""What a worklist is narrowed by. It stands in the address, so that links keep it and a name can be given to it."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.lights import due_soon, overdue
from xinfang.desk.rows import labels_of
from xinfang.organizations.models import Division, DivisionKind, Officer
from xinfang.organizations.queries import within
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Assignment, Petition, ReviewCase

DUE = {"overdue": gettext_lazy("已超期"), "soon": gettext_lazy("快到期（黄灯、红灯）")}
# Each machine with the states in which nothing waits any more.
_MACHINES: dict[type[Model], frozenset[str]] = {
    Petition: frozenset({"archived", "voided"}),
    Assignment: frozenset({"done", "returned", "cancelled"}),
    ReviewCase: frozenset({"refused", "withdrawn", "closed"}),
}
_STREET = re.compile(r"[0-9]{12}")


@dataclass(frozen=True)
class Filter:
    """One choice of each kind; what no list offers is taken for nothing."""

    state: str = ""
    channel: str = ""
    street: str = ""
    due: str = ""
    mine: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Filter":
        street = query.get("street", "")
        return cls(
            state=_one_of(states(), query.get("state", "")),
            channel=_one_of(dict(Channel.choices), query.get("channel", "")),
            street=street if _STREET.fullmatch(street) else "",
            due=_one_of(DUE, query.get("due", "")),
            mine="1" if query.get("mine") else "",
        )

    @property
    def query(self) -> str:
        """As it stands in an address."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    def of_petitions(self, officer: Officer, today: date) -> Q:
        """A state that is its unit's, as 已提异议 and 待审核 are, is found by the unit's work."""
        found = self._of_rows("", today) & (Q(registered_by=officer) if self.mine else Q())
        if self.state:
            work = Assignment.objects.filter(petition=OuterRef("pk"), status__in=self._codes(Assignment))
            found &= Q(status__in=self._codes(Petition)) | Q(Exists(work))
        return found

    def of_assignments(self, officer: Officer, today: date) -> Q:
        found = self._of_rows("petition__", today) & (Q(handler=officer) if self.mine else Q())
        if self.state:
            found &= Q(status__in=self._codes(Assignment)) | Q(petition__status__in=self._codes(Petition))
        return found

    def of_reviews(self, officer: Officer, today: date) -> Q:
        found = self._of_rows("petition__", today, "review.") & (Q(handler=officer) if self.mine else Q())
        return found & Q(status__in=self._codes(ReviewCase)) if self.state else found

    def _codes(self, model: type[Model]) -> list[str]:
        """What this machine calls by the word that was chosen: two may say the same, each with a code of its own."""
        return [value for value, word in _words_of(model) if word == _words()[self.state]]

    def _of_rows(self, petition: str, today: date, machine: str = "") -> Q:
        found = Q()
        if self.channel:
            found &= Q(**{f"{petition}channel": self.channel})
        if self.street:
            found &= Q(**{f"{petition}division__code__startswith": within(self.street)})
        if self.due:
            found &= overdue(today, machine) if self.due == "overdue" else due_soon(today, machine)
        return found


def _one_of(choices: dict[str, Any], value: str) -> str:
    return value if value in choices else ""


def states() -> dict[str, str]:
    """The states in which something may wait, each word once, under the code that bears it first."""
    labels = {value: label for model in reversed(_MACHINES) for value, label in labels_of(model, "status")}
    return {value: str(labels[value]) for value in _words()}


@cache
def _words() -> dict[str, str]:
    """By code the word in Chinese, whatever the reader's language is."""
    first: dict[str, str] = {}
    for value, word in (pair for model in _MACHINES for pair in _words_of(model)):
        first.setdefault(word, value)
    return {value: word for word, value in first.items()}


@cache
def _words_of(model: type[Model]) -> list[tuple[str, str]]:
    with translation.override(settings.LANGUAGE_CODE):
        return [(value, str(label)) for value, label in labels_of(model, "status") if value not in _MACHINES[model]]


@dataclass(frozen=True)
class Choice:
    """A list of the filter form: its name, its label, what may be chosen, what is."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def choices(chosen: Filter) -> list[Choice]:
    """The lists of the form."""
    streets = Division.objects.filter(kind=DivisionKind.STREET).order_by("code").values_list("code", "name")
    return [
        Choice("state", _("状态"), list(states().items()), chosen.state),
        Choice("channel", _("信访形式"), [(value, str(label)) for value, label in Channel.choices], chosen.channel),
        Choice("street", _("街道"), list(streets), chosen.street),
        Choice("due", _("期限"), [(value, str(label)) for value, label in DUE.items()], chosen.due),
    ]
