"""复查、复核: applied for on paper, taken up or not, decided, delivered, handled anew."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.branches import NamesAUnit
from xinfang.desk.forms.fields import Day, Files, Find, Pick, Text, marked, offer
from xinfang.desk.forms.handling import Deliver
from xinfang.desk.forms.move import MoveForm
from xinfang.desk.forms.turnings import AskSupplement, EndSupplement
from xinfang.petitions import reviews
from xinfang.petitions.codes import LateGround, ReviewDecision, ReviewLevel, ReviewRefusal
from xinfang.petitions.models.review import MOST_REDO_DAYS


class RedoDays(forms.IntegerField):
    """几日内重新办理."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("几日内重新办理"),
            required=False,
            min_value=1,
            max_value=MOST_REDO_DAYS,
            help_text=gettext_lazy("撤销的填写日数，例如 30，最多60日；从送达之日起算。"),
        )


CHANGED = gettext_lazy("（变更后有要落实的才填）")


class ToDo(Text):
    """变更以后要落实的事."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("变更后要落实的事"),
            rows=2,
            max_length=500,
            required=False,
            help_text=gettext_lazy(
                "送达以后，原意见承诺的各项都到此为止，由它代替；维持的项目也要写进来。承办人会收到提醒。没有要落实的，两项都不填。"
            ),
        )


class ToDoBy(Day):
    """变更以后最迟哪一天落实."""

    def __init__(self) -> None:
        super().__init__(label=gettext_lazy("最迟哪一天落实"), required=False)


class WithScan(MoveForm):
    """A paper that is uploaded now, or was taken in before."""

    scan = Files(label=gettext_lazy("扫描件"), required=False)
    kept = Pick(
        label=gettext_lazy("已收的扫描件"),
        required=False,
        help_text=gettext_lazy("已经作为材料收下的，在这里选，不必再传。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        petition = getattr(self.subject, "petition", self.subject)
        self.evidence = {str(one.pk): one for one in petition.evidence.order_by("-id")}
        offer(self, "kept", [(pk, f"{one.label} {one.added_at:%Y-%m-%d}") for pk, one in self.evidence.items()])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if len(said.get("scan", ())) + bool(said.get("kept")) != 1 and not self.errors:
            self.add_error("scan", _("请上传一份扫描件，或者选一份已收的，只要一份。"))
        return said

    def arguments(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("scan", "kept")}
        return {**said, "scan": self.evidence.get(self.cleaned_data["kept"])}


class ApplyReview(WithScan):
    """申请复查、复核, from the petitioner's paper."""

    template_name = "desk/petitions/apply_review.html"
    level = Pick(label=gettext_lazy("申请"), choices=ReviewLevel.choices)
    organ = Pick(
        label=gettext_lazy("向哪个机关申请"),
        help_text=gettext_lazy("照申请书所写选；写错机关的，先告知信访人，列出的机关才有权复查、复核。"),
    )
    applied_on = Day(
        label=gettext_lazy("申请日期"),
        help_text=gettext_lazy("当面递交的是递交之日，邮寄的以邮戳日为准；是否逾期按这一天算。"),
        initial=timezone.localdate,
    )
    received_on = Day(
        label=gettext_lazy("收到日期"),
        help_text=gettext_lazy("办理期限从这一天起算。"),
        initial=timezone.localdate,
    )
    request = Text(label=gettext_lazy("请求、事实和理由"), rows=6, max_length=5000)
    field_order = ("level", "organ", "applied_on", "received_on", "request", "scan", "kept")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.opinion = reviews.opinion_of(self.subject)
        self.next = reviews.offer(self.subject)
        organs = self._organs()
        offer(self, "organ", [(organ, organ) for organ in organs])
        if self.next:
            self.initial.setdefault("level", self.next.level)
            if len(organs) == 1:
                self.initial.setdefault("organ", organs[0])

    def _organs(self) -> tuple[str, ...]:
        """Those that may be asked at this level. Who asked at the other is registered too: chosen, it brings its own organs."""
        if self.opinion is None or self.next is None:
            return ()
        level = self.data.get(self.add_prefix("level"), "")
        if level in ReviewLevel.values and level != self.next.level:
            return reviews.organs_for(self.opinion, ReviewLevel(level), reviews.review_of(self.opinion))
        return self.next.organs

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        return {**said, "level": ReviewLevel(said["level"])}

    def panel(self) -> dict[str, Any]:
        return {"opinion": self.opinion, "next": self.next}


class OfReview(MoveForm):
    """The page shows the application above the form."""

    template_name = "desk/reviews/move.html"

    def panel(self) -> dict[str, Any]:
        return {"review": self.subject, "finding": getattr(self.subject, "finding", None)}


class AskReviewSupplement(AskSupplement):
    """要求补正."""

    template_name = "desk/reviews/move.html"

    def panel(self) -> dict[str, Any]:
        return {"review": self.subject}


class EndReviewSupplement(EndSupplement):
    """结束补正."""


LATE = gettext_lazy("（逾期的要填）")


