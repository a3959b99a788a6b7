"""What stands before 异议, before taking a matter back and before giving it anew."""

from datetime import date

from django.utils.translation import gettext as _

from xinfang.deadlines.queries import running_of
from xinfang.deadlines.terms import Clock
from xinfang.organizations.models import Unit
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.latest import latest_lead, latest_proposal
from xinfang.petitions.lifecycle import GAVE_UP, AssignmentStatus
from xinfang.petitions.models import Assignment, Objection, OwnerDecision, Petition

FORCED_AFTER = 2


def _returns(petition: Petition) -> int:
    return petition.assignments.filter(status=AssignmentStatus.RETURNED).count()


def not_taken_back(petition: Petition, on: date) -> str:
    proposal = latest_proposal(petition)
    if not petition.taken_back_at or (proposal and proposal.proposed_at > petition.taken_back_at):
        return _("该件没有从承办单位收回，不需要改派。")
    if _returns(petition) >= FORCED_AFTER and not petition.owner_decisions.exists():
        return _("该件已退回两次，须先由联席会议裁定责任单位。")
    return ""


def not_this_unit(petition: Petition, unit: Unit, kind: str) -> str:
    """Given anew it goes to whom the joint conference decided on, and not at once to the unit it was taken from (条例 二十四)."""
    if petition.taken_back_at is None:
        return ""
    if decision := petition.owner_decisions.select_related("unit").order_by("-id").first():
        said = _("联席会议已确定由%(unit)s办理，只能交给它。") % {"unit": decision.unit.name}
        return said if decision.unit_id != unit.pk else ""
    if _returns(petition) >= FORCED_AFTER:
        return _("该件已退回两次，须先由联席会议裁定责任单位。")
    last = latest_lead(petition)
    is_the_same = last is not None and last.unit_id == unit.pk and kind != AssignmentKind.SELF
    return _("不能再交给刚退回或者取消承办的单位。") if is_the_same else ""


def still_led(petition: Petition, on: date) -> str:
    lead = latest_lead(petition)
    is_open = lead is not None and lead.status not in GAVE_UP
    return _("主办单位的承办没有退回或者取消，不能收回。") if is_open else ""


def returned_less_than_twice(petition: Petition, on: date) -> str:
    if petition.taken_back_at and _returns(petition) >= FORCED_AFTER:
        return ""
    return _("退回两次以后才由联席会议裁定责任单位。")


def cannot_object(assignment: Assignment, on: date) -> str:
    if Objection.objects.filter(assignment=assignment).exists():
        return _("异议已经答复，不能再提。仍有争议的，请报联席会议办公室。")
    if OwnerDecision.objects.filter(petition=assignment.petition_id, unit=assignment.unit_id).exists():
        return _("责任单位已由联席会议确定，不再提异议。")
    clock = running_of("assignment", assignment.pk).filter(clock=Clock.D3).first()
    if clock is None:
        return _("本单位自办的件没有异议。")
    if clock.due_on < on:
        return _("异议期已过：最后一日是 %(day)s。确有困难的，请与信访局协商。") % {"day": clock.due_on}
    return ""
