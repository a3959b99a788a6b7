"""What editor and approver type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Pick, Text
from xinfang.organizations.models import Officer
from xinfang.petitions import queries
from xinfang.petitions.models import Petition
from xinfang.publishing.models import LONGEST_BODY, LONGEST_TITLE, Column


class TextForm(DeskForm):
    """改稿: title and text."""

    title = forms.CharField(
        label=gettext_lazy("标题"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("办事问答的标题写成问题，例如：材料交了没有回音怎么办？"),
    )
    body = Text(
        label=gettext_lazy("正文"),
        rows=14,
        max_length=LONGEST_BODY,
        help_text=gettext_lazy("空一行就是另起一段。不写姓名、证件号码、电话和门牌，系统会检查。"),
    )


class DraftForm(TextForm):
    """起草."""

    field_order = ("column", "petition")
    column = Pick(label=gettext_lazy("栏目"), choices=Column.choices)
    petition = forms.CharField(
        label=gettext_lazy("信访件编号"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("只用于信访案件信息：系统照这一件检查姓名和住址。编号不公开。"),
    )

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.officer = officer

    def clean_column(self) -> Column:
        return Column(self.cleaned_data["column"])

    def clean_petition(self) -> Petition | None:
        """Unknown and forbidden look the same."""
        number = self.cleaned_data["petition"].strip().upper()
        if not number:
            return None
        found = queries.visible_to(self.officer).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(gettext_lazy("没有这件信访件，或者它不对您开放。"))
        return found


class ApproveForm(DeskForm):
    """批准."""

    is_covered = forms.BooleanField(label=gettext_lazy("我已读过全文，从里面看不出是哪个人、哪一家"), required=False)


class SendBackForm(DeskForm):
    """退回."""

    answer = Text(label=gettext_lazy("要改什么"), rows=3, max_length=200)


class WithdrawForm(DeskForm):
    """撤下."""

    reason = Text(
        label=gettext_lazy("撤下的原因"), rows=2, max_length=200, help_text=gettext_lazy("会公布在原处。不写人名。")
    )
    hides_title = forms.BooleanField(label=gettext_lazy("标题也不显示"), required=False)