class AdmitReview(OfReview):
    """受理."""

    late_ground = marked(
        Pick(
            label=gettext_lazy("逾期仍受理的理由"),
            choices=LateGround.choices,
            required=False,
            help_text=gettext_lazy("没有逾期的不填。"),
        ),
        LATE,
    )
    late_excuse = marked(Text(label=gettext_lazy("查明的情况和证据"), rows=3, max_length=500, required=False), LATE)

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "late_ground": LateGround(said["late_ground"]) if said["late_ground"] else None}


class RefuseReview(OfReview):
    """不予受理."""

    ground = Pick(label=gettext_lazy("不予受理的理由"), choices=ReviewRefusal.choices)
    reason = Text(label=gettext_lazy("具体说明"), rows=3, max_length=500)
    right_road = Text(
        label=gettext_lazy("信访人可以走的途径"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("由哪个机关、怎样办理，告知书照此印出。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.subject.is_late:
            self.initial.setdefault("ground", ReviewRefusal.OUT_OF_TIME)
        elif self.subject.level == ReviewLevel.FINAL_REVIEW and not self.subject.previous_id:
            self.initial.setdefault("ground", ReviewRefusal.SKIPPED_LEVEL)

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "ground": ReviewRefusal(self.cleaned_data["ground"])}


class AskReviewWithdrawal(WithScan):
    """申请撤回, from the petitioner's paper."""

    template_name = "desk/reviews/move.html"
    statement = Text(
        label=gettext_lazy("信访人写的话"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("照信访人书面申请录入，写明他为什么撤回。"),
    )
    field_order = ("statement", "scan", "kept")

    def panel(self) -> dict[str, Any]:
        return {"review": self.subject}


class CalledBack(OfReview):
    """撤回 or 不予撤回: what he said when he was asked."""

    called_back = Text(
        label=gettext_lazy("核实情况"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("何时、怎样与信访人本人核实，他怎么说。"),
    )

    def panel(self) -> dict[str, Any]:
        asked = self.subject.withdrawals.filter(is_voluntary__isnull=True).first()
        if asked:
            asked.review = self.subject
        return {**super().panel(), "asked_back": asked}


class DecideReview(OfReview):
    """作出复查、复核意见."""

    decision = Pick(label=gettext_lazy("决定"), choices=ReviewDecision.choices)
    examined = Text(
        label=gettext_lazy("审查经过"),
        rows=3,
        max_length=5000,
        help_text=gettext_lazy("调取了什么材料，听取了谁的意见，有没有听证。"),
    )
    findings = Text(label=gettext_lazy("查明的事实"), rows=5, max_length=10000)
    basis = Text(label=gettext_lazy("依据"), rows=2, max_length=500)
    outcome = Text(
        label=gettext_lazy("决定的内容"),
        rows=3,
        max_length=5000,
        help_text=gettext_lazy("维持的写明为什么；变更的写明变更为什么；撤销的写明问题和重新办理的要求。"),
    )
    redo_days = marked(RedoDays(), gettext_lazy("（撤销的要填）"))
    to_do, to_do_by = marked(ToDo(), CHANGED), marked(ToDoBy(), CHANGED)

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "decision": ReviewDecision(self.cleaned_data["decision"])}


class RecordReview(WithScan):
    """录入上级复查、复核结果."""

    template_name = "desk/reviews/move.html"
    decision = Pick(label=gettext_lazy("决定"), choices=ReviewDecision.choices)
    outside_number = forms.CharField(label=gettext_lazy("意见书文号"), max_length=60)
    decided_on = Day(label=gettext_lazy("作出日期"))
    findings = Text(label=gettext_lazy("查明的事实"), rows=4, max_length=10000)
    outcome = Text(label=gettext_lazy("决定的内容"), rows=3, max_length=5000)
    redo_days = marked(RedoDays(), gettext_lazy("（撤销的要填）"))
    to_do, to_do_by = marked(ToDo(), CHANGED), marked(ToDoBy(), CHANGED)
    field_order = (
        *("decision", "outside_number", "decided_on", "findings", "outcome", "redo_days", "to_do", "to_do_by"),
        *("scan", "kept"),
    )

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        return {**said, "decision": ReviewDecision(said["decision"])}

    def panel(self) -> dict[str, Any]:
        return {"review": self.subject}


class DeliverReview(Deliver):
    """送达复查、复核意见."""

    template_name = "desk/reviews/deliver.html"

    def server(self) -> int:
        return int(self.subject.petition.organ_id)

    def may_be_filed(self) -> bool:
        return False

    def panel(self) -> dict[str, Any]:
        return {"review": self.subject, "finding": getattr(self.subject, "finding", None)}


class OrderRedo(NamesAUnit):
    """责令重新办理."""

    template_name = "desk/reviews/move.html"
    unit = Find(label=gettext_lazy("由哪个单位重新办理"))
    requirement = Text(label=gettext_lazy("重新办理的要求"), rows=3, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("unit", self.subject.respondent.code)

    def panel(self) -> dict[str, Any]:
        return {"review": self.subject, "finding": getattr(self.subject, "finding", None)}
