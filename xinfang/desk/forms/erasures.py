"""What is written down of a request to destroy."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Pick, Text
from xinfang.petitions.codes import DeliveryMode, ErasureReason

_TOLD = (DeliveryMode.IN_PERSON, DeliveryMode.MAIL, DeliveryMode.ELECTRONIC, DeliveryMode.OTHER)


class Ask(DeskForm):
    """On the petitioner's paper."""

    reason = Pick(label=gettext_lazy("申请理由"), choices=ErasureReason.choices)
    is_known = forms.BooleanField(label=gettext_lazy("已核对：申请书由信访人本人签名"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_known"].error_messages["required"] = gettext_lazy("请先核对签名，再勾选这一项。")


class Refuse(DeskForm):
    """Why not."""

    refusal = Text(
        label=gettext_lazy("不同意的理由"), max_length=200, help_text=gettext_lazy("要告诉信访人，不写人名。")
    )


class Tell(DeskForm):
    """How he was told."""

    told_by = Pick(label=gettext_lazy("告知方式"), choices=[(one.value, one.label) for one in _TOLD])
