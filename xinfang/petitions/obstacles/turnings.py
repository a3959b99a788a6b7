"""What stands before the turnings of a unit's work: 简易办理, 推定受理, 补充材料, 延期."""

from datetime import date

from django.utils.translation import gettext as _

from xinfang.deadlines import promises
from xinfang.deadlines.queries import running_of
from xinfang.deadlines.terms import Clock
from xinfang.petitions.codes import STATUTORY, AssignmentKind, AssignmentRole, Procedure, Source
from xinfang.petitions.models import Assignment

_FROM_ABOVE = (Source.FROM_NATIONAL, Source.FROM_PROVINCE, Source.FROM_CITY, Source.FROM_LEADER)


def not_simple(assignment: Assignment, on: date) -> str:
    """Each exclusion of the norm in its own words (domain 3.5). Whether a demand may be refused the form asks."""
    petition = assignment.petition
    if not petition.is_initial:
        return _("只有初次信访事项适用简易办理；重复提出的按普通程序受理。")
    if assignment.procedure in STATUTORY:
        return _("应当通过其他法定途径处理的，不适用简易办理；请按其他法定程序办理。")
    if assignment.kind == AssignmentKind.ASSIGN or petition.source in _FROM_ABOVE:
        return _("上级机关、信访部门交办的事项不适用简易办理；请按普通程序受理。")
    if petition.is_group or petition.assignments.filter(role=AssignmentRole.CO).exists():
        return _("集体联名或者涉及多个责任单位的事项不适用简易办理；请按普通程序受理。")
    last = last_day_of_simple(assignment)
    return _simple_is_late(last) if last < on else ""


def last_day_of_simple(assignment: Assignment) -> date:
    return promises.due(Clock.D8A, promises.local_day(assignment.came_at)).strict


def _simple_is_late(last: date) -> str:
    said = _("简易办理应当在收到之日起三个工作日内受理，最后一日是 %(day)s；请按普通程序受理。")
    return said % {"day": last}


def not_presumed(assignment: Assignment, on: date) -> str:
    if on <= assignment.notice_due:
        return _("书面告知的期限要到 %(day)s 届满，不能推定受理。") % {"day": assignment.notice_due}
    is_presumed = running_of("assignment", assignment.pk).filter(clock=Clock.D5).exists()
    return _("已经推定受理。") if is_presumed else ""


def was_supplemented(assignment: Assignment, on: date) -> str:
    if assignment.turned_at and hasattr(assignment, "supplement"):
        return _("补充材料只能要求一次；还需要的情况请自行调查核实。")
    return ""


def cannot_be_extended(assignment: Assignment, on: date) -> str:
    """Asks the database only of work that has turned off the road before."""
    if assignment.procedure == Procedure.SIMPLE_PROCEDURE:
        return _("简易办理不延期；确需更长时间的，请先转普通程序。")
    if assignment.turned_at and assignment.extensions.filter(is_granted=True).exists():
        return _("该件已延期一次，不能再延期；请按期出具处理意见。")
    if assignment.handling_due and assignment.handling_due < on:
        return _("办理期限已于 %(day)s 届满，不能再申请延期；请尽快出具处理意见。") % {"day": assignment.handling_due}
    return ""
