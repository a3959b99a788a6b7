"""The moves of one unit's work (domain 3.4)."""

from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Duty
from xinfang.petitions.lifecycle.move import Move, Where
from xinfang.petitions.lifecycle.states import AssignmentStatus as A

_CHECKERS = frozenset({Duty.BUREAU_HEAD, Duty.DISPATCHER, Duty.SUPERVISOR})
_HANDLERS = frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER})

MOVES: dict[str, Move] = {
    "assignment.sign_for": Move(
        _("签收"),
        frozenset({A.AWAITING_SIGN}),
        A.SIGNED,
        Where.UNIT,
        _HANDLERS,
        _("收到即签收；签收不改变任何期限。"),
        "条例 二十三",
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
        frozenset({A.AWAITING_SIGN, A.SIGNED, A.ACCEPTED, A.HANDLING, A.OPINION_ISSUED, A.DELIVERED}),
        "",
        Where.UNIT,
        frozenset({Duty.UNIT_HEAD, Duty.CASE_HANDLER}),
        _("只转交本单位在岗人员；任何期限都不因转交而改变。"),
        "本级工作制度",
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
        frozenset({A.ACCEPTED, A.HANDLING}),
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
        stops=(Clock.D5,),
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
}
