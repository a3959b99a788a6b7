"""增加协办, 协办意见, 调解和解."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.fields import Day, Find, Text, marked, offer
from xinfang.desk.forms.move import MoveForm
from xinfang.petitions.codes import MediationOutcome


class AddCoHandler(MoveForm):
    """增加协办."""

    unit = Find(label=gettext_lazy("协办单位"))
    requirement = Text(
        label=gettext_lazy("协办要求"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("请它查明什么、提出什么意见，协办函照此印出。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", choices.leading_units(timezone.localdate()))

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "unit": choices.unit_of(self.cleaned_data["unit"])}


class GiveCoOpinion(MoveForm):
    """提出协办意见."""

    text = Text(
        label=gettext_lazy("协办意见"),
        rows=6,
        max_length=5000,
        help_text=gettext_lazy("写给主办单位：查明的事实、依据和建议。不直接答复信访人。"),
    )


AGREED = gettext_lazy("（达成协议的要填）")


class Mediate(MoveForm):
    """调解和解."""

    template_name = "desk/assignments/mediate.html"
    outcome = forms.ChoiceField(
        label=gettext_lazy("调解结果"), choices=MediationOutcome.choices, widget=forms.RadioSelect
    )
    mediator = forms.CharField(label=gettext_lazy("调解人"), max_length=50)
    held_on = Day(label=gettext_lazy("调解日期"), initial=timezone.localdate)
    terms = marked(Text(label=gettext_lazy("协议内容"), rows=5, max_length=5000, required=False), AGREED)
    perform_by = marked(Day(label=gettext_lazy("履行日期"), required=False), AGREED)

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "outcome": MediationOutcome(self.cleaned_data["outcome"])}
