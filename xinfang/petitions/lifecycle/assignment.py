"""The moves of one unit's work (domain 3.4)."""

from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Duty
from xinfang.petitions.codes import AssignmentRole
from xinfang.petitions.lifecycle import turnings
from xinfang.petitions.lifecycle.move import Move, Where
from xinfang.petitions.lifecycle.states import ENDED_ASSIGNMENT, OPINION_IS_OUT
from xinfang.petitions.lifecycle.states import AssignmentStatus as A

_CHECKERS = frozenset({Duty.BUREAU_HEAD, Duty.DISPATCHER, Duty.SUPERVISOR})
_HANDLERS = frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER})

BEFORE_THE_OPINION = frozenset(A) - ENDED_ASSIGNMENT - OPINION_IS_OUT

MOVES: dict[str, Move] = {
    "assignment.sign_for": Move(
        _("签收"),
        frozenset({A.AWAITING_SIGN}),
        A.SIGNED,
        Where.UNIT,
        _HANDLERS,
        _("收到即签收；签收不改变任何期限。"),
        "条例 二十三",
        roles=frozenset({AssignmentRole.LEAD, AssignmentRole.CO}),
    ),
    "assignment.accept": Move(
        _("受理告知"),
        frozenset({A.SIGNED}),
        A.ACCEPTED,
        Where.UNIT,
        _HANDLERS,
        _("自收到之日起十五日内书面告知接收情况、处理途径和程序。"),
        "条例 二十三",
        stops=(Clock.D3, Clock.D4),
        starts=(Clock.D5,),
        papers=(PaperKind.RECEIPT_NOTICE,),
    ),
    "assignment.pass_on": Move(
        _("转交同事"),
        frozenset({A.AWAITING_SIGN, A.SIGNED, A.ACCEPTED, A.HANDLING, A.OPINION_ISSUED, A.DELIVERED})
        | turnings.TURNED_OFF,
        "",
        Where.UNIT,
        frozenset({Duty.UNIT_HEAD, Duty.CASE_HANDLER}),
        _("只转交本单位在岗人员；任何期限都不因转交而改变。"),
        "本级工作制度",
        roles=frozenset({AssignmentRole.LEAD, AssignmentRole.CO}),
    ),
    "assignment.handle": Move(
        _("承办"),
        frozenset({A.ACCEPTED}),
        A.HANDLING,
        Where.UNIT,
        _HANDLERS,
        _("先联系信访人，听取事实和理由，记入办理记录。"),
        "条例 三十一",
    ),
    "assignment.log_work": Move(
        _("办理记录"),
        frozenset({A.ACCEPTED, A.HANDLING}) | turnings.TURNED_OFF,
        "",
        Where.UNIT,
        _HANDLERS,
        _("走访、询问、会商随办随记，只增不改。"),
        "条例 三十一",
    ),
    "assignment.draft_opinion": Move(
        _("拟写处理意见"),
        frozenset({A.HANDLING}),
        A.HANDLING,
        Where.UNIT,
        _HANDLERS,
        _("每项诉求都写明事实、依据和结果。"),
        "条例 三十二",
    ),
    "assignment.issue_opinion": Move(
        _("出具处理意见"),
        frozenset({A.HANDLING}),
        A.OPINION_ISSUED,
        Where.UNIT,
        frozenset({Duty.UNIT_HEAD, Duty.BUREAU_HEAD}),
        _("由单位负责人签发，以单位名义盖章，写明复查机关和期限。"),
        "条例 三十二、三十四",
        stops=(Clock.D5, Clock.D8B),
        papers=(PaperKind.HANDLING_OPINION,),
    ),
    "assignment.deliver": Move(
        _("送达"),
        frozenset({A.OPINION_ISSUED}),
        A.DELIVERED,
        Where.UNIT,
        _HANDLERS,
        _("记明方式、日期和签收或拒收见证；信访人的复查期自送达起算。"),
        "条例 三十五",
        starts=(Clock.D9,),
        papers=(PaperKind.DELIVERY_RECEIPT,),
    ),
    "assignment.report": Move(
        _("办结报告"),
        frozenset({A.DELIVERED}),
        A.REPORTED,
        Where.UNIT,
        frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD}),
        _("交办件在反馈期限内报告经过、意见、送达和信访人态度。"),
        "条例 二十二",
        stops=(Clock.D7,),
        papers=(PaperKind.COMPLETION_REPORT,),
    ),
    "assignment.check_result": Move(
        _("审核"),
        frozenset({A.REPORTED}),
        A.DONE,
        Where.BUREAU,
        _CHECKERS,
        _("逐项核对事实、依据、诉求和送达证明，合格方予通过。"),
        "条例 二十二、四十",
    ),
    "assignment.finish": Move(
        _("结束承办"),
        frozenset({A.DELIVERED}),
        A.DONE,
        Where.SYSTEM,
        frozenset(),
        _("转送、自办件送达后即为承办完毕。"),
        "条例 三十二",
        also=frozenset({"system"}),
    ),
    "assignment.raise_objection": Move(
        _("提出异议"),
        frozenset({A.SIGNED}),
        A.OBJECTED,
        Where.UNIT,
        frozenset({Duty.UNIT_HEAD}),
        _("自收到之日起五个工作日内提出，说明理由和依据，并指明应当由谁办理；逾期视为认可。"),
        "条例 二十三",
        stops=(Clock.D3,),
        papers=(PaperKind.OBJECTION_FORM,),
        is_awaited=False,
    ),
    "assignment.return_assignment": Move(
        _("同意退回"),
        frozenset({A.OBJECTED}),
        A.RETURNED,
        Where.BUREAU,
        frozenset({Duty.DISPATCHER}),
        _("核实异议属实的，同意退回并随即改派；书面告知的期限继续计算。"),
        "条例 二十三",
        papers=(PaperKind.OBJECTION_REPLY,),
    ),
    "assignment.refuse_objection": Move(
        _("不同意退回"),
        frozenset({A.OBJECTED}),
        A.SIGNED,
        Where.BUREAU,
        frozenset({Duty.DISPATCHER}),
        _("异议不成立的，写明理由答复单位，由其继续办理；各项期限不变。"),
        "条例 二十三",
        papers=(PaperKind.OBJECTION_REPLY,),
    ),
    "assignment.cancel": Move(
        _("取消承办"),
        BEFORE_THE_OPINION,
        A.CANCELLED,
        Where.BUREAU,
        frozenset({Duty.BUREAU_HEAD}),
        _("交错单位、单位撤销或者信访人撤回时取消；已经做的工作和记录一律保留。"),
        "本级工作制度",
        stops=(Clock.D3, Clock.D4, Clock.D5, Clock.D7, Clock.D8B, Clock.D13),
        also=frozenset({"system"}),
        roles=frozenset({AssignmentRole.LEAD, AssignmentRole.CO}),
        is_awaited=False,
    ),
    **turnings.MOVES,
}
