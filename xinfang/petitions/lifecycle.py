"""The tables of moves for Petition (P) and Assignment (A) of domain 3.3 and 3.4: pure, printable, the backbone.

A move names its from-states, its to-state, who may do it and where he must sit, which clocks it stops and starts,
which papers it issues, its article of law and its operating norm. Branches of part 3 are further rows.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.foundation.text import Text
from xinfang.organizations.models import Duty


class PetitionStatus(models.TextChoices):
    """信访件状态."""

    DRAFT = "draft", _("接访中")
    REGISTERED = "registered", _("已登记")
    TRIAGED = "triaged", _("已拟办")
    DISPATCHED = "dispatched", _("已交转")
    SELF_HANDLING = "self_handling", _("自办中")
    CLOSED = "closed", _("已办结")
    ARCHIVED = "archived", _("已归档")
    VOIDED = "voided", _("已作废")


class AssignmentStatus(models.TextChoices):
    """承办状态."""

    AWAITING_SIGN = "awaiting_sign", _("待签收")
    SIGNED = "signed", _("已签收待办理")
    ACCEPTED = "accepted", _("已受理")
    HANDLING = "handling", _("办理中")
    OPINION_ISSUED = "opinion_issued", _("已处理待送达")
    DELIVERED = "delivered", _("已送达")
    REPORTED = "reported", _("待审核")
    DONE = "done", _("已办结")
    RETURNED = "returned", _("已退回")
    CANCELLED = "cancelled", _("已取消")


class Where(models.TextChoices):
    """Where the hand must sit."""

    ORGAN = "organ", _("登记机构")
    BUREAU = "bureau", _("信访局")
    UNIT = "unit", _("承办单位")
    PETITIONER = "petitioner", _("信访人")
    SYSTEM = "system", _("系统")


@dataclass(frozen=True)
class Move:
    """One row. `start` is empty for a move that makes its row. `to` equal to the from-state leaves the state alone."""

    label: Text
    start: frozenset[str]
    to: str
    where: Where
    duties: frozenset[Duty]
    norm: Text
    article: str
    stops: tuple[Clock, ...] = ()
    starts: tuple[Clock, ...] = ()
    papers: tuple[PaperKind, ...] = ()
    also: frozenset[str] = frozenset()
    """Hands other than officers that may: petitioner, system."""
    is_awaited: bool = True
    """Whether a worklist waits for it; some moves are made only where there is cause."""


P, A = PetitionStatus, AssignmentStatus
_DESK = frozenset({Duty.REGISTRAR, Duty.DISPATCHER, Duty.BUREAU_HEAD, Duty.UNIT_HEAD, Duty.CASE_HANDLER})
_TRIAGE = frozenset({Duty.REGISTRAR, Duty.DISPATCHER, Duty.UNIT_HEAD, Duty.CASE_HANDLER})
_CHECKERS = frozenset({Duty.BUREAU_HEAD, Duty.DISPATCHER, Duty.SUPERVISOR})
_HANDLERS = frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER})

MOVES: dict[str, Move] = {
    "petition.receive": Move(
        _("接访"),
        frozenset(),
        P.DRAFT,
        Where.ORGAN,
        _DESK | {Duty.VILLAGE_COLLECTOR},
        _("接待来访、拆信或接听时即记下渠道和收到时间；收到时间此后不能更改。"),
        "条例 二十一",
        starts=(Clock.D0, Clock.D0_VISIT, Clock.D2),
    ),
    "petition.register": Move(
        _("登记"),
        frozenset({P.DRAFT}),
        P.REGISTERED,
        Where.ORGAN,
        _DESK | {Duty.VILLAGE_COLLECTOR},
        _("凡收到的都登记，含匿名、重复和不属本机关的；诉求逐项列明，登记单当场交信访人。"),
        "条例 二十二",
        stops=(Clock.D0, Clock.D0_VISIT),
        starts=(Clock.D2,),
        papers=(PaperKind.REGISTRATION_FORM,),
        also=frozenset({"petitioner", "system"}),
    ),
    "petition.check_duplicate": Move(
        _("判重"),
        frozenset({P.REGISTERED}),
        P.REGISTERED,
        Where.ORGAN,
        _TRIAGE | {Duty.BUREAU_HEAD, Duty.REVIEW_OFFICE},
        _("同人同事为重件；由人判定并写明理由，系统只列出可能相同的件，任何件不得删除。"),
        "条例 十九、三十六",
    ),
    "petition.propose": Move(
        _("拟办"),
        frozenset({P.REGISTERED}),
        P.TRIAGED,
        Where.ORGAN,
        _TRIAGE,
        _("判明三类事项、办理程序和有权处理单位，写出拟办意见；先判重，后拟办。"),
        "条例 二十二、三十一",
        papers=(PaperKind.PROPOSAL_FORM,),
    ),
    "petition.approve": Move(
        _("批办"),
        frozenset({P.TRIAGED}),
        P.TRIAGED,
        Where.ORGAN,
        frozenset({Duty.BUREAU_HEAD, Duty.UNIT_HEAD}),
        _("交办、集体访、重大紧急件由负责人批办。"),
        "条例 二十二",
    ),
    "petition.transfer": Move(
        _("转送"),
        frozenset({P.TRIAGED}),
        P.DISPATCHED,
        Where.BUREAU,
        frozenset({Duty.DISPATCHER}),
        _("自收到之日起十五日内转送有权处理的单位，并告知信访人去向。"),
        "条例 二十二",
        stops=(Clock.D2,),
        starts=(Clock.D3, Clock.D4),
        papers=(PaperKind.TRANSFER_LETTER, PaperKind.ROUTING_NOTICE),
    ),
    "petition.assign": Move(
        _("交办"),
        frozenset({P.TRIAGED}),
        P.DISPATCHED,
        Where.BUREAU,
        frozenset({Duty.DISPATCHER}),
        _("负责人批办后交办，写明反馈期限和办结报告要求，并告知信访人去向。"),
        "条例 二十二",
        stops=(Clock.D2,),
        starts=(Clock.D3, Clock.D4, Clock.D7),
        papers=(PaperKind.ASSIGNMENT_LETTER, PaperKind.ROUTING_NOTICE),
    ),
    "petition.self_handle": Move(
        _("自办"),
        frozenset({P.TRIAGED}),
        P.SELF_HANDLING,
        Where.ORGAN,
        frozenset({Duty.DISPATCHER, Duty.UNIT_HEAD}),
        _("属本机关职权的事项由本机关办理。"),
        "条例 二十三",
        stops=(Clock.D2,),
        starts=(Clock.D4,),
        papers=(PaperKind.ROUTING_NOTICE,),
    ),
    "petition.close": Move(
        _("办结"),
        frozenset({P.DISPATCHED, P.SELF_HANDLING}),
        P.CLOSED,
        Where.BUREAU,
        frozenset({Duty.DISPATCHER, Duty.BUREAU_HEAD}),
        _("主办单位已送达处理意见，交办件已经审核，方可办结；办结不等于化解。"),
        "条例 三十二",
        starts=(Clock.D14,),
        also=frozenset({"system"}),
    ),
    "petition.evaluate": Move(
        _("评价"),
        frozenset({P.CLOSED}),
        P.CLOSED,
        Where.PETITIONER,
        frozenset({Duty.REGISTRAR}),
        _("只有信访人能评价；纸质评价由信访局登记员连同评价表录入，承办单位不得代评。"),
        "条例 二十一",
        stops=(Clock.D14,),
        also=frozenset({"petitioner"}),
        is_awaited=False,
    ),
    "petition.archive": Move(
        _("归档"),
        frozenset({P.CLOSED}),
        P.ARCHIVED,
        Where.ORGAN,
        frozenset({Duty.ARCHIVIST, Duty.UNIT_HEAD}),
        _("复查期、评价期均已届满后归档，一件一卷。"),
        "档案法实施条例",
        stops=(Clock.D9, Clock.D14),
    ),
    "petition.void": Move(
        _("作废"),
        frozenset({P.DRAFT, P.REGISTERED}),
        P.VOIDED,
        Where.ORGAN,
        frozenset({Duty.BUREAU_HEAD, Duty.UNIT_HEAD}),
        _("只用于误录；写明理由，编号保留不再使用，不得用来销件。"),
        "本级工作制度",
        stops=(Clock.D0, Clock.D0_VISIT, Clock.D2),
        is_awaited=False,
    ),
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

ENDED_ASSIGNMENT = frozenset({A.DONE, A.RETURNED, A.CANCELLED})


def moves_of(machine: str) -> dict[str, Move]:
    """The table of one machine, petition or assignment."""
    return {verb: move for verb, move in MOVES.items() if verb.startswith(machine + ".")}
