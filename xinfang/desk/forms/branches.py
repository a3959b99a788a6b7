"""异议, 改派, 裁定, 取消, 撤回, 重新办理."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy

from xinfang.deadlines.queries import running_of
from xinfang.deadlines.terms import Clock
from xinfang.desk.forms import choices
from xinfang.desk.forms.fields import Day, Find, Pick, Text, offer
from xinfang.desk.forms.move import MoveForm
from xinfang.organizations.models import Unit
from xinfang.petitions.codes import AssignmentRole, ReopenGround
from xinfang.petitions.models import Objection, OwnerDecision


class NamesAUnit(MoveForm):
    """A move that says which unit."""

    unit_field = "unit"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, self.unit_field, choices.leading_units(timezone.localdate()))

    def arguments(self) -> dict[str, Any]:
        code = self.cleaned_data[self.unit_field]
        return {**self.cleaned_data, self.unit_field: choices.unit_of(code) if code else None}


class RaiseObjection(NamesAUnit):
    """提出异议."""

    template_name = "desk/assignments/raise_objection.html"
    unit_field = "suggested_unit"
    reason = Text(label=gettext_lazy("不属于本单位职权的理由"), rows=4, max_length=500)
    basis = Text(
        label=gettext_lazy("依据"), rows=2, max_length=200, help_text=gettext_lazy("“三定”规定或者权责清单的条目。")
    )
    suggested_unit = Find(label=gettext_lazy("建议由谁办理"), required=False)

    def panel(self) -> dict[str, Any]:
        return {"last": running_of("assignment", self.subject.pk).filter(clock=Clock.D3).first()}


class AnswerObjection(MoveForm):
    """同意或者不同意退回."""

    template_name = "desk/assignments/answer_objection.html"
    answer = Text(label=gettext_lazy("核实的情况和理由"), rows=4, max_length=500)

    def panel(self) -> dict[str, Any]:
        return {"objection": self.subject.objection}


class _Returned(NamesAUnit):
    """A move of what came back: who had it, from when to when, why it came back, and which days still stand."""

    template_name = "desk/petitions/returned.html"

    def panel(self) -> dict[str, Any]:
        given = self.subject.assignments.filter(role=AssignmentRole.LEAD).select_related(
            "unit", "objection__suggested_unit"
        )
        return {"given": given.order_by("id"), "decision": self.decision}

    @cached_property
    def decision(self) -> OwnerDecision | None:
        made: QuerySet[OwnerDecision] = self.subject.owner_decisions.select_related("unit")
        return made.order_by("-id").first()


class DecideOwner(_Returned):
    """裁定责任单位."""

    unit = Find(label=gettext_lazy("责任单位"))
    reason = Text(label=gettext_lazy("裁定的理由和依据"), rows=4, max_length=500)


class Reassign(_Returned):
    """改派."""

    unit = Find(label=gettext_lazy("改派给"))
    reason = Text(label=gettext_lazy("改派理由"), rows=3, max_length=500)
    requirement = Text(label=gettext_lazy("办理要求"), rows=3, max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if proper := self._proper():
            self.initial.setdefault("unit", proper.code)

    def _proper(self) -> Unit | None:
        """The unit that was decided on; before that, the one that the last objection names, for the dispatcher to look at."""
        if self.decision:
            return self.decision.unit
        last = Objection.objects.filter(assignment__petition=self.subject).select_related("suggested_unit")
        objection = last.order_by("-id").first()
        return objection.suggested_unit if objection else None


class MoveFeedback(MoveForm):
    """调整反馈期限."""

    template_name = "desk/assignments/move_feedback.html"
    day = Day(label=gettext_lazy("新的反馈期限"), help_text=gettext_lazy("晚于原来的日期，不晚于办理期限的最后一日。"))
    reason = Text(label=gettext_lazy("调整的理由"), rows=3, max_length=500)

    def panel(self) -> dict[str, Any]:
        said = self.subject.petition.instructions.select_related("leader").order_by("id")
        return {"instructions": said if self.subject.petition.is_instructed else ()}


class Cancel(MoveForm):
    """取消承办."""

    reason = Text(label=gettext_lazy("取消的理由"), rows=3, max_length=500)


_REOPENED_HERE = [(ground.value, ground.label) for ground in ReopenGround if ground != ReopenGround.REVIEW_DECISION]


class Reopen(NamesAUnit):
    """重新办理. What a review set aside is ordered anew in the review."""

    ground = Pick(label=gettext_lazy("理由"), choices=_REOPENED_HERE)
    unit = Find(label=gettext_lazy("交由哪个单位重新办理"))
    reason = Text(label=gettext_lazy("情况和要求"), rows=4, max_length=500)

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "ground": ReopenGround(self.cleaned_data["ground"])}


class Withdraw(MoveForm):
    """撤回."""

    template_name = "desk/petitions/withdraw.html"
    called_back = Text(
        label=gettext_lazy("回访情况"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("何时、怎样与信访人本人核实，他怎么说。"),
    )

    def panel(self) -> dict[str, Any]:
        return {"asked": self.subject.withdrawals.filter(is_voluntary__isnull=True).first()}
