"""更正: one field at a time, with a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.base import DeskForm, speak
from xinfang.desk.forms.fields import Count, Day, Find, Moment, Text, offer
from xinfang.petitions.models.correction import CorrectedField

F = CorrectedField
LABEL = gettext_lazy("更正为")


class CorrectStart(DeskForm):
    """The day that the proof shows."""

    on = Day(label=gettext_lazy("实际收到的日期"))
    proof = forms.CharField(
        label=gettext_lazy("证据"), max_length=120, help_text=gettext_lazy("回执、邮政查单的名称和编号，不写人名。")
    )
    reason = Text(label=gettext_lazy("原来为什么记错"), rows=3, max_length=500)


class AnnotateReceipt(DeskForm):
    """The time that a paper shows."""

    shown_at = Moment(label=gettext_lazy("凭据所示的收到时间"))
    proof = forms.CharField(
        label=gettext_lazy("凭据"), max_length=120, help_text=gettext_lazy("收据、邮戳、签收本的名称和编号，不写人名。")
    )
    reason = Text(
        label=gettext_lazy("登记的时间为什么不对"), rows=3, max_length=200, help_text=gettext_lazy("不写人名。")
    )


class AskCorrection(DeskForm):
    """The new value, asked for as the field was asked for at intake, and why."""

    reason = Text(label=gettext_lazy("更正理由"), rows=3, max_length=200, help_text=gettext_lazy("不写人名。"))

    def __init__(self, *args: Any, field: CorrectedField, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {"new": _box(field), **self.fields}
        speak(self.fields["new"])
        if field is F.DIVISION:
            offer(self, "new", choices.divisions())
        elif field is F.CATEGORY:
            offer(self, "new", choices.categories())

    def clean_new(self) -> str:
        return str(self.cleaned_data["new"])


def _box(field: CorrectedField) -> forms.Field:
    if field in (F.DIVISION, F.CATEGORY):
        return Find(label=LABEL)
    if field is F.PERSONS_INVOLVED:
        return Count(label=LABEL)
    if field is F.SUMMARY:
        return Text(label=LABEL, max_length=500)
    return forms.CharField(label=LABEL, max_length=50 if field is F.TITLE else 200)
