"""What the administrator's pages ask for."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xinfang.desk.forms import choices
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day, Find, Pick, Text, offer
from xinfang.desk.forms.initials import Known
from xinfang.desk.forms.officers import Colleague
from xinfang.organizations.models import Division, Duty, Post, Unit, UnitKind
from xinfang.organizations.queries import open_units
from xinfang.petitions.models import Category
from xinfang.petitions.models.category import used_on
from xinfang.petitions.models.phrase import PhraseUse

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class Nothing(DeskForm):
    """A step that only asks whether he means it."""


class SheetForm(DeskForm):
    """A filled sheet."""

    sheet = forms.FileField(label=_("填好的表（.xlsx）"), widget=forms.FileInput(attrs={"accept": ".xlsx"}))


class Notice(DeskForm):
    """A year's notice as a file."""

    notice = forms.FileField(label=_("通知文件（.json）"), widget=forms.FileInput(attrs={"accept": ".json"}))


class Enrol(DeskForm):
    """登记账号."""

    username = forms.CharField(label=_("登录名"), max_length=60, help_text=_("字母、数字、点或横线，2 至 60 个。"))
    name = forms.CharField(label=_("姓名"), max_length=40)


class Begin(DeskForm):
    """授予岗位."""

    post = Pick(label=_("岗位"))
    officer = Colleague(label=_("登录名"))
    since = Day(label=_("任职日期"), initial=timezone.localdate)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = {str(post.pk): post for post in unit.posts.select_related("unit").order_by("pk")}
        offer(self, "post", [(pk, post.name) for pk, post in self.posts.items()])

    def clean_post(self) -> Post:
        return self.posts[self.cleaned_data["post"]]


class End(DeskForm):
    """卸任."""

    on = Day(label=_("卸任日期"), initial=timezone.localdate)


class _Units(DeskForm):
    """Where a superior or a successor is chosen by its initials."""

    def offer_units(self, name: str) -> None:
        found = open_units(timezone.localdate())
        offer(self, name, [(unit.code, Known.by(unit.name, unit.pinyin, unit.short_name)) for unit in found])

    def unit(self, name: str) -> Unit | None:
        code = self.cleaned_data.get(name)
        return Unit.objects.get(code=code) if code else None


class CorrectUnit(DeskForm):
    """更正."""

    name = forms.CharField(label=_("全称"), max_length=80)
    short_name = forms.CharField(label=_("简称"), max_length=40)
    paper_code = forms.CharField(label=_("文号代字"), max_length=20, required=False)
    address = forms.CharField(label=_("地址"), max_length=120, required=False)
    telephone = forms.CharField(label=_("电话"), max_length=40, required=False)
    superior = forms.CharField(
        label=_("上一级主管机关"),
        max_length=60,
        required=False,
        help_text=_("处理意见由哪个机关复查，依此列出；如“西安市住房和城乡建设局”。"),
    )
    superior_above = forms.CharField(
        label=_("再上一级主管机关"), max_length=60, required=False, help_text=_("复核由哪个机关受理，依此列出。")
    )


class _Coded(_Units):
    """A new unit's own code, and where it lies."""

    code = forms.RegexField(
        r"\A[0-9]{19}\Z",
        label=_("单位代码"),
        error_messages={"invalid": _("应为 19 位数字。")},
        widget=forms.TextInput(attrs=DIGITS),
    )
    parent = Find(label=_("上级单位"), required=False)
    division = Find(label=_("所在区划"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units("parent")
        offer(self, "division", choices.divisions())

    def clean_parent(self) -> Unit | None:
        return self.unit("parent")

    def clean_division(self) -> Division | None:
        code = self.cleaned_data["division"]
        return Division.objects.get(pk=code) if code else None


class OpenUnit(CorrectUnit, _Coded):
    """设立."""

    serial = forms.IntegerField(label=_("节点号"), min_value=1, max_value=9999, required=False)
    kind = Pick(label=_("性质"), choices=UnitKind.choices)
    opened_on = Day(label=_("设立日期"), initial=timezone.localdate)
    duties = forms.MultipleChoiceField(label=_("岗位"), choices=Duty.choices, widget=forms.CheckboxSelectMultiple)
    field_order = (
        *("code", "serial", "name", "short_name", "kind", "parent", "division"),
        *("opened_on", "paper_code", "address", "telephone", "superior", "superior_above", "duties"),
    )

    def said(self) -> dict[str, Any]:
        """As the verb asks for it."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "duties"}
        posts = [(Duty(duty), str(Duty(duty).label)) for duty in self.cleaned_data["duties"]]
        return {**facts, "kind": UnitKind(facts["kind"]), "posts": posts}


class MoveUnit(_Coded):
    """划转."""

    paper_code = forms.CharField(label=_("文号代字"), max_length=20, required=False)
    on = Day(label=_("从哪一天起"), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].required = True


class AbolishUnit(_Units):
    """撤销."""

    on = Day(label=_("从哪一天起"), initial=timezone.localdate)
    successor = Find(label=_("承接单位"), required=False, help_text=_("合并的，选合并到的单位；它接着办没有办完的件。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_units("successor")

    def clean_successor(self) -> Unit | None:
        return self.unit("successor")


class OnDay(DeskForm):
    """Which day's tree."""

    on = Day(label=_("看哪一天的"))


class OpenCategory(DeskForm):
    """新设分类."""

    code = forms.CharField(label=_("编码"), max_length=6, widget=forms.TextInput(attrs=DIGITS))
    name = forms.CharField(label=_("名称"), max_length=40)
    parent = Pick(label=_("上级"), required=False, help_text=_("不选就是一级分类。"))
    since = Day(label=_("从哪一天起"), initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.above = {row.pk: row for row in used_on(timezone.localdate()).filter(parent=None).order_by("code")}
        offer(self, "parent", [(pk, f"{pk} {row.called}") for pk, row in self.above.items()])

    def clean_parent(self) -> Category | None:
        return self.above.get(self.cleaned_data["parent"])


class RenameCategory(DeskForm):
    """分类改名."""

    name = forms.CharField(label=_("新名称"), max_length=40)
    since = Day(label=_("从哪一天起"), initial=timezone.localdate)


class RetireCategory(DeskForm):
    """停用分类."""

    on = Day(label=_("从哪一天起"), initial=timezone.localdate)


class AddPhrase(DeskForm):
    """加一条常用语."""

    duty = Pick(label=_("岗位"), choices=Duty.choices)
    use = Pick(label=_("用在"), choices=PhraseUse.choices)
    text = Text(label=_("句子"), max_length=300, rows=2, help_text=_("要填的地方写在大括号里，点选后光标停在那里。"))

    def clean_duty(self) -> Duty:
        return Duty(self.cleaned_data["duty"])

    def clean_use(self) -> PhraseUse:
        return PhraseUse(self.cleaned_data["use"])
