"""签收 to 审核: the unit's own work, and the bureau's look at it."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.base import speak
from xinfang.desk.forms.fields import Checked, Day, Files, Find, Lines, Pick, Shown, Text, marked, offer
from xinfang.desk.forms.move import MoveForm
from xinfang.organizations.models import Officer
from xinfang.petitions import after
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import DeliveryMode, OpinionResult, PetitionerView
from xinfang.petitions.latest import latest_draft, open_co_handlers
from xinfang.petitions.models import Answer, CoOpinion, Opinion
from xinfang.petitions.reply_gate import Gap, gaps_of, right_organs
from xinfang.petitions.service_proof import MOST_WITNESSES


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
        self._offer_doers()
        self._offer_organs()
        self._take_up(self.subject.opinions.order_by("-id").first())

    def panel(self) -> dict[str, Any]:
        """What the units that help have said, for the lead to work in."""
        petition = self.subject.petition
        if not petition.has_co_handlers:
            return {}
        said = CoOpinion.objects.filter(assignment__petition=petition).select_related("assignment__unit")
        return {"co_opinions": list(said.order_by("id"))}

    def _offer_doers(self) -> None:
        """Who may promise: the units that work on it. One alone need not be chosen."""
        helping = open_co_handlers(self.subject.petition) if self.subject.petition.has_co_handlers else []
        units = [self.subject.unit, *(one.unit for one in helping)]
        for demand in self.demands:
            if len(units) > 1:
                offer(self, f"doer_{demand.n}", [(unit.code, unit.name) for unit in units])
            else:
                del self.fields[f"doer_{demand.n}"]

    def _offer_organs(self) -> None:
        """Only the right ones, where the county has named them."""
        if organs := right_organs(self.subject.unit):
            label, hint = self.fields["remedy_organ"].label, _("信访人不服时向哪个机关请求复查，从列表中选择。")
            self.fields["remedy_organ"] = field = Pick(label=label, help_text=hint)
            speak(field)
            field.choices = [(organ, organ) for organ in organs]

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
            for part in ("finding", "basis", "result", "what", "by_day"):
                self.initial.setdefault(f"{part}_{answer.demand.n}", getattr(answer, part))

    def blocks(self) -> list[tuple[Any, list[forms.BoundField], list[forms.BoundField]]]:
        """Each demand with its three fields, and with those of what is supported, for the template."""
        return [(d, self._drawn(_SAID, d.n), self._drawn(_PROMISED, d.n)) for d in self.demands]

    def _drawn(self, parts: tuple[str, ...], n: int) -> list[forms.BoundField]:
        return [self[f"{part}_{n}"] for part in parts if f"{part}_{n}" in self.fields]

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
        answers = {n: _answer_of(said, n) for n in (demand.n for demand in self.demands) if _is_begun(said, n)}
        return {"answers": answers, "remedy_organ": said["remedy_organ"]}


_SAID, _PROMISED = ("finding", "basis", "result"), ("what", "doer", "by_day")


def _answer_of(said: dict[str, Any], n: int) -> AnswerText:
    doer = said.get(f"doer_{n}")
    return AnswerText(
        said[f"finding_{n}"],
        said[f"basis_{n}"],
        OpinionResult(said[f"result_{n}"]),
        doer=choices.unit_of(doer) if doer else None,
        what=said[f"what_{n}"],
        by_day=said[f"by_day_{n}"],
    )


BEFORE_ISSUE = gettext_lazy("（存草稿可以不填，出具以前要填）")


def _answer_fields(n: int) -> dict[str, forms.Field]:
    return {
        f"finding_{n}": marked(Text(label=_("查明的事实"), rows=3, max_length=5000, required=False), BEFORE_ISSUE),
        f"basis_{n}": marked(Text(label=_("依据"), rows=2, max_length=500, required=False), BEFORE_ISSUE),
        f"result_{n}": marked(Pick(label=_("结果"), choices=OpinionResult.choices, required=False), BEFORE_ISSUE),
        f"what_{n}": Text(
            label=_("落实什么"), rows=2, max_length=500, required=False, help_text=_("支持的写；不写的，就是这项诉求。")
        ),
        f"doer_{n}": Pick(label=_("由谁落实"), required=False, help_text=_("不选的，由本单位落实。")),
        f"by_day_{n}": Day(
            label=_("何时落实"),
            required=False,
            help_text=_("不填的，自出具之日起按本级规定的期限；已经落实的，填今天。"),
        ),
    }


def _is_begun(said: dict[str, Any], n: int) -> bool:
    return any(said.get(f"{part}_{n}") for part in ("finding", "basis", "result"))


class IssueOpinion(MoveForm):
    """出具处理意见: the head reads the draft, sees what the gate still misses beside each demand, and signs.

    A basis that the library does not know has a tick of its own, `looked_up_1` and so on; `waiver` stands there only where
    the gate may be overruled.
    """

    template_name = "desk/assignments/issue_opinion.html"
    draft = Shown()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = latest_draft(self.subject)
        self.initial["draft"] = (self.last.pk,) if self.last else ()
        self.answers = drafted_answers(self.subject, self.last)
        self.gaps = self._gaps()
        for n in sorted({gap.n for gap in self.gaps if gap.is_asked}):
            self.fields[f"looked_up_{n}"] = forms.BooleanField(label=_("我已核对，该依据当日有效"), required=False)
        if any(gap.may_be_waived for gap in self.gaps):
            label, hint = (
                _("仍要签发的理由"),
                _("只在法规库或者机关名录有误、情况特殊时填写；理由和次数留痕、计入统计。"),
            )
            waiver = Text(label=label, help_text=hint, rows=3, max_length=500, required=False)
            self.fields["waiver"] = marked(waiver, _("（要签发就要填）"))

    def _gaps(self) -> list[Gap]:
        if self.last is None:
            return []
        self.last.assignment = self.subject
        return gaps_of(self.last, self.answers, on=timezone.localdate())

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        ticked = [gap.n for gap in self.gaps if gap.is_asked and said[f"looked_up_{gap.n}"]]
        draft = next(iter(said["draft"]), 0)
        return {"draft": draft, "looked_up": ticked, "waiver": said.get("waiver", "")}

    def lines(self) -> list[tuple[Answer, list[Gap], forms.BoundField | None, after.Promised | None]]:
        """Each answer with its gaps, the tick it may ask for, and what it would promise, signed now."""
        return [self._line(answer, timezone.now()) for answer in self.answers]

    def _line(self, answer: Answer, at: datetime) -> tuple[Answer, list[Gap], forms.BoundField | None, Any]:
        n = answer.demand.n
        return answer, self._of(n), self._tick(n), after.promised(self.subject, answer, at=at)

    def _of(self, n: int) -> list[Gap]:
        return [gap for gap in self.gaps if gap.n == n]

    def _tick(self, n: int) -> forms.BoundField | None:
        return self[f"looked_up_{n}"] if f"looked_up_{n}" in self.fields else None

    def panel(self) -> dict[str, Any]:
        is_shut = any(not gap.is_asked and not gap.may_be_waived for gap in self.gaps)
        unit = self.subject.unit
        promises = any(answer.result == OpinionResult.SUPPORTED for answer in self.answers)
        told = {"lacks_telephone": None if unit.telephone else unit, "promises": promises}
        return {"draft": self.last, "whole": self._of(0), "is_shut": is_shut, **told}


def drafted_answers(assignment: Any, draft: Opinion | None) -> list[Answer]:
    """In the order of the demands."""
    answers = list(draft.answers.select_related("demand", "doer").order_by("demand__n")) if draft else []
    for answer in answers:
        answer.demand.petition = assignment.petition
    return answers


class Deliver(MoveForm):
    """送达: what the chosen mode asks for stands below it; the signed receipt may come along as a scan."""

    template_name = "desk/assignments/deliver.html"
    mode = Pick(label=gettext_lazy("送达方式"), choices=DeliveryMode.choices)
    delivered_on = Day(label=gettext_lazy("送达日期"), initial=timezone.localdate)
    proof = forms.CharField(
        label=gettext_lazy("送达证明"),
        max_length=200,
        help_text=gettext_lazy(
            "当面写签收人，邮寄写单号，电子写送到的号码或者邮箱，留置写拒收的情形，公告写张贴或者刊登在哪里。"
        ),
    )
    consented_on = marked(
        Day(label=gettext_lazy("信访人同意电子送达的日期"), required=False), gettext_lazy("（电子送达的要填）")
    )
    witnesses = marked(
        Lines(
            label=gettext_lazy("见证人"),
            longest=40,
            most=MOST_WITNESSES,
            rows=2,
            required=False,
            help_text=gettext_lazy("留置送达须有两名见证人，每行一名。"),
        ),
        gettext_lazy("（留置送达的要填）"),
    )
    announced_on = marked(Day(label=gettext_lazy("公告的第一日"), required=False), gettext_lazy("（公告送达的要填）"))
    carried_by = Find(label=gettext_lazy("代为送达的街道"), required=False)
    scan = Files(
        label=gettext_lazy("送达回证扫描件"),
        required=False,
        help_text=gettext_lazy("签好的那一张，扫描或者拍照。传在这里的，盖章件里不用再传。"),
    )
    is_by_hand = Checked(label=gettext_lazy("我已核对：方块码读不出，但这就是这件签好的送达回证"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "carried_by", choices.streets(timezone.localdate(), but=self.server()))
        if not self.may_be_filed():
            offer(self, "mode", [one for one in DeliveryMode.choices if one[0] != DeliveryMode.FILED])

    def server(self) -> int:
        """The unit that should deliver it."""
        return int(self.subject.unit_id)

    def may_be_filed(self) -> bool:
        """Where there is nobody to hand it to."""
        return bool(self.subject.petition.is_anonymous)

    def clean_scan(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["scan"]
        if len(files) > 1:
            raise forms.ValidationError(_("回证扫描件只选一个文件；有几页的，扫成一个文件。"))
        return files

    def arguments(self) -> dict[str, Any]:
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("scan", "is_by_hand")}
        street = said["carried_by"]
        return {
            **said,
            "mode": DeliveryMode(said["mode"]),
            "carried_by": choices.unit_of(street) if street else None,
        }


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
