"""Every state of the machines of domain 3.3, 3.4, 3.11 and 3.12."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
    MERGED = "merged", _("已并案")
    REPLIED_DIRECT = "replied_direct", _("已直接回复")
    DECLINED = "declined", _("不予受理")
    DECLINED_FINAL = "declined_final", _("不再受理")
    ROUTED_OUT = "routed_out", _("已转出")
    FILED = "filed", _("已存")
    WITHDRAWN = "withdrawn", _("已撤回")


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
    OBJECTED = "objected", _("已提异议")
    SUPPLEMENT = "supplement", _("待补充材料")
    EXTENSION_PENDING = "extension_pending", _("已延期申请")
    ROUTED_TO_PROCEDURE = "routed_to_procedure", _("已导入其他程序")
    CHECK_RETURNED = "check_returned", _("退回重办")
    CO_WORKING = "co_working", _("协办中")
    CO_OPINION_GIVEN = "co_opinion_given", _("已提协办意见")
    RETURNED = "returned", _("已退回")
    CANCELLED = "cancelled", _("已取消")


class ReviewStatus(models.TextChoices):
    """复查、复核状态."""

    APPLIED = "applied", _("已申请")
    SUPPLEMENT = "supplement", _("待补正")
    ADMITTED = "admitted", _("已受理")
    REFUSED = "refused", _("不予受理")
    WITHDRAWN = "withdrawn", _("已撤回")
    EXAMINING = "examining", _("审查中")
    HEARING = "hearing", _("听证中")
    DECIDED = "decided", _("已决定待送达")
    DELIVERED = "delivered", _("已送达")
    CLOSED = "closed", _("已结束")


class HearingStatus(models.TextChoices):
    """听证状态."""

    PROPOSED = "proposed", _("已提出")
    APPROVED = "approved", _("已批准")
    NOTICED = "noticed", _("已通知")
    HELD = "held", _("已举行")
    CONCLUDED = "concluded", _("已有结论")
    DROPPED = "dropped", _("不举行")


ENDED_REVIEW = frozenset({ReviewStatus.REFUSED, ReviewStatus.WITHDRAWN, ReviewStatus.CLOSED})
ENDED_HEARING = frozenset({HearingStatus.CONCLUDED, HearingStatus.DROPPED})
GAVE_UP = frozenset({AssignmentStatus.RETURNED, AssignmentStatus.CANCELLED})
"""What a unit gave back, or what was taken from it, is with it no more."""
ENDED_ASSIGNMENT = GAVE_UP | {AssignmentStatus.DONE}
OPINION_IS_OUT = frozenset(
    {
        AssignmentStatus.OPINION_ISSUED,
        AssignmentStatus.DELIVERED,
        AssignmentStatus.REPORTED,
        AssignmentStatus.CHECK_RETURNED,
    }
)
# Ends beside 办结, each with its paper or its reason (C7).
ENDED_OTHERWISE = frozenset(
    {
        PetitionStatus.MERGED,
        PetitionStatus.REPLIED_DIRECT,
        PetitionStatus.DECLINED,
        PetitionStatus.DECLINED_FINAL,
        PetitionStatus.ROUTED_OUT,
        PetitionStatus.FILED,
        PetitionStatus.WITHDRAWN,
    }
)
