"""转送, 交办, 自办; 办结, 评价, 归档."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.fields import Day, Files, Pick, Text, offer
from xinfang.desk.forms.move import MoveForm
from xinfang.desk.forms.triage import WithProposal
from xinfang.petitions.codes import EvaluationValue


class Assign(WithProposal):
    """交办."""

    requirement = Text(label=gettext_lazy("交办要求"), rows=3, max_length=500)
    feedback_due = Day(
        label=gettext_lazy("反馈期限"),
        required=False,
        help_text=gettext_lazy("不填的，为办理期限的最后一日。"),
    )


class Void(MoveForm):
    """作废."""

    reason = Text(label=gettext_lazy("作废理由"), rows=2, max_length=500)


class Evaluate(MoveForm):
    """评价: from the petitioner's paper form."""

    bureau = forms.ChoiceField(
        label=gettext_lazy("对信访部门的评价"), choices=EvaluationValue.choices, widget=forms.RadioSelect
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("对承办单位的评价"), choices=EvaluationValue.choices, widget=forms.RadioSelect
    )
    reason = Text(
        label=gettext_lazy("原因"),
        rows=3,
        required=False,
        max_length=500,
        help_text=gettext_lazy("有一项不满意的，照信访人所写填写原因。"),
    )

    scan = Files(label=gettext_lazy("评价表扫描件"), required=False)
    kept = Pick(
        label=gettext_lazy("已收的评价表"),
        required=False,
        help_text=gettext_lazy("评价表已经作为材料收下的，在这里选，不必再传。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.evidence = {str(one.pk): one for one in self.subject.evidence.order_by("-id")}
        offer(self, "kept", [(pk, f"{one.label} {one.added_at:%Y-%m-%d}") for pk, one in self.evidence.items()])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if len(said.get("scan", ())) + bool(said.get("kept")) != 1 and not self.errors:
            self.add_error("scan", _("请上传评价表扫描件，或者选一份已收的，只要一份。"))
        return said

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        kept = self.evidence.get(said["kept"])
        ratings = {name: EvaluationValue(said[name]) for name in ("bureau", "unit")}
        return {**ratings, "reason": said["reason"], "scan": kept}
