"""领导批示, 包案, 回避."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.fields import Day, Find, Pick, Text, offer
from xinfang.desk.forms.move import MoveForm
from xinfang.organizations.models import Duty, Officer
from xinfang.organizations.policies import holds
from xinfang.petitions.codes import RecusalGround


class _NamesALeader(MoveForm):
    """A leader names himself; the bureau's head enters it for one of them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "leader", choices.holders_of(Duty.LEADER, timezone.localdate()))
        if holds(self.officer, {Duty.LEADER}):
            self.initial.setdefault("leader", self.officer.username)

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "leader": Officer.objects.get(username=self.cleaned_data["leader"])}


class Instruct(_NamesALeader):
    """领导批示."""

    leader = Pick(label=gettext_lazy("批示领导"))
    text = Text(label=gettext_lazy("批示内容"), rows=4, max_length=500)
    due_on = Day(
        label=gettext_lazy("要求报告的日期"),
        required=False,
        help_text=gettext_lazy("可以不填。只能早于法定期限，不能延长。"),
    )


class Sponsor(_NamesALeader):
    """包案."""

    leader = Pick(label=gettext_lazy("包案领导"))
    plan = Text(label=gettext_lazy("化解方案"), rows=5, max_length=5000)
    standard = Text(label=gettext_lazy("化解标准"), rows=2, max_length=500)


class LogSponsorVisit(MoveForm):
    """包案记录."""

    text = Text(label=gettext_lazy("做了什么"), rows=4, max_length=500)
    visited_on = Day(label=gettext_lazy("日期"), initial=timezone.localdate)


class EndSponsorship(MoveForm):
    """结束包案."""

    result = Text(label=gettext_lazy("化解结果"), rows=4, max_length=500)


class Recuse(MoveForm):
    """回避: oneself, or a colleague whose head one is."""

    officer_name = Find(
        label=gettext_lazy("谁回避"),
        required=False,
        help_text=gettext_lazy("不选的，是您本人回避。单位负责人可以决定本单位人员回避。"),
    )
    ground = Pick(label=gettext_lazy("理由"), choices=RecusalGround.choices)
    text = Text(label=gettext_lazy("情况"), rows=3, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        colleagues = choices.answering_to(self.officer, timezone.localdate())
        if colleagues:
            offer(self, "officer_name", colleagues)
        else:
            del self.fields["officer_name"]

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        name = said.get("officer_name")
        who = Officer.objects.get(username=name) if name else None
        return {"officer": who, "ground": RecusalGround(said["ground"]), "text": said["text"]}


class _NamesARespondent(MoveForm):
    """The unit complained of, as it stands on the petition."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", choices.leading_units(timezone.localdate()))
        if self.subject.respondent_unit:
            self.initial.setdefault("unit", self.subject.respondent_unit.code)

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "unit": choices.unit_of(self.cleaned_data["unit"])}


class RecuseUnit(_NamesARespondent):
    """单位回避."""

    unit = Find(label=gettext_lazy("回避的单位"))
    ground = Pick(label=gettext_lazy("理由"), choices=RecusalGround.choices, initial=RecusalGround.IS_RESPONDENT.value)
    text = Text(label=gettext_lazy("情况"), rows=3, max_length=500)

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "ground": RecusalGround(self.cleaned_data["ground"])}


class AllowUnit(_NamesARespondent):
    """准予主办."""

    unit = Find(label=gettext_lazy("准予主办的单位"))
    text = Text(
        label=gettext_lazy("理由"),
        rows=3,
        max_length=500,
        help_text=gettext_lazy("写明依据的法定职权，以及为什么只涉及事项的处理结果。"),
    )
