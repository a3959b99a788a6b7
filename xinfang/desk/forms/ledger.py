"""查阅台账: what one looks for in it, and a petition that is looked into."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day, Find, Pick, offer
from xinfang.desk.forms.people import LONGEST_NAME
from xinfang.organizations.queries import open_units
from xinfang.petitions.codes import InquiryGround, LookKind


class LedgerFilter(DeskForm):
    """Officer, unit, purpose, day: any of them, all of them."""

    officer = forms.CharField(
        label=gettext_lazy("工作人员"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=gettext_lazy("写全名，或者登录名。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    unit = Find(label=gettext_lazy("单位"), required=False)
    kind = Pick(label=gettext_lazy("查阅事由"), choices=LookKind.choices, required=False)
    day = Day(label=gettext_lazy("查阅日期"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = list(open_units(timezone.localdate()).values_list("code", "name", "pk"))
        self.ids = {code: pk for code, _name, pk in units}
        offer(self, "unit", [(code, name) for code, name, _pk in units])

    def clean_unit(self) -> int | None:
        return self.ids.get(self.cleaned_data["unit"])


class OpenInquiry(DeskForm):
    """Which petition, and why."""

    number = forms.CharField(
        label=gettext_lazy("信访件编号"), max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    ground = Pick(label=gettext_lazy("核查事由"), choices=InquiryGround.choices)

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).upper()


class Across(DeskForm):
    """Across the counter: who asks was looked at."""

    is_known = forms.BooleanField(label=gettext_lazy("已当面核对：来人是信访人本人，或者带有他的委托书"), required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_known"].error_messages["required"] = gettext_lazy("请先当面核对身份，再勾选这一项。")
