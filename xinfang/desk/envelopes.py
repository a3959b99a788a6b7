"""信封和标签: whom a paper is posted to. An address is shown on the ground of delivery, a line in the trace for each petition."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import said
from xinfang.desk.page import draw
from xinfang.desk.ticked import TickedPage
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Unit
from xinfang.organizations.policies import seat_of
from xinfang.petitions import actions, queries, sight
from xinfang.petitions.codes import PersonRole, RevealGround
from xinfang.petitions.models import Petition, Petitioner

FORMATS = {
    "dl": gettext_lazy("信封 DL（220×110 毫米）"),
    "c5": gettext_lazy("信封 C5（229×162 毫米）"),
    "labels": gettext_lazy("A4 标签纸（3 列 8 行，每张 70×37 毫米）"),
}
LABELS = 24
_PLACES = [str(place) for place in range(1, LABELS + 1)]
UNPROCESSABLE = 422


@dataclass(frozen=True)
class Addressed:
    """One envelope. A sealed petition's bears neither its number nor who sends it."""

    name: str
    address: str
    number: str
    sender: Unit | None


class Envelopes(TickedPage):
    """First who would be shown; sent from there with a format, the envelopes."""

    def prepare(self) -> None:
        if not sight.may_reveal(self.officer):
            raise PermissionDenied(_("您的岗位不能查看信访人的住址。"))

    def answer(self) -> HttpResponseBase:
        self.petitions = self.ticked.petitions(self.officer)
        people = self._people()
        wanted = self.request.POST.get("format", "")
        return self._drawn(people, wanted) if wanted in FORMATS and people else self._asked(people)

    def _people(self) -> list[Petitioner]:
        """Of each petition the one it is written to: who leads it, or the first with an address."""
        by_id = {petition.pk: petition for petition in self.petitions}
        found: dict[int, Petitioner] = {}
        people = Petitioner.objects.filter(petition__in=list(by_id)).order_by("id")
        for person in sorted(people, key=lambda one: one.role != PersonRole.LEAD):
            person.petition = by_id[person.petition_id]
            if person.masked.address:
                found.setdefault(person.petition_id, person)
        return [found[petition.pk] for petition in self.petitions if petition.pk in found]

    def _asked(self, people: Sequence[Petitioner]) -> HttpResponseBase:
        known = {person.petition_id for person in people}
        context = {
            "people": people,
            "unknown": [petition for petition in self.petitions if petition.pk not in known],
            **self._chosen(next(iter(FORMATS))),
        }
        return draw(self.request, "desk/envelopes_ask.html", context)

    def _chosen(self, wanted: str) -> dict[str, Any]:
        """The formats, and what was ticked as it was ticked: a list's own order stays the order of what is printed."""
        asked = {"formats": FORMATS.items(), "format": wanted, "labels": LABELS, "first": self._first_free()}
        return {**asked, "of": self.ticked.machine, "rows": self.ticked.ids, "here": "worklist"}

    def _drawn(self, people: Sequence[Petitioner], wanted: str) -> HttpResponseBase:
        self.refused: list[tuple[str, str]] = []
        sender = Unit.objects.get(pk=seat_of(self.officer, queries.REVEALERS).unit_id)
        addressed = [one for person in people if (one := self._addressed(person, sender))]
        sheets = _sheets(addressed, self._first_free()) if wanted == "labels" else []
        context = {"addressed": addressed, "sheets": sheets, "refused": self.refused, **self._chosen(wanted)}
        return draw(self.request, "desk/envelopes.html", context)

    def _addressed(self, person: Petitioner, sender: Unit) -> Addressed | None:
        """Each is its own act; a refused one is told and the others are printed."""
        petition: Petition = person.petition
        try:
            identity = actions.reveal(person, ground=RevealGround.DELIVERY, by=self.officer, at=timezone.now())
        except Refused as refused:
            self.refused.append((str(petition.number), said(refused)))
            return None
        if petition.is_sealed:
            return Addressed(identity.name, identity.address, "", None)
        return Addressed(identity.name, identity.address, str(petition.number), sender)

    def _first_free(self) -> int:
        """A sheet that was begun is used up: the place of its first free label."""
        typed = self.request.POST.get("first", "")
        return int(typed) if typed in _PLACES else 1


def _sheets(addressed: list[Addressed], first: int) -> list[list[Addressed | None]]:
    """Sheets of labels, the used ones left empty."""
    labels: list[Addressed | None] = [*([None] * (first - 1)), *addressed]
    return [labels[n : n + LABELS] for n in range(0, len(labels), LABELS)]
