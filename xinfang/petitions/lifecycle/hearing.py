"""The moves of 听证, in a unit's work and in a review (条例 三十一(六)、三十六; domain 3.12)."""

from django.utils.translation import gettext_lazy as _

from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Duty
from xinfang.petitions.lifecycle.move import Move, Where
from xinfang.petitions.lifecycle.states import AssignmentStatus as A
from xinfang.petitions.lifecycle.states import HearingStatus as H
from xinfang.petitions.lifecycle.states import ReviewStatus as R

_HOLDERS = frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER, Duty.REVIEW_OFFICE})
_HEADS = frozenset({Duty.UNIT_HEAD, Duty.BUREAU_HEAD})
_ARTICLE = "条例 三十一、三十六"

MOVES: dict[str, Move] = {
    "assignment.propose_hearing": Move(
        _("提出听证"),
        frozenset({A.HANDLING}),
        "",
        Where.UNIT,
        frozenset({Duty.CASE_HANDLER, Duty.UNIT_HEAD, Duty.DISPATCHER}),
        _("重大、复杂、疑难的可以举行听证，写明理由；已经复议、诉讼的不举行；办理期限照常计算。"),
        "条例 三十一",
        is_awaited=False,
    ),
    "review.propose_hearing": Move(
        _("提出听证"),
        frozenset({R.EXAMINING}),
        "",
        Where.BUREAU,
        frozenset({Duty.REVIEW_OFFICE}),
        _("复查、复核中需要当面质询、辩论的，提出听证；复核中听证所需时间不计入复核期限。"),
        "条例 三十六",
        is_awaited=False,
    ),
    "hearing.approve_hearing": Move(
        _("批准听证"),
        frozenset({H.PROPOSED}),
        H.APPROVED,
        Where.UNIT,
        _HEADS,
        _("由本机关、单位负责人批准。"),
        _ARTICLE,
    ),
    "hearing.notice_hearing": Move(
        _("听证通知"),
        frozenset({H.APPROVED}),
        H.NOTICED,
        Where.UNIT,
        _HOLDERS,
        _("至少提前七日书面通知时间、地点、主持人和听证员；主持人和听证员不得参与过调查和原意见，听证员为单数。"),
        _ARTICLE,
        papers=(PaperKind.HEARING_NOTICE,),
    ),
    "hearing.replace_host": Move(
        _("更换主持人"),
        frozenset({H.NOTICED}),
        "",
        Where.UNIT,
        _HEADS,
        _("信访人申请主持人回避有理由的，由负责人决定更换，并告知参加人。"),
        "条例 二十八",
        papers=(PaperKind.HEARING_NOTICE,),
        is_awaited=False,
    ),
    "hearing.hold_hearing": Move(
        _("举行听证"),
        frozenset({H.NOTICED}),
        H.HELD,
        Where.UNIT,
        _HOLDERS,
        _("听证公开举行，涉及国家秘密、商业秘密、个人隐私的除外；笔录由参加人签字，拒绝签字的注明。"),
        _ARTICLE,
        papers=(PaperKind.HEARING_RECORD,),
    ),
    "hearing.conclude_hearing": Move(
        _("听证结论"),
        frozenset({H.HELD}),
        H.CONCLUDED,
        Where.UNIT,
        _HOLDERS,
        _("听证员评议后形成结论，写明票数；结论作为提出意见的依据。"),
        _ARTICLE,
        papers=(PaperKind.HEARING_CONCLUSION,),
    ),
    "hearing.drop_hearing": Move(
        _("不举行听证"),
        frozenset({H.PROPOSED, H.APPROVED, H.NOTICED, H.HELD}),
        H.DROPPED,
        Where.UNIT,
        _HOLDERS | _HEADS,
        _(
            "不批准，或者信访人放弃、事项已经解决的，写明理由；已经发出听证通知的，书面告知信访人不再举行；"
            "主办的承办取消的，听证随之终止；任何期限都不受影响。"
        ),
        _ARTICLE,
        papers=(PaperKind.DIRECT_REPLY,),
        also=frozenset({"system"}),
        is_awaited=False,
    ),
}
