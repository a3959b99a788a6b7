"""The steps of filing, each a small form. What it means is for the rooms to say; here only its shape.

All that was typed at the other steps travels in the page itself, in fields that are not shown (docs/decisions/0014).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.foundation import id_numbers
from xinfang.notices.outbox import is_connected
from xinfang.notices.words import Means
from xinfang.organizations.models import Unit, UnitKind
from xinfang.organizations.queries import open_units
from xinfang.petitions.codes import Channel, PersonRole, Purpose
from xinfang.petitions.intake import MOST_BESIDE_LEAD, MOST_PERSONS, Intake, Person
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.telling import is_mailbox, is_mobile
from xinfang.portal import nearest

LONGEST_TEXT, LONGEST_DEMAND, MOST_DEMANDS = 50_000, 500, 30
ROWS = 3

PURPOSES = [
    (Purpose.CLAIM.value, gettext_lazy("请求解决问题、投诉")),
    (Purpose.APPEAL.value, gettext_lazy("对已经作出的处理不服")),
    (Purpose.SUGGESTION.value, gettext_lazy("提建议、意见")),
    (Purpose.CONSULT.value, gettext_lazy("问政策、问情况")),
    (Purpose.ACCUSE.value, gettext_lazy("检举、控告干部或者单位")),
]
_CHANNELS = [
    (Channel.ONLINE.value, gettext_lazy("信访局")),
    (Channel.LEADER_MAILBOX.value, gettext_lazy("领导信箱")),
]
_NAMED, _UNNAMED = "named", "unnamed"


class Step(forms.Form):
    """One page. Complaints are whole sentences; a zero byte is a complaint too, not a failure."""

    use_required_attribute = False
    title: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["null_characters_not_allowed"] = _("含有不能保存的字符，请删去后再试。")
            field.error_messages.setdefault("invalid_choice", "")
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("没有这个选项，请从列表中选择。")


def _too_long(limit: int) -> dict[str, Any]:
    return {"max_length": gettext_lazy("不能超过%(limit_value)s个字，现在有%(show_value)s个字。")}


class Sentence(forms.CharField):
    """A line or a text with a limit it tells of, and no `maxlength`: a browser would cut what is pasted in silence."""

    def __init__(self, *, limit: int, rows: int = 0, why: Any = "", **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
        errors = {"required": why, **_too_long(limit)}
        super().__init__(max_length=limit, widget=widget, error_messages=errors, required=bool(why), **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {key: value for key, value in super().widget_attrs(widget).items() if key != "maxlength"}


class Rows(forms.Widget):
    """Several lines of one name, each a box of its own."""

    template_name = "portal/filing/rows.html"

    def __init__(self, called: Any) -> None:
        super().__init__()
        self.called = called

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        given = [row for row in value or [] if row.strip()]
        shown = len(given) + ROWS
        rows = [*given, *[""] * (shown - len(given))]
        context["widget"]["rows"] = [(row, str(self.called) % {"n": n}) for n, row in enumerate(rows, start=1)]
        return context

    def _render(self, template_name: Any, context: Any, renderer: Any = None) -> Any:
        return mark_safe(render_to_string(template_name, context))  # noqa: S308  # our own template, which escapes

    def id_for_label(self, id_: str, index: Any = None) -> str:
        return f"{id_}_1" if id_ else ""

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class Lines(forms.Field):
    """What stands in the boxes, without the empty ones."""

    def __init__(self, *, called: Any, most: int, longest: int, why: Any = "", **kwargs: Any) -> None:
        super().__init__(widget=Rows(called), required=bool(why), error_messages={"required": why}, **kwargs)
        self.most, self.longest = most, longest

    def to_python(self, value: Any) -> tuple[str, ...]:
        return tuple(line.strip() for line in value or () if line.strip())

    def validate(self, value: tuple[str, ...]) -> None:
        super().validate(value)
        if len(value) > self.most:
            raise forms.ValidationError(
                _("最多%(most)s项，现在有%(count)s项。") % {"most": self.most, "count": len(value)}
            )
        for n, line in enumerate(value, start=1):
            if len(line) > self.longest:
                said = {"n": n, "most": self.longest, "count": len(line)}
                raise forms.ValidationError(_("第%(n)s项不能超过%(most)s个字，现在有%(count)s个字。") % said)
            if "\0" in line:
                raise forms.ValidationError(_("含有不能保存的字符，请删去后再试。"))


class What(Step):
    """什么事."""

    title = gettext_lazy("发生了什么事")
    purpose = forms.ChoiceField(
        label=gettext_lazy("您想做什么"),
        choices=PURPOSES,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选一项。拿不准的，选“请求解决问题、投诉”。")},
    )
    subject = Sentence(
        label=gettext_lazy("用一句话说是什么事"),
        help_text=gettext_lazy("50字以内，先不写人名。例如：屋顶漏水没有人修。"),
        limit=50,
        why=gettext_lazy("请用一句话写明是什么事。"),
    )
    text = Sentence(
        label=gettext_lazy("慢慢说清楚"),
        help_text=gettext_lazy(
            "什么时候、在什么地方、发生了什么、找过谁、怎么答复的。照您自己的话写，一个字也不会改。"
        ),
        limit=LONGEST_TEXT,
        rows=10,
        why=gettext_lazy("请写明发生了什么事。"),
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("写给谁"),
        choices=_CHANNELS,
        initial=Channel.ONLINE.value,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "写给领导信箱的，领导看得到，同样由信访局登记，按同样的期限转有权处理的单位办理，一样有编号，一样可以查。"
        ),
        error_messages={"required": gettext_lazy("请选写给谁。")},
    )


class Where(Step):
    """在哪里."""

    title = gettext_lazy("事情在哪里")
    division = forms.ChoiceField(
        label=gettext_lazy("街道、村（社区）"),
        error_messages={"required": gettext_lazy("请选一个地方。不知道是哪个街道的，选全区。")},
    )
    place = Sentence(label=gettext_lazy("具体地点"), help_text=gettext_lazy("例如：某小区3号楼。可以不填。"), limit=200)
    respondent = forms.ChoiceField(
        label=gettext_lazy("反映的是哪个单位"),
        required=False,
        help_text=gettext_lazy(
            "反映某个单位或者它的工作人员的，选这个单位。检举控告的，它和它的人都看不到这一件。可以不选。"
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = nearest.streets()
        self.fields["division"].choices = [("", _("请选择")), *_places(self.places)]  # type: ignore[attr-defined]
        self.fields["respondent"].choices = [("", _("没有，或者说不清")), *_units()]  # type: ignore[attr-defined]


def _places(streets: Sequence[nearest.Street]) -> list[Any]:
    whole = (f"{settings.COUNTY}000000", _("全区，或者不知道"))
    return [
        whole,
        *(
            (street.name, [(street.code, street.name), *((one.code, one.name) for one in street.villages)])
            for street in streets
        ),
    ]


def _units() -> list[tuple[str, str]]:
    shown = open_units(timezone.localdate()).exclude(kind__in=(UnitKind.VILLAGE, UnitKind.DISCIPLINE))
    return [(unit.code, unit.name) for unit in shown.only("code", "name")]


class Asks(Step):
    """要求什么."""

    title = gettext_lazy("您要求什么")
    demands = Lines(
        label=gettext_lazy("您的要求，一格写一项"),
        called=gettext_lazy("第%(n)s项要求"),
        help_text=gettext_lazy("答复的时候，每一项都要答到。建议、询问的，写您的建议和问题。"),
        most=MOST_DEMANDS,
        longest=LONGEST_DEMAND,
        why=gettext_lazy("请至少写一项要求。"),
    )


class Files(Step):
    """材料. The files themselves go through `held`."""

    title = gettext_lazy("照片和材料")


class Who(Step):
    """您是谁."""

    title = gettext_lazy("您是谁，怎样找到您")
    naming = forms.ChoiceField(
        label=gettext_lazy("写不写名字"),
        choices=[
            (_NAMED, gettext_lazy("写名字（答复会告诉您）")),
            (_UNNAMED, gettext_lazy("不写名字（照样登记；凭编号查询，不寄通知）")),
        ],
        initial=_NAMED,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("请选写不写名字。")},
    )
    name = Sentence(label=gettext_lazy("姓名"), limit=60)
    phone = Sentence(label=gettext_lazy("电话"), limit=30, help_text=gettext_lazy("没有电话的，勾下面一格。"))
    no_phone = forms.BooleanField(label=gettext_lazy("没有电话"), required=False)
    wants_sms = forms.BooleanField(
        label=gettext_lazy("有新的进展，发短信提醒我"),
        required=False,
        help_text=gettext_lazy("短信只说有新的进展，不写姓名、单位和事由。文书照样寄给您。"),
    )
    wants_email = forms.BooleanField(
        label=gettext_lazy("有新的进展，发邮件提醒我"),
        required=False,
        help_text=gettext_lazy("短信、邮件选一样；邮件和短信写的一样，不写姓名、单位和事由。"),
    )
    email = Sentence(label=gettext_lazy("电子邮箱"), limit=120, help_text=gettext_lazy("要邮件提醒的才填。"))
    address = Sentence(label=gettext_lazy("住址"), limit=200, help_text=gettext_lazy("寄书面答复用。"))
    id_no = Sentence(
        label=gettext_lazy("身份证号码"),
        limit=30,
        help_text=gettext_lazy("可以不填。登记单丢了，凭它核对身份补办最快。"),
    )
    is_confidential = forms.BooleanField(label=gettext_lazy("要求保密：办理单位只看到“来信人（保密）”"), required=False)
    is_agent = forms.BooleanField(
        label=gettext_lazy("我是替别人写的（代理人）"),
        required=False,
        help_text=gettext_lazy(
            "上面写本人的姓名和电话，下面写您的。授权委托书拍照，在“照片和材料”里交；没有的，登记以后再补。"
        ),
    )
    agent_name = Sentence(label=gettext_lazy("代理人姓名"), limit=60)
    agent_phone = Sentence(label=gettext_lazy("代理人电话"), limit=30)
    persons_count = forms.IntegerField(
        label=gettext_lazy("一共多少人一起反映"),
        initial=1,
        min_value=1,
        max_value=MOST_PERSONS - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), gettext_lazy("请填人数，例如 1。")
        ),
    )
    representatives = Lines(
        label=gettext_lazy("几个人一起反映的，推选的其他代表"),
        called=gettext_lazy("第%(n)s位代表"),
        help_text=gettext_lazy("一格写一个名字。代表连您自己不超过5人，这里最多再写4人。"),
        most=MOST_BESIDE_LEAD,
        longest=60,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_connected(Means.EMAIL):  # a county without a mail server promises none
            del self.fields["wants_email"], self.fields["email"]

    TOGETHER = ("is_agent", "agent_name", "agent_phone", "persons_count", "representatives")

    @property
    def alone(self) -> list[forms.BoundField]:
        """What everybody is asked."""
        return [field for field in self if field.name not in self.TOGETHER]

    @property
    def together(self) -> list[forms.BoundField]:
        """What concerns few, folded."""
        return [self[name] for name in self.TOGETHER]

    @property
    def is_together(self) -> bool:
        """Whether any of it was filled in, or has a complaint."""
        told = [str(self[name].value() or "") for name in self.TOGETHER if name != "representatives"]
        is_filled = any(one not in ("", "1", "False") for one in told) or any(self["representatives"].value() or [])
        return is_filled or any(field.errors for field in self.together)

    def clean_id_no(self) -> str:
        number = id_numbers.plain(self.cleaned_data["id_no"])
        if id_numbers.looks_like_one(number) and not (id_numbers.has_length(number) and id_numbers.is_sound(number)):
            raise forms.ValidationError(_("身份证号码好像写错了一位，请核对；不想填的可以空着。"))
        return number

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("naming") == _NAMED:
            self._named(said)
        return said

    def _named(self, said: dict[str, Any]) -> None:
        if not said.get("name"):
            self.add_error("name", _("请填写姓名；不想写的，在上面选“不写名字”。"))
        elif not said.get("phone") and not said.get("no_phone"):
            self.add_error("phone", _("请填写电话；没有电话的，勾“没有电话”。"))
        elif said.get("wants_sms") and not is_mobile(said.get("phone", "")):
            self.add_error("phone", _("要短信提醒的，请填写11位手机号码；没有手机的，不勾短信提醒。"))
        elif said.get("wants_sms") and said.get("wants_email"):
            self.add_error("wants_email", _("短信提醒和邮件提醒请只勾一样。"))
        elif said.get("wants_email") and not is_mailbox(said.get("email", "")):
            self.add_error("email", _("要邮件提醒的，请填写电子邮箱，例如 name@example.cn。"))
        if said.get("is_agent") and not said.get("agent_name"):
            self.add_error("agent_name", _("请填写代理人姓名。"))


class Check(Step):
    """核对 and hand in."""

    title = gettext_lazy("看一遍，再提交")


STEPS: dict[str, type[Step]] = {
    "what": What,
    "where": Where,
    "asks": Asks,
    "files": Files,
    "who": Who,
    "check": Check,
}


def intake(said: dict[str, Any], *, at: datetime) -> Intake:
    """What the verb takes. The day and the hour are the house's, whatever a visitor's clock says."""
    return Intake(
        channel=Channel(said["channel"]),
        received_at=at,
        petition_date=timezone.localdate(at),
        title=said["subject"],
        text=said["text"],
        demands=said["demands"],
        division=said["division"],
        purpose=Purpose(said["purpose"]),
        place=said["place"],
        people=_people(said),
        persons_count=said["persons_count"],
        persons_involved=said["persons_count"],
        is_confidential=said["is_confidential"],
        respondent_unit=Unit.objects.get(code=said["respondent"]) if said["respondent"] else None,
        notify_by=_means(said),
    )


def _means(said: dict[str, Any]) -> Means:
    """Who gives no name is told nothing, whatever was ticked."""
    if said["naming"] != _NAMED:
        return Means.PAPER
    if said.get("wants_sms"):
        return Means.SMS
    return Means.EMAIL if said.get("wants_email") else Means.PAPER


def _people(said: dict[str, Any]) -> tuple[Person, ...]:
    if said["naming"] != _NAMED:
        return ()
    email = said.get("email", "") if said.get("wants_email") else ""
    lead = Identity(said["name"], said["id_no"], said["phone"], said["address"], email)
    others = [Person(Identity(name=name), PersonRole.REPRESENTATIVE) for name in said["representatives"]]
    if said["is_agent"]:
        others.append(Person(Identity(name=said["agent_name"], phone=said["agent_phone"]), PersonRole.AGENT))
    return (Person(lead), *others)
