"""判重, 拟办, 批办."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.fields import Find, Pick, Shown, Text, marked, offer
from xinfang.desk.forms.move import MoveForm
from xinfang.petitions import look_alikes, queries
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import GROUNDS, DuplicateOutcome, MatterKind, Procedure, Way
from xinfang.petitions.models import Petition


class CheckDuplicate(MoveForm):
    """判重."""

    template_name = "desk/petitions/check_duplicate.html"
    from_address = ("outcome", "other")
    outcome = forms.ChoiceField(
        label=gettext_lazy("判重结论"), choices=DuplicateOutcome.choices, widget=forms.RadioSelect
    )
    other = forms.CharField(
        label=gettext_lazy("与哪一件相同或相关"),
        required=False,
        max_length=18,
        help_text=gettext_lazy("初件可不填。填信访件编号，例如上表中的编号。"),
        widget=forms.TextInput(attrs={"list": "candidates", "autocomplete": "off"}),
    )
    reason = Text(label=gettext_lazy("判定理由"), rows=3, max_length=500)
    shown = Shown()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = look_alikes.repeat_candidates(self.subject, self.officer)
        self.initial["shown"] = [one.petition.pk for one in self.candidates]

    def clean_other(self) -> Petition | None:
        number = self.cleaned_data["other"].strip().upper()
        if not number:
            return None
        found = queries.visible_to(self.officer).filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("没有编号为“%(number)s”的信访件，或者它不对您开放。") % {"number": number})
        return found

    def arguments(self) -> dict[str, Any]:
        return {**self.cleaned_data, "outcome": DuplicateOutcome(self.cleaned_data["outcome"])}

    def panel(self) -> dict[str, Any]:
        """What may be the same, as far as he may know of it."""
        return {"candidates": self.candidates}


class Propose(MoveForm):
    """拟办: to a unit, or, for a reason of its own list, to an end without one."""

    template_name = "desk/petitions/propose.html"
    kind = forms.ChoiceField(label=gettext_lazy("三类事项"), choices=MatterKind.choices, widget=forms.RadioSelect)
    way = forms.ChoiceField(
        label=gettext_lazy("拟办方式"),
        choices=Way.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("转送由承办单位直接答复信访人；交办还须在期限内报送办结报告，并由负责人批办。"),
    )
    lead_unit = marked(
        Find(
            label=gettext_lazy("主办单位"),
            required=False,
            help_text=gettext_lazy("自办的选登记机构本身。"),
        ),
        gettext_lazy("（转送、交办、自办的要填）"),
    )
    ground = Pick(
        label=gettext_lazy("理由"),
        required=False,
        help_text=gettext_lazy("不予受理、不再受理、转出、存时选择。"),
    )
    destination = forms.CharField(
        label=gettext_lazy("转到哪个机关"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("转出时写机关全称；检举控告件写有管理权限的纪检监察机关。"),
    )
    co_unit = Find(
        label=gettext_lazy("协办单位"),
        required=False,
        help_text=gettext_lazy("由主办单位牵头。还有别的协办单位的，交出以后用“增加协办”添加。"),
    )
    respondent_unit = Find(
        label=gettext_lazy("被反映单位"),
        required=False,
        help_text=gettext_lazy("反映某个单位的，选择它；没有反映单位的不选。"),
    )
    is_about_conduct = forms.BooleanField(
        label=gettext_lazy("反映的是该单位自身的作风、违纪或者履职行为"),
        required=False,
        help_text=gettext_lazy("不服它对事项的处理结果，不在此列：该单位仍可主办，信访人可以请求复查。"),
    )
    procedure = Pick(
        label=gettext_lazy("办理程序"),
        choices=Procedure.choices,
        initial=Procedure.PETITION_PROCEDURE.value,
    )
    category = Find(label=gettext_lazy("内容分类"))
    opinion = Text(label=gettext_lazy("拟办意见"), rows=3, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", choices.categories())
        units = choices.leading_units(timezone.localdate())
        offer(self, "lead_unit", units)
        offer(self, "respondent_unit", units)
        offer(self, "co_unit", units)
        if self.subject.respondent_unit:
            self.initial.setdefault("respondent_unit", self.subject.respondent_unit.code)
        offer(self, "ground", [(str(way.label), codes.choices) for way, codes in GROUNDS.items()])
        self.initial.setdefault("category", self.subject.category_id)

    def arguments(self) -> dict[str, Any]:
        said = self.cleaned_data
        disposition = Disposition(
            kind=MatterKind(said["kind"]),
            procedure=Procedure(said["procedure"]),
            category=said["category"],
            way=Way(said["way"]),
            lead_unit=choices.unit_of(said["lead_unit"]) if said["lead_unit"] else None,
            co_units=(choices.unit_of(said["co_unit"]),) if said["co_unit"] else (),
            respondent_unit=choices.unit_of(said["respondent_unit"]) if said["respondent_unit"] else None,
            is_about_conduct=said["is_about_conduct"],
            ground=said["ground"],
            destination=said["destination"],
            opinion=said["opinion"],
        )
        return {"disposition": disposition}


class ReturnProposal(MoveForm):
    """退回拟办."""

    reason = Text(label=gettext_lazy("退回理由"), rows=3, max_length=500)


class WithProposal(MoveForm):
    """A move that carries out what was proposed, and shows it."""

    def panel(self) -> dict[str, Any]:
        return {"proposal": self.subject.proposals.select_related("lead_unit", "approval").order_by("-id").first()}


class Approve(WithProposal):
    """批办."""

    note = Text(label=gettext_lazy("批办意见"), rows=3, max_length=500)
