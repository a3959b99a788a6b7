"""简易办理, 其他法定程序, 补充材料, 延期, 退回重办."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.fields import Day, Pick, Text
from xinfang.desk.forms.handling import Accept
from xinfang.desk.forms.move import MoveForm
from xinfang.petitions.codes import STATUTORY, Procedure, SimpleGround
from xinfang.petitions.models import Remark
from xinfang.petitions.obstacles.turnings import last_day_of_simple


class AcceptSimple(Accept):
    """简易受理."""

    template_name = "desk/assignments/accept_simple.html"
    ground = Pick(label=gettext_lazy("为什么简易办理"), choices=SimpleGround.choices)
    may_be_refused = forms.BooleanField(
        label=gettext_lazy("有诉求可能不予支持"),
        required=False,
        help_text=gettext_lazy("勾选的不能简易办理。"),
    )

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        ground = SimpleGround(said["ground"])
        return {**super().arguments(), "ground": ground, "may_be_refused": said["may_be_refused"]}

    def panel(self) -> dict[str, Any]:
        return {"last": last_day_of_simple(self.subject)}


class LeaveSimple(MoveForm):
    """转普通程序."""

    reason = Text(label=gettext_lazy("不宜简易办理的理由"), rows=3, max_length=500)


class ToProcedure(MoveForm):
    """按其他法定程序办理, 导入其他法定程序."""

    procedure = Pick(
        label=gettext_lazy("办理程序"), choices=[(one.value, one.label) for one in Procedure if one in STATUTORY]
    )
    right_road = Text(
        label=gettext_lazy("具体途径"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("写明由哪个机关、依照什么法律、怎样办理，告知书照此印出。"),
    )
    procedure_due = Day(
        label=gettext_lazy("法定期限的最后一日"),
        help_text=gettext_lazy("该程序的法律规定的期限；没有规定的，写承诺办理的日期。"),
    )

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "procedure": Procedure(self.cleaned_data["procedure"])}


class ProcedureTaken(MoveForm):
    """法定程序已启动."""

    template_name = "desk/assignments/procedure_taken.html"
    proof = Text(
        label=gettext_lazy("启动的证明"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("立案、受理或者处理文书的名称、文号和日期。"),
    )

    def panel(self) -> dict[str, Any]:
        verbs = ("assignment.accept_procedure", "assignment.route_to_procedure")
        told: Remark | None = self.subject.petition.remarks.filter(act__in=verbs).order_by("-id").first()
        return {"told": told}


class AskSupplement(MoveForm):
    """要求补充材料."""

    missing = Text(
        label=gettext_lazy("还缺的材料"), rows=4, max_length=2000, help_text=gettext_lazy("一次列全，每行一份。")
    )
    until = Day(label=gettext_lazy("请在此日前提交"))


class EndSupplement(MoveForm):
    """结束补充材料."""

    template_name = "desk/assignments/end_supplement.html"
    is_arrived = Pick(
        label=gettext_lazy("材料收到没有"),
        choices=[("yes", gettext_lazy("已经收到")), ("no", gettext_lazy("没有收到，日期已过"))],
    )

    def arguments(self) -> dict[str, Any]:
        return {"is_arrived": self.cleaned_data["is_arrived"] == "yes"}

    def panel(self) -> dict[str, Any]:
        return {"asked": getattr(self.subject, "supplement", None)}


class AskExtension(MoveForm):
    """申请延期."""

    days = forms.IntegerField(
        label=gettext_lazy("延长天数"),
        min_value=1,
        help_text=gettext_lazy("填日数，例如 30；不超过30日，从原期限的最后一日接着计算。"),
    )
    ground = Text(
        label=gettext_lazy("延期理由"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("写具体，例如需委托测绘、鉴定；批准后原样告知信访人。"),
    )


class _AnswerExtension(MoveForm):
    """The head reads what was asked."""

    template_name = "desk/assignments/answer_extension.html"

    def panel(self) -> dict[str, Any]:
        return {"asked": self.subject.extensions.filter(is_granted__isnull=True).first()}


class Extend(_AnswerExtension):
    """批准延期."""

    answer = Text(label=gettext_lazy("审批意见"), rows=2, max_length=500, required=False)


class RefuseExtension(_AnswerExtension):
    """不批准延期."""

    answer = Text(label=gettext_lazy("不批准的理由"), rows=3, max_length=500)


class ReturnResult(MoveForm):
    """退回重办."""

    template_name = "desk/assignments/check_result.html"
    note = Text(
        label=gettext_lazy("退回理由"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("逐条写明，例如“第2项诉求未答复”；通知书照此印出。"),
    )

    def panel(self) -> dict[str, Any]:
        return {"report": self.subject.reports.order_by("-id").first()}


class HandleAgain(MoveForm):
    """重新承办."""

    template_name = "desk/assignments/handle_again.html"

    def panel(self) -> dict[str, Any]:
        return {"returned": self.subject.check_results.filter(is_passed=False).order_by("-id").first()}
