"""One desk: who came, what he says, what he asks for."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Count, Day, Files, Find, Lines, Moment, Pick, Text, offer
from xinfang.desk.forms.officers import Colleague
from xinfang.desk.forms.people import LONGEST_NAME, LONGEST_NUMBER, People, why_wrong
from xinfang.files.kinds import accepted
from xinfang.foundation import id_numbers
from xinfang.notices.words import Means
from xinfang.organizations.models import Seat
from xinfang.petitions.codes import Channel, PersonRole, Purpose, ReceptionOutcome, Source
from xinfang.petitions.intake import MOST_BESIDE_LEAD, Intake, Person
from xinfang.petitions.models import Petition
from xinfang.petitions.models.category import OTHER
from xinfang.petitions.models.petitioner import Identity

LONGEST_TEXT, LONGEST_DEMAND = 50_000, 500
MOST_DEMANDS = 30
# A letter of each part of the page, reached by Alt; its rows take over that of the demands.
KEYS = {
    "channel": "s",
    "lead_name": "x",
    "division": "z",
    "text": "n",
    "demands": "q",
    "is_confidential": "h",
    "attachments": "m",
}
BARCODE = r"[0-9A-Z][0-9A-Z-]{5,31}"


class Reception(DeskForm):
    """接访: only how and when it arrived, before anything else is asked."""

    organ = Find(label=gettext_lazy("登记机构"))
    channel = Find(label=gettext_lazy("信访形式"), choices=Channel.choices)
    received_at = Moment(
        label=gettext_lazy("收到时间"),
        initial=timezone.localtime,
        help_text=gettext_lazy("接待、拆信或者接听的时间。登记后不能更改。"),
    )

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organ", [(seat.unit_code, seat.unit_name) for seat in seats])
        if len(seats) == 1:
            self._sits_in(seats[0])

    def _sits_in(self, seat: Seat) -> None:
        """He sits in one office only, so it need not be asked."""
        self.fields["organ"].required = False
        self.fields["organ"].widget = forms.HiddenInput()
        self.initial.setdefault("organ", seat.unit_code)

    def clean_received_at(self) -> datetime:
        received: datetime = self.cleaned_data["received_at"]
        if received > timezone.now():
            raise forms.ValidationError(_("收到时间不能晚于现在。"))
        return received


class Barcode(forms.CharField):
    """What a scanner types. It types fast, and sometimes rubbish."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"data-barcode": True, "autocomplete": "off", "inputmode": "latin"})
        super().__init__(widget=box, **kwargs)

    def clean(self, value: Any) -> str:
        code: str = super().clean(value).upper()
        if code and not re.fullmatch(BARCODE, code):
            raise forms.ValidationError(
                _("扫到的不是条码（6到32位字母和数字）。请清空后再扫一次，或者照条码下面的字输入。")
            )
        return code


