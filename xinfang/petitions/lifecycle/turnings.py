"""Where one unit's work turns off the ordinary road, and back onto it: 简易办理, 其他法定程序, 补充材料, 延期, 退回重办."""

from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Duty
from xinfang.petitions.codes import Procedure
from xinfang.petitions.lifecycle.move import Move, Where
from xinfang.petitions.lifecycle.states import AssignmentStatus as A

_CHECKERS = frozenset({Duty.BUREAU_HEAD, Duty.DISPATCHER, Duty.SUPERVISOR})
_HANDLERS = frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER})
_HEADS = frozenset({Duty.UNIT_HEAD, Duty.BUREAU_HEAD})

TURNED_OFF = frozenset({A.SUPPLEMENT, A.EXTENSION_PENDING, A.ROUTED_TO_PROCEDURE})

MOVES: dict[str, Move] = {
    "assignment.accept_simple": Move(
        _("简易受理"),
        frozenset({A.SIGNED}),
        A.ACCEPTED,
        Where.UNIT,
        _HANDLERS,
        _("初次提出、事实清楚、容易解决的，收到之日起三个工作日内受理，受理之日起十个工作日内出具意见。"),
        "《信访事项简易办理办法》",
        stops=(Clock.D3, Clock.D4, Clock.D5),
        starts=(Clock.D8B,),
        papers=(PaperKind.RECEIPT_NOTICE,),
        is_awaited=False,
    ),
    "assignment.leave_simple": Move(
        _("转普通程序"),
        frozenset({A.ACCEPTED, A.HANDLING}),
        "",
        Where.UNIT,
        _HANDLERS,
        _("办理中发现不宜简易办理的，转按信访程序办理；六十日自受理之日起算，并告知信访人。"),
        "《信访事项简易办理办法》",
        stops=(Clock.D8B,),
        starts=(Clock.D5,),
        papers=(PaperKind.RECEIPT_NOTICE,),
        procedures=frozenset({Procedure.SIMPLE_PROCEDURE}),
        is_awaited=False,
    ),
    "assignment.accept_procedure": Move(
        _("按其他法定程序办理"),
        frozenset({A.SIGNED}),
        A.ROUTED_TO_PROCEDURE,
        Where.UNIT,
        _HANDLERS,
        _("应当通过诉讼、仲裁、党内申诉、行政程序或者依法履职处理的，写明法定期限和途径，书面告知信访人。"),
        "条例 三十一",
        stops=(Clock.D3, Clock.D4, Clock.D5),
        starts=(Clock.D13,),
        papers=(PaperKind.PROCEDURE_NOTICE,),
        is_awaited=False,
    ),
    "assignment.presume_accepted": Move(
        _("推定受理"),
        frozenset({A.AWAITING_SIGN, A.SIGNED}),
        "",
        Where.SYSTEM,
        frozenset(),
        _("书面告知的期限届满仍未告知的，办理期限自该期限的最后一日起算；单位仍应补发告知。"),
        "条例 二十三、三十四",
        starts=(Clock.D5,),
        also=frozenset({"system"}),
        is_awaited=False,
    ),
    "assignment.ask_supplement": Move(
        _("要求补充材料"),
        frozenset({A.ACCEPTED, A.HANDLING}),
        A.SUPPLEMENT,
        Where.UNIT,
        _HANDLERS,
        _("缺少的材料一次告知、只要求一次；等待期间各项期限照常计算。"),
        "条例 三十一",
        papers=(PaperKind.SUPPLEMENT_NOTICE,),
        is_awaited=False,
    ),
    "assignment.end_supplement": Move(
        _("结束补充材料"),
        frozenset({A.SUPPLEMENT}),
        A.HANDLING,
        Where.UNIT,
        _HANDLERS,
        _("材料收到，或者约定的日期已过，即继续办理；不因没有补充而停办。"),
        "条例 三十一",
        also=frozenset({"system"}),
    ),
    "assignment.ask_extension": Move(
        _("申请延期"),
        frozenset({A.HANDLING}),
        A.EXTENSION_PENDING,
        Where.UNIT,
        _HANDLERS,
        _("情况复杂的，在办理期限届满前提出，写明理由和天数；只能延长一次，不超过三十日。"),
        "条例 三十四",
        papers=(PaperKind.EXTENSION_APPROVAL,),
        is_awaited=False,
    ),
    "assignment.extend": Move(
        _("批准延期"),
        frozenset({A.EXTENSION_PENDING}),
        A.HANDLING,
        Where.UNIT,
        _HEADS,
        _("由本机关、单位负责人批准，当日告知信访人延期理由和新的期限。"),
        "条例 三十四",
        papers=(PaperKind.EXTENSION_NOTICE,),
    ),
    "assignment.refuse_extension": Move(
        _("不批准延期"),
        frozenset({A.EXTENSION_PENDING}),
        A.HANDLING,
        Where.UNIT,
        _HEADS,
        _("理由不足的不予批准，写明意见，按原期限办理。"),
        "条例 三十四",
    ),
    "assignment.route_to_procedure": Move(
        _("导入其他法定程序"),
        frozenset({A.HANDLING}),
        A.ROUTED_TO_PROCEDURE,
        Where.UNIT,
        _HEADS,
        _("办理中查明应当通过其他法定途径处理的，由负责人决定导入，写明法定期限和途径，书面告知信访人。"),
        "条例 三十一",
        stops=(Clock.D5, Clock.D8B),
        starts=(Clock.D13,),
        papers=(PaperKind.PROCEDURE_NOTICE,),
        is_awaited=False,
    ),
    "assignment.procedure_taken": Move(
        _("法定程序已启动"),
        frozenset({A.ROUTED_TO_PROCEDURE}),
        A.DONE,
        Where.UNIT,
        _HANDLERS,
        _("该程序已经立案、受理或者作出处理的，写明文书和日期；没有启动的，不得办结。"),
        "条例 三十一",
        stops=(Clock.D7, Clock.D13),
        starts=(Clock.D20,),
    ),
    "assignment.return_result": Move(
        _("退回重办"),
        frozenset({A.REPORTED}),
        A.CHECK_RETURNED,
        Where.BUREAU,
        _CHECKERS,
        _(
            "事实不清、诉求没有逐项答复或者送达不实的，逐条写明理由退回，正在复查、复核的不退；法定期限和反馈期限都不重新计算。"
        ),
        "条例 二十二、四十",
        stops=(Clock.D9, Clock.D11),
        papers=(PaperKind.CHECK_RETURN_NOTICE,),
    ),
    "assignment.handle_again": Move(
        _("重新承办"),
        frozenset({A.CHECK_RETURNED}),
        A.HANDLING,
        Where.UNIT,
        _HANDLERS,
        _("按退回的理由重新核实，重新出具意见并送达；前一次的意见和报告一并保留。"),
        "条例 二十二、三十四",
    ),
}
