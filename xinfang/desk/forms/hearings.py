"""听证: proposed, told of, held, concluded, dropped."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.fields import Moment, Pick, Text
from xinfang.desk.forms.move import MoveForm
from xinfang.petitions.codes import HearingClosed


class ProposeHearing(MoveForm):
    """提出听证."""

    reason = Text(
        label=gettext_lazy("为什么需要听证"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("重大、复杂、疑难在哪里，要查清什么。"),
    )


class OfHearing(MoveForm):
    """The page shows the hearing above the form."""

    template_name = "desk/hearings/move.html"

    def panel(self) -> dict[str, Any]:
        return {"hearing": self.subject}


class NoticeHearing(OfHearing):
    """听证通知."""

    starts_at = Moment(label=gettext_lazy("时间"), help_text=gettext_lazy("至少在七日以后。"))
    place = forms.CharField(label=gettext_lazy("地点"), max_length=200)
    host = forms.CharField(
        label=gettext_lazy("主持人"), max_length=50, help_text=gettext_lazy("写姓名；不能是参与过调查或者原意见的人。")
    )
    members = Text(
        label=gettext_lazy("听证员"),
        rows=5,
        max_length=2000,
        help_text=gettext_lazy("单数，至少三人；一行一人，先写姓名，空一格写单位或者身份。"),
    )
    closed_for = Pick(
        label=gettext_lazy("不公开的理由"),
        choices=HearingClosed.choices,
        required=False,
        help_text=gettext_lazy("公开举行的不填。"),
    )

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "closed_for": HearingClosed(said["closed_for"]) if said["closed_for"] else None}


class ReplaceHost(OfHearing):
    """更换主持人."""

    host = forms.CharField(label=gettext_lazy("新的主持人"), max_length=50)
    reason = Text(label=gettext_lazy("回避的理由"), rows=3, max_length=500)


class HoldHearing(OfHearing):
    """举行听证."""

    record = Text(
        label=gettext_lazy("听证笔录"),
        rows=10,
        max_length=50000,
        help_text=gettext_lazy("到场的人，各方陈述、质证和辩论的要点。"),
    )
    signed = Text(
        label=gettext_lazy("签字情况"),
        rows=2,
        max_length=500,
        help_text=gettext_lazy("谁签了字；拒绝签字的写明理由。"),
    )


class ConcludeHearing(OfHearing):
    """听证结论."""

    conclusion = Text(
        label=gettext_lazy("评议意见"), rows=6, max_length=10000, help_text=gettext_lazy("写明票数和不同意见。")
    )


class DropHearing(OfHearing):
    """不举行听证."""

    reason = Text(
        label=gettext_lazy("不举行的理由"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("已经发出听证通知的，这些话写进给信访人的答复函。"),
    )
