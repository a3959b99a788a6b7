"""Whether the petition page leads to a withdrawal, and where."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from xinfang.organizations.models import Officer
from xinfang.petitions import desks, openings
from xinfang.petitions.models import Petition


@dataclass(frozen=True)
class Link:
    """A line under the moves."""

    asks: str
    label: str
    href: str


def link(officer: Officer, petition: Petition, opened: set[str]) -> Link | None:
    """To enter what the petitioner wrote; once it is entered, to what he says when he is called back."""
    if "petition.withdraw" in opened:
        href = reverse("desk:withdrawal-drop", args=[petition.number])
        return Link(_("信访人说不是自愿的？"), _("记为不是自愿"), href)
    if desks.may_enter_withdrawal(officer) and openings.may_be_withdrawn(petition):
        href = reverse("desk:withdrawal-ask", args=[petition.number])
        return Link(_("信访人书面申请撤回？"), _("录入撤回申请"), href)
    return None
