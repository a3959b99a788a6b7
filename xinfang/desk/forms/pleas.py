"""What a clerk writes down for a petitioner who has no phone, and the reply to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Files, Pick, Text
from xinfang.desk.forms.people import LONGEST_NAME, LONGEST_NUMBER
from xinfang.foundation import id_numbers
from xinfang.petitions.codes import IdentityProof, PleaKind, PleaWay
from xinfang.petitions.models.petitioner import Identity

WAYS = [(way.value, way.label) for way in PleaWay if way != PleaWay.PORTAL]


class EnterPlea(DeskForm):
    """代录催办、更正请求: from his mouth, by telephone or from his paper."""

    kind = Pick(label=gettext_lazy("信访人要"), choices=PleaKind.choices)
    way = Pick(label=gettext_lazy("他怎样提的"), choices=WAYS)
    text = Text(
        label=gettext_lazy("信访人的话"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("照他的话记，念给他听。"),
    )
    scan = Files(
        label=gettext_lazy("纸条扫描件"),
        required=False,
        help_text=gettext_lazy("他写了纸条的，扫描或者拍照附上。"),
    )


class ReplyToPlea(DeskForm):
    """回话."""

    text = Text(
        label=gettext_lazy("回话"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("信访人凭查询码看得到，不写工作人员和别人的姓名。"),
    )


class RenewCodes(DeskForm):
    """补办登记单: what stands on the card that lies on the desk."""

    number = forms.CharField(
        label=gettext_lazy("编号"),
        max_length=18,
        help_text=gettext_lazy("不记得编号的，用查找里的“按姓名”查（须写原因）。"),
    )
    name = forms.CharField(label=gettext_lazy("证件上的姓名"), max_length=LONGEST_NAME)
    id_no = forms.CharField(
        label=gettext_lazy("证件号码"),
        max_length=LONGEST_NUMBER,
        required=False,
        help_text=gettext_lazy("登记时留了证件号码的，必须填。"),
    )
    phone = forms.CharField(
        label=gettext_lazy("登记时留的电话"),
        max_length=LONGEST_NUMBER,
        required=False,
        help_text=gettext_lazy("登记时没有留证件号码的，填电话。"),
    )
    proof = Pick(label=gettext_lazy("怎样核对的身份"), choices=IdentityProof.choices)

    def shown(self) -> Identity:
        """What was read from the card."""
        said: dict[str, Any] = self.cleaned_data
        return Identity(name=said["name"], id_no=id_numbers.plain(said["id_no"]), phone=said["phone"])
