"""What papers may say of a petitioner, and words that are kept in Chinese whoever acts."""

from typing import Any

from django.utils import timezone

from xinfang.foundation.prepared import Prepared
from xinfang.petitions.models import Assignment, Petition, Petitioner

TELEPHONE = "见公布的信访电话"
START_WAS_WRONG = "收到文书的日期原来记错"
WITHDRAWN = "信访人撤回。"
_PEOPLE = Prepared(lambda petition: Petitioner.objects.filter(petition=petition).order_by("id"))


def names_on_letters(petition: Petition) -> str:
    """A sealed petitioner stays unnamed on every paper that a unit reads (S28)."""
    if petition.is_sealed:
        return "来信人（保密）"
    people = _PEOPLE.all(petition.pk)
    for person in people:
        person.petition = petition
    return "、".join(person.identity.name for person in people if person.identity.name) or "匿名"


# Why a date moved, for the record: the words of the request stay with the petition.
COMPLEX = "情况复杂"


def receipt_notice(assignment: Assignment) -> dict[str, Any]:
    """受理告知书: received, by which procedure, until when."""
    petition = assignment.petition
    return {
        "to": names_on_letters(petition),
        "number": petition.number,
        "received": f"{timezone.localdate(assignment.received_at)} 由信访部门{assignment.get_kind_display()}",
        "matters": [f"{demand.n}. {demand.text}" for demand in petition.demands.order_by("n")],
        "procedure": assignment.get_procedure_display(),
        "basis": "《信访工作条例》第二十三条",
        "due": assignment.handling_due.isoformat() if assignment.handling_due else "",
        "telephone": assignment.unit.telephone or TELEPHONE,
    }
