"""What the letter room notes of a letter, and of its paper later."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day, Files, Find, offer
from xinfang.desk.forms.intake import Barcode, Reception
from xinfang.files.kinds import accepted
from xinfang.organizations.models import Officer, Seat
from xinfang.petitions.actions.originals import Kept

MOST_SHEETS = 9_999
LENT_FOR = timedelta(days=7)


class Sticker(DeskForm):
    """What a scanner types."""

    barcode = Barcode(label=gettext_lazy("条码"))


class Letter(Reception):
    """拆封: the letter and its envelope, as they lie on the table. The sticker comes first."""

    field_order = ("barcode", "organ", "received_at")
    barcode = Barcode(label=gettext_lazy("条码"))
    postmarked_on = Day(label=gettext_lazy("邮戳日期"), required=False)
    addressee = forms.CharField(
        label=gettext_lazy("收信人"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("照信封抄写，例如：区委书记。"),
    )
    description = forms.CharField(
        label=gettext_lazy("材料说明"),
        max_length=100,
        initial=gettext_lazy("来信原件"),
        help_text=gettext_lazy("不写人名。"),
    )
    sheets = forms.IntegerField(label=gettext_lazy("张数"), min_value=1, max_value=MOST_SHEETS, initial=1)
    has_envelope = forms.BooleanField(label=gettext_lazy("信封已保留"), required=False, initial=True)
    place = forms.CharField(label=gettext_lazy("存放位置"), max_length=60)
    attachments = Files(label=gettext_lazy("扫描件"), required=False)

    def __init__(self, *args: Any, seats: list[Seat], **kwargs: Any) -> None:
        super().__init__(*args, seats=seats, **kwargs)
        del self.fields["channel"]
        self.fields["attachments"].help_text = _("可以一次选几个文件：%(kinds)s。") % {"kinds": accepted()}

    def kept(self) -> Kept:
        said = self.cleaned_data
        noted = ("barcode", "description", "place", "sheets", "postmarked_on", "addressee", "has_envelope")
        return Kept(**{name: said[name] for name in noted})


class Move(DeskForm):
    """移放."""

    place = forms.CharField(label=gettext_lazy("存放位置"), max_length=60)


class HandBack(DeskForm):
    """退还."""

    taken_by = forms.CharField(
        label=gettext_lazy("交给了谁"),
        max_length=60,
        help_text=gettext_lazy("核对证件；代领的，写明与信访人的关系，收下他的书面委托。"),
    )
    proof = forms.CharField(
        label=gettext_lazy("怎样签收的"),
        max_length=100,
        initial=gettext_lazy("本人在退还收据上签名"),
        help_text=gettext_lazy("先打印退还收据请他签名、按手印；没有签的，写明见证人。"),
    )


class Lend(DeskForm):
    """借出."""

    to = Find(label=gettext_lazy("借阅人"))
    purpose = forms.CharField(
        label=gettext_lazy("借阅用途"), max_length=100, help_text=gettext_lazy("不写信访人姓名。")
    )
    due_on = Day(label=gettext_lazy("归还日期"), initial=lambda: timezone.localdate() + LENT_FOR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", choices.everyone(timezone.localdate()))

    def clean_to(self) -> Officer:
        return Officer.objects.get(username=self.cleaned_data["to"])
