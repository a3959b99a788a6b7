"""Where a petition stands, said to the petitioner: one row for each state he may find it in."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.terms import Clock
from xinfang.foundation.text import Text
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.lifecycle import AssignmentStatus as A
from xinfang.petitions.lifecycle import PetitionStatus as P


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

STAGES: dict[str, Stage] = {
    P.REGISTERED: Stage(_("已登记，正在判明由哪个单位办理。"), _ROUTING, Clock.D2),
    P.TRIAGED: Stage(_("已登记，正在确定由哪个单位办理。"), _ROUTING, Clock.D2),
    A.AWAITING_SIGN: Stage(_("已交%(unit)s办理，等待该单位签收。"), _NOTICE, Clock.D4),
    A.SIGNED: Stage(_("%(unit)s已签收，正在决定是否受理。"), _NOTICE, Clock.D4),
    A.ACCEPTED: Stage(_("%(unit)s已受理。"), _OPINION, Clock.D5),
    A.HANDLING: Stage(_("%(unit)s正在办理。"), _OPINION, Clock.D5),
    A.OPINION_ISSUED: Stage(
        _("%(unit)s已出具处理意见书，正在送达。"),
        _("处理意见书将送达给您。您自收到之日起30日内，可以向%(remedy)s请求复查。"),
        article="《信访工作条例》第三十五条",
    ),
    A.DELIVERED: Stage(_("处理意见书已送达。"), _REVIEW, Clock.D9),
    A.REPORTED: Stage(_("处理意见书已送达，信访局正在审核办理结果。"), _REVIEW, Clock.D9),
    A.DONE: Stage(_("处理意见书已送达，办理结果已经审核。"), _REVIEW, Clock.D9),
    P.CLOSED: Stage(_("已办结。"), _REVIEW, Clock.D9),
    P.VOIDED: Stage(_("本件因误录已作废。"), _("如有疑问，请持回执向登记机构询问。")),
    P.ARCHIVED: Stage(_("已办结，并已归档。"), _("本件已经办理完毕。")),
}
REVIEW_IS_OVER = _("请求复查的期限已过。")

GIVEN: dict[str, Text] = {
    AssignmentKind.TRANSFER: _("转送%(unit)s。"),
    AssignmentKind.ASSIGN: _("交%(unit)s办理。"),
    AssignmentKind.SELF: _("由%(unit)s直接办理。"),
}


def said(text: Text, **names: str) -> str:
    """The sentence in the reader's language, with its names in their places."""
    return str(text) % names
