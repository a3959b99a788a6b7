"""The words of the choices, and the only texts that leave the house."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xinfang.foundation.text import Text


class Means(TextChoices):
    """告知方式: how a petitioner wants to hear that there is something new. Papers are delivered whatever he chose."""

    PAPER = "paper", _("书面")
    SMS = "sms", _("短信")
    EMAIL = "email", _("电子邮件")
    NONE = "none", _("不另行提醒")


SENT = frozenset({Means.SMS, Means.EMAIL})


class Kind(TextChoices):
    """What a bell says."""

    ARRIVED = "arrived", _("收到新的承办件")
    PASSED_ON = "passed_on", _("有件转交给您")
    RETURNED = "returned", _("办理结果被退回")
    REVIEWED = "reviewed", _("复查、复核改变了处理意见")
    OBJECTED = "objected", _("承办单位提出异议")
    ANSWERED = "answered", _("异议已答复")
    KEPT = "kept", _("有件等专人办理")
    FOR_DISCIPLINE = "discipline", _("有检举控告件等纪检监察机关接收")
    TO_SIGN = "to_sign", _("处理意见草稿等您签发")
    DUE_SOON = "due_soon", _("期限将到")
    OVERDUE = "overdue", _("已经超期")


class Mail(TextChoices):
    """邮件提醒: whether an officer's bells also come by e-mail."""

    NONE = "none", pgettext_lazy("mail", "不发")
    EACH = "each", _("随时")
    DIGEST = "digest", _("每日一次")


class Why(TextChoices):
    """Why a message was given up. Short, and without a word of the other side's answer, which may repeat the address."""

    REFUSED = "refused", _("对方拒收")
    UNREACHED = "unreached", _("多次未能发出")


@dataclass(frozen=True)
class Template:
    """%(count)s is all that a text may be told."""

    title: Text
    text: Text


TEMPLATES: dict[str, Template] = {
    "progress": Template(_("信访件进展提醒"), _("您的信访件有新的进展，请凭编号和查询码查询")),
    "bell": Template(_("待办提醒"), _("您有新的待办提醒，请登录网上信访办公大厅查看")),
    "digest": Template(_("待办提醒"), _("您有 %(count)s 条新的待办提醒，请登录网上信访办公大厅查看")),
}
