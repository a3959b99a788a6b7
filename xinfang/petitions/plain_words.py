"""Where a petition stands, said to the petitioner: one row for each state he may find it in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.terms import Clock
from xinfang.foundation.text import Text
from xinfang.petitions.codes import AssignmentKind, CommitmentStatus, FollowUpOutcome
from xinfang.petitions.lifecycle import AssignmentStatus as A
from xinfang.petitions.lifecycle import PetitionStatus as P
from xinfang.petitions.lifecycle import ReviewStatus as R


@dataclass(frozen=True)
class Stage:
    """`clock` is the one whose last day is told; where none runs, `article` says what the next step rests on.

    %(organ)s registered the petition, %(unit)s has it, %(remedy)s is asked for 复查.
    """

    state: Text
    coming: Text
    clock: Clock | None = None
    article: str = ""


_ROUTING = _("%(organ)s将转送、交办有权处理的单位或者自己办理，并告知您去向。")
_NOTICE = _("%(unit)s将书面告知您接收情况、处理途径和程序。")
_OPINION = _("%(unit)s将调查核实，逐项答复您的诉求，出具处理意见书。")
_REVIEW = _("对处理意见不服的，可以向%(remedy)s请求复查。")

PROMISES: dict[str, Text] = {
    CommitmentStatus.OPEN: _("正在落实。"),
    CommitmentStatus.CARRIED_OUT: _("承诺的单位已报告落实，信访局会向您核实。"),
    CommitmentStatus.KEPT: _("已落实，%(on)s 向您核实过。"),
    CommitmentStatus.DROPPED: _("已由新的意见代替。"),
}
"""What came of a promise."""

STAGES: dict[str, Stage] = {
    P.REGISTERED: Stage(_("已登记，正在判明由哪个单位办理。"), _ROUTING, Clock.D2),
    P.TRIAGED: Stage(_("已登记，正在确定由哪个单位办理。"), _ROUTING, Clock.D2),
    A.AWAITING_SIGN: Stage(_("已交%(unit)s办理，等待该单位签收。"), _NOTICE, Clock.D4),
    A.SIGNED: Stage(_("%(unit)s已签收，正在决定是否受理。"), _NOTICE, Clock.D4),
    A.OBJECTED: Stage(
        _("%(unit)s认为不属于自己的职权，%(organ)s正在核实由谁办理。"),
        _("%(organ)s确定办理单位，并告知您去向；告知的期限不变。"),
        Clock.D4,
    ),
    A.ACCEPTED: Stage(_("%(unit)s已受理。"), _OPINION, Clock.D5),
    A.HANDLING: Stage(_("%(unit)s正在办理。"), _OPINION, Clock.D5),
    A.SUPPLEMENT: Stage(
        _("%(unit)s正在办理，请您补充材料。"),
        _("需要补充什么、到哪一天，见补充材料通知书；办理期限照常计算。"),
        Clock.D5,
    ),
    A.EXTENSION_PENDING: Stage(
        _("%(unit)s正在办理，并申请了延期。"),
        _("延期须经单位负责人批准；批准的，会书面告知您理由和新的期限。"),
        Clock.D5,
    ),
    A.ROUTED_TO_PROCEDURE: Stage(
        _("%(unit)s按照法律、行政法规规定的程序办理。"), _("适用的程序和期限见%(unit)s发给您的告知书。"), Clock.D13
    ),
    A.CHECK_RETURNED: Stage(
        _("信访局审核后，退回%(unit)s重新办理。"), _("%(unit)s将重新办理，并把结果书面告诉您。"), Clock.D5
    ),
    A.OPINION_ISSUED: Stage(
        _("%(unit)s已出具处理意见书，正在送达。"),
        _("处理意见书将送达给您。您自收到之日起30日内，可以向%(remedy)s请求复查。"),
        article="《信访工作条例》第三十五条",
    ),
    A.DELIVERED: Stage(_("处理意见书已送达。"), _REVIEW, Clock.D9),
    A.REPORTED: Stage(_("处理意见书已送达，信访局正在审核办理结果。"), _REVIEW, Clock.D9),
    A.DONE: Stage(_("处理意见书已送达，办理结果已经审核。"), _REVIEW, Clock.D9),
    P.CLOSED: Stage(_("已办结。"), _REVIEW, Clock.D9),
    P.MERGED: Stage(_("同一事项已在办理，本件并入该件。"), _("请按告知书所写的初件编号和查询码查询办理情况。")),
    P.REPLIED_DIRECT: Stage(_("已直接回复。"), _("回复内容见回复书；还有疑问的，可以向%(organ)s询问。")),
    P.DECLINED: Stage(_("不予受理。"), _("告知书写明了应当向哪个机关、循哪条途径提出。")),
    P.DECLINED_FINAL: Stage(
        _("不再受理。"), _("有新的事实或者理由的，可以另行提出；生活困难的，可以向%(organ)s询问救助。")
    ),
    P.ROUTED_OUT: Stage(_("已转有关机关。"), _("有关机关将按照规定处理。")),
    P.FILED: Stage(_("已登记存查。"), _("如需补充诉求或者联系方式，请向%(organ)s提出。")),
    P.WITHDRAWN: Stage(_("已按您的申请撤回。"), _("撤回不是您本意的，请立即告知%(organ)s，本件将恢复办理。")),
    P.VOIDED: Stage(_("本件因误录已作废。"), _("如有疑问，请持回执向登记机构询问。")),
    P.ARCHIVED: Stage(_("已办结，并已归档。"), _("本件已经办理完毕。")),
}
# A review of it: %(organ_above)s looks at it again, and %(level)s is 复查 or 复核.
_DECISION = _("%(organ_above)s将调取材料、听取双方意见，书面提出%(level)s意见。")
REVIEWS: dict[str, Stage] = {
    R.APPLIED: Stage(
        _("已收到您的%(level)s申请，正在审查是否受理。"),
        _(
            "%(organ_above)s将决定是否受理；不予受理的，书面告知理由和途径；受理的，自收到申请之日起30日内书面提出%(level)s意见。"
        ),
    ),
    R.SUPPLEMENT: Stage(
        _("%(level)s申请需要您补正材料。"), _("需要补正什么、到哪一天，见补充材料通知书；期限照常计算。")
    ),
    R.ADMITTED: Stage(_("%(organ_above)s已受理%(level)s。"), _DECISION),
    R.EXAMINING: Stage(_("%(organ_above)s正在%(level)s。"), _DECISION),
    R.HEARING: Stage(
        _("%(organ_above)s正在%(level)s，将举行听证。"),
        _("时间、地点和您的权利见听证通知书；复核中听证所需时间不计入期限。"),
    ),
    R.DECIDED: Stage(_("%(organ_above)s已提出%(level)s意见，正在送达。"), _("%(level)s意见书将送达给您。")),
    R.DELIVERED: Stage(_("%(organ_above)s撤销了原意见，将责令重新办理。"), _("重新办理的单位和期限会书面告知您。")),
}
ELSEWHERE = Stage(
    _("已收到您的%(level)s申请，由%(organ_above)s审查。"),
    _("%(organ_above)s将决定是否受理并直接告知您；受理的，书面提出%(level)s意见。"),
)
"""An organ that does not work here answers to nobody here for when it takes a request up."""
UNDER_FINAL_WINDOW = Stage(
    _("复查意见书已送达。"), _("对复查意见不服的，可以向复查意见书上写的机关请求复核。"), Clock.D11
)
TERMINATED = Stage(
    _("复核意见书已送达，信访程序已经终结。"),
    _("同一事实和理由不再受理；有新的事实的，可以另行提出，生活困难的，可以向%(organ)s询问救助。"),
    article="《信访工作条例》第三十六条",
)
FINAL_REVIEW_IS_OVER = _("请求复核的期限已过。")
ROUTED_AND_CLOSED = Stage(_("已办结：已由其他法定程序处理。"), _("请按照告知书写明的途径办理。"))
# How a petition ended, by its act; a withdrawal leaves none.
ENDED: dict[str, Text] = {
    "petition.merge": _("并入同一事项的初件。"),
    "petition.reply_direct": _("%(organ)s直接回复。"),
    "petition.decline": _("%(organ)s不予受理，并发出告知书。"),
    "petition.decline_final": _("%(organ)s不再受理，并发出告知书。"),
    "petition.route_out": _("转%(destination)s。"),
    "petition.file_away": _("登记存查。"),
    "petition.take_up": _("转%(destination)s。"),
    "": _("回访确认后，按您的申请撤回。"),
}
GIVEN_BACK: dict[str, Text] = {
    A.RETURNED: _("%(unit)s退回，重新确定办理单位。"),
    A.CANCELLED: _("不再由%(unit)s办理。"),
}
ENDED_AND_ARCHIVED = Stage(_("已经了结，并已归档。"), _("如有疑问，请向%(organ)s询问。"))
REVIEW_IS_OVER = _("请求复查的期限已过。")

GIVEN: dict[str, Text] = {
    AssignmentKind.TRANSFER: _("转送%(unit)s。"),
    AssignmentKind.ASSIGN: _("交%(unit)s办理。"),
    AssignmentKind.SELF: _("由%(unit)s直接办理。"),
}
# 不满意: he is called, and told what was found out.
AFTER_HIS_RATING: dict[Clock, Text] = {
    Clock.D15: _("您评价了不满意：信访局会在5个工作日内给您打电话回访。"),
    Clock.D15_RESULT: _("您评价了不满意：信访局在15日内核查您不满意的事项。"),
}
LOOKED_INTO = _("信访局核查了您不满意的事项。")
FOUND: dict[FollowUpOutcome, Text] = {
    FollowUpOutcome.REOPENED: _("您不满意的事项重新办理。"),
    **dict.fromkeys(
        (FollowUpOutcome.UNSUPPORTED, FollowUpOutcome.UNREACHED),
        _("信访局核查了您不满意的事项，结果写在给您的答复函里。"),
    ),
}


def said(text: Text, **names: str) -> str:
    """The sentence in the reader's language, with its names in their places."""
    return str(text) % names
