"""Every state of the machines of domain 3.3 and 3.4."""

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


ENDED_ASSIGNMENT = frozenset({AssignmentStatus.DONE, AssignmentStatus.RETURNED, AssignmentStatus.CANCELLED})
