"""纪检接收, 书面反馈."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.fields import Text
from xinfang.desk.forms.move import MoveForm
from xinfang.petitions.codes import DisciplineOutcome


class TakeUp(MoveForm):
    """纪检接收."""

    note = Text(
        label=gettext_lazy("备注"),
        rows=2,
        max_length=500,
        required=False,
        help_text=gettext_lazy("例如交哪个室办理。可以不写；只有能看这一件的人看得到。"),
    )


class AnswerAccusation(MoveForm):
    """书面反馈."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("结果"),
        choices=[(one.value, one.label) for one in DisciplineOutcome],
        widget=forms.RadioSelect,
    )
    destination = forms.CharField(
        label=gettext_lazy("转到哪个机关"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("只有转有管理权限的机关时填全称；不能是被反映的单位。"),
    )
    answer = Text(
        label=gettext_lazy("反馈内容"),
        rows=6,
        max_length=5000,
        help_text=gettext_lazy("照此印在答复函上，寄给署名的信访人；不写被反映人的隐私。没有署名的，只记在这里。"),
    )

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "outcome": DisciplineOutcome(self.cleaned_data["outcome"])}