class Registration(Reception):
    """登记, on one page. After a 接访 the office, the form and the time of receipt stand already."""

    source = Find(label=gettext_lazy("信访来源"), choices=Source.choices, initial=Source.DIRECT.value)
    petition_date = Day(label=gettext_lazy("信访日期"), initial=timezone.localdate)
    barcode = Barcode(
        label=gettext_lazy("原件条码"),
        required=False,
        help_text=gettext_lazy("来信贴了条码的，在这里扫一下，原件随登记收存。"),
    )

    lead_name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=gettext_lazy("没有署名的不填，按匿名登记。"),
    )
    lead_id_no = forms.CharField(label=gettext_lazy("证件号码"), max_length=LONGEST_NUMBER, required=False)
    lead_phone = forms.CharField(label=gettext_lazy("电话"), max_length=LONGEST_NUMBER, required=False)
    lead_no_phone = forms.BooleanField(label=gettext_lazy("无（没有电话）"), required=False)
    lead_address = forms.CharField(label=gettext_lazy("住址"), max_length=200, required=False)
    persons_count = Count(label=gettext_lazy("信访人数"), initial=1)
    people = People(
        label=pgettext_lazy("field", "代表"),
        longest=200,
        most=MOST_BESIDE_LEAD,
        rows=MOST_BESIDE_LEAD,
        required=False,
        help_text=gettext_lazy(
            "多人来访的，推选代表不超过5人，主访人算一个，这里再写最多4人。一行一人：姓名，后面可以写证件号码和电话，用空格隔开。"
        ),
    )
    ids_as_written = forms.BooleanField(
        label=gettext_lazy("证件号码与证件核对过，就是这样写的（旧证等）"), required=False
    )
    persons_involved = Count(label=gettext_lazy("涉及人数"), initial=1)
    persons_present = Count(
        label=gettext_lazy("到场人数"),
        required=False,
        help_text=gettext_lazy("来访的填写，不填的按信访人数；随访的人也算。"),
    )

    reception_outcome = Pick(
        label=gettext_lazy("接谈结果"),
        choices=ReceptionOutcome.choices,
        required=False,
        help_text=gettext_lazy("没有推选代表的，可以不接谈，但一律登记；不接谈不是不予受理。"),
    )
    is_skip_level = forms.BooleanField(
        label=gettext_lazy("越级走访"),
        required=False,
        help_text=gettext_lazy("申诉求决事项越过本级和上一级走访的；写信、网上、电话不算越级。"),
    )

    division = Find(label=gettext_lazy("问题属地"))
    place = forms.CharField(label=gettext_lazy("具体地点"), max_length=200, required=False)
    category = Find(label=gettext_lazy("内容分类"), initial=OTHER)
    purpose = Find(label=gettext_lazy("信访目的"), choices=Purpose.choices)
    respondent_unit = Find(
        label=gettext_lazy("被反映单位"),
        required=False,
        help_text=gettext_lazy("反映某个单位的，选择它；没有反映单位的不选。"),
    )
    title = forms.CharField(label=gettext_lazy("标题"), max_length=50, help_text=gettext_lazy("50字以内，不写人名。"))
    text = Text(label=gettext_lazy("投诉内容（原文）"), rows=8, max_length=LONGEST_TEXT)
    demands = Lines(
        label=gettext_lazy("诉求"),
        longest=LONGEST_DEMAND,
        most=MOST_DEMANDS,
        help_text=gettext_lazy("一行一项，每一项都要在处理意见中答复。"),
    )
    summary = Text(
        label=gettext_lazy("概况"),
        rows=3,
        max_length=500,
        required=False,
        help_text=gettext_lazy("何时、何地、何事、何求，500字以内。"),
    )

    respondent_officer = Colleague(
        label=gettext_lazy("被反映人的登录名"),
        required=False,
        help_text=gettext_lazy("被反映人是本系统人员的填写：本人无论在哪个岗位都看不到这一件。"),
    )
    is_confidential = forms.BooleanField(label=gettext_lazy("信访人要求保密"), required=False)
    notify_by = Pick(
        label=gettext_lazy("进展提醒"),
        choices=Means.choices,
        required=False,
        help_text=gettext_lazy(
            "不选的只送书面文书。选短信、电子邮件的，文书照送，另提醒一句“有新的进展”，不写姓名、单位和事由。"
        ),
    )
    lead_email = forms.CharField(label=gettext_lazy("电子邮箱"), max_length=254, required=False)
    is_urgent = forms.BooleanField(label=gettext_lazy("重大紧急"), required=False)
    attachments = Files(label=gettext_lazy("附件"), required=False)

    def __init__(
        self,
        *args: Any,
        is_received: bool = False,
        keeps_paper: bool = True,
        after: Petition | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.after = after
        if after:
            self._take_up(after)
        for name, key in KEYS.items():
            self.fields[name].widget.attrs["accesskey" if name != "demands" else "data-accesskey"] = key
        self.fields["people"].widget.attrs["data-full"] = "people-full"
        offer(self, "division", choices.divisions())
        offer(self, "category", choices.categories())
        offer(self, "respondent_unit", choices.leading_units(timezone.localdate()))
        self.fields["attachments"].help_text = _("可以一次选几个文件：%(kinds)s。") % {"kinds": accepted()}
        if is_received:
            for name in ("organ", "channel", "received_at"):
                del self.fields[name]
        if not keeps_paper:
            del self.fields["barcode"]

    def _take_up(self, after: Petition) -> None:
        """另行登记: the matter as he told it before; who he is, he says anew."""
        told = {name: getattr(after, name) for name in ("title", "text", "summary", "place", "purpose")}
        told |= {"division": after.division_id, "category": after.category_id}
        told["demands"] = "\n".join(demand.text for demand in after.demands.order_by("n"))
        for name, value in told.items():
            self.initial.setdefault(name, value)

    def clean_demands(self) -> tuple[str, ...]:
        demands: tuple[str, ...] = self.cleaned_data["demands"]
        if len(demands) > MOST_DEMANDS:
            raise forms.ValidationError(_("诉求最多 %(most)s 项，请合并相同的诉求。") % {"most": MOST_DEMANDS})
        return demands

    def clean_petition_date(self) -> Any:
        day = self.cleaned_data["petition_date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("信访日期不能晚于今天。"))
        return day

    def clean_lead_id_no(self) -> str:
        return id_numbers.plain(self.cleaned_data["lead_id_no"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("ids_as_written"):
            self._check_numbers(said)
        if said.get("lead_name") and not (said.get("lead_phone") or said.get("lead_no_phone")):
            self.add_error("lead_phone", _("请填写电话；没有电话的请勾选“无”。"))
        if not said.get("lead_name") and said.get("people"):
            self.add_error("lead_name", _("推选了代表的，请填写主访人姓名。"))
        return said

    def _check_numbers(self, said: dict[str, Any]) -> None:
        """Wrong ones are told beside the field, once; a tick lets them stand."""
        if wrong := why_wrong(said.get("lead_id_no", "")):
            self.add_error("lead_id_no", wrong)
        for n, person in enumerate(said.get("people") or (), start=1):
            if wrong := why_wrong(person.id_no):
                self.add_error("people", _("第 %(n)s 行：%(why)s") % {"n": n, "why": wrong})

    def intake(self, *, channel: Channel, received_at: datetime) -> Intake:
        """What the verb takes."""
        said = self.cleaned_data
        as_said = ("petition_date", "title", "text", "summary", "demands", "division", "place", "category")
        counts = (
            "persons_count",
            "persons_involved",
            "persons_present",
            "is_confidential",
            "is_urgent",
            "is_skip_level",
            "respondent_officer",
        )
        outcome, respondent = said["reception_outcome"], said["respondent_unit"]
        return Intake(
            channel=channel,
            received_at=received_at,
            source=Source(said["source"]),
            purpose=Purpose(said["purpose"]),
            people=self._people(),
            reception_outcome=ReceptionOutcome(outcome) if outcome else None,
            respondent_unit=choices.unit_of(respondent) if respondent else None,
            related_to=self.after,
            notify_by=Means(said["notify_by"] or Means.PAPER),
            **{name: said[name] for name in (*as_said, *counts)},
        )

    def _people(self) -> tuple[Person, ...]:
        said = self.cleaned_data
        if not said["lead_name"]:
            return ()
        lead = Identity(
            said["lead_name"], said["lead_id_no"], said["lead_phone"], said["lead_address"], said["lead_email"]
        )
        representatives = [Person(one, PersonRole.REPRESENTATIVE) for one in said["people"]]
        return (Person(lead), *representatives)
