"""What the petition page shows beside the ordinary road: who must be told, instructions, sponsors, recusals, help given."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from xinfang.petitions import sizes
from xinfang.petitions.codes import AssignmentRole, ReceptionOutcome
from xinfang.petitions.models import (
    Assignment,
    CoOpinion,
    Instruction,
    Mediation,
    Petition,
    Recusal,
    Sponsorship,
)
from xinfang.petitions.owners import days_without_owner


def shown(
    petition: Petition, given: Sequence[Assignment], acts: Collection[str], today: date, *, reads_text: bool
) -> dict[str, Any]:
    """One statement for each kind of row that there is, none for what there is not."""
    words = {name: ask(petition, given) for name, (verb, ask) in _ASKED.items() if verb in acts and reads_text}
    if petition.has_recusals and reads_text:
        words["recusals"] = _recusals(petition)
    return {
        **words,
        "must_know": list(_must_know(petition, given)),
        "gaps": days_without_owner(petition, today, given),
        "may_follow_up": petition.is_skip_level and petition.status == "declined",
    }


def _must_know(petition: Petition, given: Sequence[Assignment]) -> list[str]:
    leads = [one.unit_id for one in given if one.role == AssignmentRole.LEAD]
    said = [sizes.sentence(petition)]
    if petition.reception_outcome == ReceptionOutcome.NO_REPRESENTATIVES:
        said.append(_("没有推选代表，未接谈；事项照常登记，不是不予受理。"))
    if petition.respondent_unit_id in leads:
        said.append(_("主办单位就是被反映单位：只涉及处理结果，处理意见书须写明复查机关；反映其自身行为的，应当回避。"))
    return [sentence for sentence in said if sentence]


def _instructions(petition: Petition, given: Sequence[Assignment]) -> list[Instruction]:
    return list(petition.instructions.select_related("leader").order_by("id"))


def _sponsorships(petition: Petition, given: Sequence[Assignment]) -> list[Sponsorship]:
    return list(petition.sponsorships.select_related("leader").prefetch_related("visits").order_by("id"))


def _recusals(petition: Petition) -> list[Recusal]:
    return list(petition.recusals.select_related("officer", "unit").order_by("id"))


def _co_opinions(petition: Petition, given: Sequence[Assignment]) -> list[CoOpinion]:
    return list(CoOpinion.objects.filter(assignment__in=given).select_related("assignment__unit").order_by("id"))


def _mediations(petition: Petition, given: Sequence[Assignment]) -> list[Mediation]:
    return list(Mediation.objects.filter(assignment__in=given).order_by("id"))


_ASKED: dict[str, tuple[str, Any]] = {
    "instructions": ("petition.instruct", _instructions),
    "sponsorships": ("petition.sponsor", _sponsorships),
    "co_opinions": ("assignment.give_co_opinion", _co_opinions),
    "mediations": ("assignment.mediate", _mediations),
}
