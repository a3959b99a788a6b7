"""What a worklist is narrowed by. It stands in the address, so that links keep it and a name can be given to it."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.lights import due_soon, overdue
from xinfang.desk.rows import labels_of
from xinfang.organizations.models import Division, DivisionKind, Officer
from xinfang.organizations.queries import within
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Assignment, Petition

DUE = {"overdue": gettext_lazy("已超期"), "soon": gettext_lazy("快到期（黄灯、红灯）")}
_ENDED = frozenset({"archived", "voided"})
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
        return self._of_rows("", today) & (Q(registered_by=officer) if self.mine else Q())

    def of_assignments(self, officer: Officer, today: date) -> Q:
        return self._of_rows("petition__", today) & (Q(handler=officer) if self.mine else Q())

    def _of_rows(self, petition: str, today: date) -> Q:
        found = Q(status=self.state) if self.state else Q()
        if self.channel:
            found &= Q(**{f"{petition}channel": self.channel})
        if self.street:
            found &= Q(**{f"{petition}division__code__startswith": within(self.street)})
        if self.due:
            found &= overdue(today) if self.due == "overdue" else due_soon(today)
        return found


def _one_of(choices: dict[str, Any], value: str) -> str:
    return value if value in choices else ""


def states() -> dict[str, str]:
    """The states of petitions and of assignments in which something may wait, each once."""
    both = [*labels_of(Petition, "status"), *labels_of(Assignment, "status")]
    return {value: str(label) for value, label in both if value not in _ENDED}


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
