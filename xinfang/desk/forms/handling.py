"""签收 to 审核: the unit's own work, and the bureau's look at it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.base import speak
from xinfang.desk.forms.fields import Day, Pick, Shown, Text, offer
from xinfang.desk.forms.move import MoveForm
from xinfang.organizations.models import Officer
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import DeliveryMode, OpinionResult, PetitionerView
from xinfang.petitions.models import CoOpinion, Opinion


class Accept(MoveForm):
    """受理告知."""

    handler = Pick(label=gettext_lazy("承办人"), required=False, help_text=gettext_lazy("不选的，由您本人承办。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "handler", choices.officers_of(self.subject.unit_id, timezone.localdate()))

    def arguments(self) -> dict[str, Any]:
        username = self.cleaned_data["handler"]
        return {"handler": Officer.objects.get(username=username) if username else None}


class PassOn(MoveForm):
    """转交同事."""

    to = Pick(label=gettext_lazy("接手人"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", choices.officers_of(self.subject.unit_id, timezone.localdate()))

    def arguments(self) -> dict[str, Any]:
        return {"to": Officer.objects.get(username=self.cleaned_data["to"])}


class Handle(MoveForm):
    """承办."""

    text = Text(label=gettext_lazy("与信访人联系的情况"), rows=4, max_length=5000)


class DraftOpinion(MoveForm):
    """拟写处理意见: three fields for each demand, `finding_1`, `basis_1`, `result_1` and so on."""

    template_name = "desk/assignments/draft_opinion.html"
    remedy_organ = forms.CharField(
        label=gettext_lazy("复查机关"),
        max_length=60,
        help_text=gettext_lazy("信访人不服时向哪个机关请求复查，写全称。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.demands = list(self.subject.petition.demands.order_by("n"))
        for demand in self.demands:
            self._ask_about(demand.n)
        self._take_up(self.subject.opinions.order_by("-id").first())

    def panel(self) -> dict[str, Any]:
        """What the units that help have said, for the lead to work in."""
        petition = self.subject.petition
        if not petition.has_co_handlers:
            return {}
        said = CoOpinion.objects.filter(assignment__petition=petition).select_related("assignment__unit")
        return {"co_opinions": list(said.order_by("id"))}

    def _ask_about(self, n: int) -> None:
        for name, field in _answer_fields(n).items():
            speak(field)
            self.fields[name] = field

    def _take_up(self, draft: Opinion | None) -> None:
        """A later draft begins where the last one ended."""
        if draft is None:
            return
        self.initial.setdefault("remedy_organ", draft.remedy_organ)
        for answer in draft.answers.select_related("demand"):
            for part in ("finding", "basis", "result"):
                self.initial.setdefault(f"{part}_{answer.demand.n}", getattr(answer, part))

    def blocks(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each demand with its three fields, for the template."""
        return [(d, [self[f"{part}_{d.n}"] for part in ("finding", "basis", "result")]) for d in self.demands]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        for n in [demand.n for demand in self.demands if _is_begun(said, demand.n)]:
            if not said.get(f"result_{n}"):
                self.add_error(f"result_{n}", _("请选择第 %(n)s 项诉求的结果。") % {"n": n})
        if not any(_is_begun(said, demand.n) for demand in self.demands):
            self.add_error(None, _("请至少写出一项诉求的答复。"))
        return said

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        answers = {
            n: AnswerText(said[f"finding_{n}"], said[f"basis_{n}"], OpinionResult(said[f"result_{n}"]))
            for n in (demand.n for demand in self.demands)
            if _is_begun(said, n)
        }
        return {"answers": answers, "remedy_organ": said["remedy_organ"]}


def _answer_fields(n: int) -> dict[str, forms.Field]:
    return {
        f"finding_{n}": Text(label=_("查明的事实"), rows=3, max_length=5000, required=False),
        f"basis_{n}": Text(label=_("依据"), rows=2, max_length=500, required=False),
        f"result_{n}": Pick(label=_("结果"), choices=OpinionResult.choices, required=False),
    }


def _is_begun(said: dict[str, Any], n: int) -> bool:
    return any(said.get(f"{part}_{n}") for part in ("finding", "basis", "result"))


class IssueOpinion(MoveForm):
    """出具处理意见: the head reads the draft and signs."""

    template_name = "desk/assignments/issue_opinion.html"
    draft = Shown()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = self.subject.opinions.order_by("-id").first()
        self.initial["draft"] = (self.last.pk,) if self.last else ()

    def arguments(self) -> dict[str, Any]:
        return {"draft": next(iter(self.cleaned_data["draft"]), 0)}

    def panel(self) -> dict[str, Any]:
        answers = self.last.answers.select_related("demand").order_by("demand__n") if self.last else []
        return {"draft": self.last, "answers": list(answers)}


class Deliver(MoveForm):
    """送达."""

    mode = Pick(label=gettext_lazy("送达方式"), choices=DeliveryMode.choices)
    delivered_on = Day(label=gettext_lazy("送达日期"), initial=timezone.localdate)
    proof = forms.CharField(
        label=gettext_lazy("送达证明"),
        max_length=200,
        help_text=gettext_lazy("本人签收、拒收的见证人，或者邮寄单号。"),
    )

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "mode": DeliveryMode(self.cleaned_data["mode"])}


class Report(MoveForm):
    """办结报告."""

    process = Text(label=gettext_lazy("办理经过"), rows=6, max_length=10000)
    view = Pick(label=gettext_lazy("信访人态度"), choices=PetitionerView.choices)

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "view": PetitionerView(self.cleaned_data["view"])}


class CheckResult(MoveForm):
    """审核."""

    template_name = "desk/assignments/check_result.html"
    note = Text(label=gettext_lazy("审核意见"), rows=3, max_length=500)

    def panel(self) -> dict[str, Any]:
        return {"report": self.subject.reports.order_by("-id").first()}
