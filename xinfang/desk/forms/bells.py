"""邮件提醒."""

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Pick
from xinfang.notices.words import Mail


class MailForm(DeskForm):
    """How, and where to."""

    mail = Pick(label=gettext_lazy("邮件提醒"), choices=Mail.choices)
    address = forms.CharField(
        label=gettext_lazy("电子邮箱"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("用单位邮箱。邮件只说有新的提醒，不写信访人、单位和事由。"),
    )
