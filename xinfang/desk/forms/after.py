"""回访, 不满意核查, 化解, 救助转介, 紧急信息, and what a unit promised."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day, Files, Moment, Pick, Text
from xinfang.desk.forms.move import MoveForm
from xinfang.petitions.after import concludes
from xinfang.petitions.codes import CallAbout, FollowUpOutcome, Recipient, ReferralKind
from xinfang.petitions.latest import open_follow_up

YES, NO = "yes", "no"


def _yes_or_no(label: Any, yes: Any, no: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[(YES, yes), (NO, no)], widget=forms.RadioSelect)


class CallBack(MoveForm):
    """回访. About a commitment it is recorded where the commitment is checked."""

    template_name = "desk/petitions/follow_up.html"
    about = Pick(label=gettext_lazy("回访什么"), choices=[])
    is_reached = _yes_or_no(gettext_lazy("联系上了没有"), gettext_lazy("联系上了"), gettext_lazy("没有联系上"))
    said = Text(
        label=gettext_lazy("信访人怎样说"),
        rows=4,
        max_length=5000,
        help_text=gettext_lazy("写明回访的时间和方式。没有联系上的，写明怎样联系的。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.follow_up = open_follow_up(self.subject)
        asked = [CallAbout.RATING] if self.follow_up else []
        about = self.fields["about"]
        assert isinstance(about, Pick)
        about.choices = [(one.value, one.label) for one in [*asked, CallAbout.RESOLVED]]

    def panel(self) -> dict[str, Any]:
        return {"follow_up": self.follow_up}

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "about": CallAbout(said["about"]), "is_reached": said["is_reached"] == YES}


class ConcludeFollowUp(MoveForm):
    """不满意核查."""

    template_name = "desk/petitions/follow_up.html"
    outcome = forms.ChoiceField(
        label=gettext_lazy("核查结果"),
        choices=[],
        widget=forms.RadioSelect,
    )
    text = Text(
        label=gettext_lazy("核查情况和处理"),
        rows=5,
        max_length=5000,
        help_text=gettext_lazy(
            "结果不当或者没有落实的，写明重新办理还是督办；程序有瑕疵的，写明怎样纠正；没有依据的，写明怎样解释、告知了哪些救济途径。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.follow_up = open_follow_up(self.subject)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        found = concludes(self.follow_up) if self.follow_up else ()
        outcome.choices = [(one.value, one.label) for one in found]

    def panel(self) -> dict[str, Any]:
        return {"follow_up": self.follow_up}

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "outcome": FollowUpOutcome(self.cleaned_data["outcome"])}


class Resolve(MoveForm):
    """认定化解."""

    said = Text(
        label=gettext_lazy("信访人怎样说"),
        rows=4,
        max_length=5000,
        help_text=gettext_lazy("回访的时间、方式，信访人说问题解决了的原话。承办单位说解决了不算。"),
    )


class Refer(MoveForm):
    """救助转介."""

    kind = Pick(label=gettext_lazy("哪种救助"), choices=ReferralKind.choices)
    organ = forms.CharField(
        label=gettext_lazy("转介到"), max_length=60, help_text=gettext_lazy("民政局、街道、政法机关等，写全称。")
    )
    reason = Text(label=gettext_lazy("困难情况和本人意愿"), rows=4, max_length=5000)

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "kind": ReferralKind(self.cleaned_data["kind"])}


class ReportUrgent(MoveForm):
    """报送紧急信息: telephone first, then this."""

    learned_at = Moment(label=gettext_lazy("知道情况的时间"))
    phoned_at = Moment(label=gettext_lazy("电话报告的时间"))
    phoned_to = forms.CharField(
        label=gettext_lazy("电话报告了谁"), max_length=60, help_text=gettext_lazy("写单位和值班岗位，如区委值班室。")
    )
    facts = Text(
        label=gettext_lazy("情况"),
        rows=4,
        max_length=5000,
        help_text=gettext_lazy("时间、地点、人数、诉求和现在的情况；不必要的不写姓名。"),
    )
    measures = Text(label=gettext_lazy("措施和建议"), rows=4, max_length=5000)
    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("报送"),
        choices=Recipient.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=[one.value for one in Recipient],
    )

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**said, "recipients": [Recipient(one) for one in said["recipients"]]}


class CarryOut(DeskForm):
    """报告落实."""

    text = Text(
        label=gettext_lazy("怎样落实的"),
        rows=4,
        max_length=5000,
        help_text=gettext_lazy("做了什么、谁验收、有什么证明。"),
    )
    done_on = Day(label=gettext_lazy("落实日期"), initial=timezone.localdate)
    file = Files(label=gettext_lazy("证明材料"), required=False)

    def clean_file(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["file"]
        if len(files) > 1:
            raise forms.ValidationError(gettext_lazy("证明材料只选一个文件，其余的用“收材料”放进附件。"))
        return files


class CheckCommitment(DeskForm):
    """核查落实."""

    is_kept = _yes_or_no(gettext_lazy("落实了没有"), gettext_lazy("已经落实"), gettext_lazy("没有落实，退回单位"))
    said = Text(label=gettext_lazy("信访人怎样说"), rows=4, max_length=5000)


class AnswerReferral(DeskForm):
    """救助结果."""

    is_granted = _yes_or_no(gettext_lazy("给了没有"), gettext_lazy("已经救助"), gettext_lazy("没有救助"))
    result = Text(label=gettext_lazy("结果和理由"), rows=4, max_length=5000)
