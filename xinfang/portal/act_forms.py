"""What a petitioner may do now, each with its form. All carry number, query code and a mark, and ask for the act secret."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xinfang.petitions.codes import ErasureReason
from xinfang.petitions.reviews import Offer
from xinfang.portal.forms import CodeField, QueryForm
from xinfang.portal.steps import Sentence

_ASK_AGAIN = _("这张表不完整，请重新查询后再办。")


class ActForm(QueryForm):
    """`said` is the sentence he reads when it is done."""

    use_required_attribute = False
    label: Any = ""
    about: Any = ""
    button: Any = ""
    said: Any = ""
    is_open = False  # what has a last day is not folded away
    token = forms.RegexField(
        r"^[\w-]{1,32}$",
        widget=forms.HiddenInput,
        error_messages={"required": _ASK_AGAIN, "invalid": _ASK_AGAIN},
    )
    act_secret = CodeField(
        label=_("办事密码"),
        help_text=_("8位，在您的登记单上，只有您自己知道。不分大小写。"),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请填写办事密码。"), "max_length": _("办事密码只有8位，请核对。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("number", "query_code"):
            self.fields[name].widget = forms.HiddenInput()
        self.order_fields([name for name in self.fields if name != "act_secret"])

    @property
    def asked(self) -> list[Any]:
        """What is shown to be filled in."""
        return [field for field in self if not field.is_hidden]


class Material(ActForm):
    """补交材料."""

    label = _("补交材料")
    about = _("照片、合同、收据、别处的答复。每个不超过50MB，一次20个以内。")
    button = _("交材料")
    said = _("材料已经收下，办理单位看得到。原件请自己收好。")


class Urge(ActForm):
    """催办."""

    label = _("催办")
    about = _("办理单位和信访局都看得到，回话会写在“经过”里。催办不改变期限。一天一次。")
    button = _("催办")
    said = _("催办已经记下，办理单位和信访局都看得到。")
    text = Sentence(label=_("您要说的话"), limit=500, rows=3, why=_("请写一句您要说的话。"))


class Withdraw(ActForm):
    """撤回."""

    label = _("撤回")
    about = _("提出以后一切照常办理，等信访局打电话向您本人核实，您说是自愿的才撤回。办理单位不能替您撤。")
    button = _("申请撤回")
    said = _("撤回申请已经记下。信访局会向您本人核实；核实以前照常办理。")
    statement = Sentence(label=_("为什么撤回"), limit=500, rows=3, why=_("请写明为什么撤回。"))


class Correct(ActForm):
    """请求更正."""

    label = _("请求更正")
    about = _("登记的地点、标题、人数等写错了，写明错在哪里、应当怎样。原文和收到时间不能改，只能注明。")
    button = _("请求更正")
    said = _("更正请求已经记下。登记机构核对以后更正，并给您回话。")
    text = Sentence(label=_("哪里错了，应当怎样"), limit=500, rows=3, why=_("请写明哪里错了。"))


class Looks(ActForm):
    """谁看过我的信息."""

    label = _("谁看过我的信息")
    about = _("哪个单位、哪个岗位、什么时候看过您的身份证号码、电话等，都留有记录。")
    button = _("看记录")


class Retaliation(ActForm):
    """反映打击报复."""

    label = _("反映打击报复")
    about = _(
        "因为信访受到威胁、刁难、报复的，在这里写。不经过办理单位，另立一件密封，直接由纪检监察机关看到；这一件里不留痕迹。有危险的，请立即拨打110。"
    )
    button = _("密封提交")
    text = Sentence(label=_("谁、什么时候、做了什么"), limit=20_000, rows=6, why=_("请写明谁、什么时候、做了什么。"))
    whose = forms.ChoiceField(
        label=_("是哪里的人"),
        choices=[
            ("unit", _("办理单位的")),
            ("organ", _("登记这件的信访局（窗口）的")),
            ("other", _("别的单位的，或者说不清")),
        ],
        widget=forms.RadioSelect,
        help_text=_("选上的单位看不到您写的这些。"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("请选一项。")),
    )


class Review(ActForm):
    """复查, 复核: which level and of which organs follows from the opinion."""

    label: Any = _("请求复查、复核")
    is_open = True
    button = _("提交申请")
    said = _("申请已经登记。接下来由谁审查、最迟到哪一天，写在“下一步”里。不收费。")
    organ = forms.ChoiceField(
        label=_("向哪个机关提出"),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("请选一个机关。")),
    )
    request = Sentence(
        label=_("您的请求、事实和理由"),
        help_text=_("哪一项答复不对、为什么、应当怎样。"),
        limit=20_000,
        rows=8,
        why=_("请写明请求、事实和理由。"),
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organs = [(organ, organ) for organ in offer.organs]
        self.fields["organ"].choices = organs  # type: ignore[attr-defined]
        if len(organs) == 1:
            self.initial.setdefault("organ", offer.organs[0])
        told = {"level": offer.level.label} | ({"until": date_format(offer.until)} if offer.until else {})
        self.label = (_("请求%(level)s，到%(until)s为止") if offer.until else _("请求%(level)s")) % told
        self.about = (
            _("最后一天是%(until)s，过了这一天的也登记，由复查、复核机关决定受理不受理。") % told
            if offer.until
            else _("处理意见书送达您的日子还没有证明，期限还没有开始，现在就可以提出。")
        )


def still_may(offer: Offer | None, today: date) -> str:
    """The right that comes next, and its last day, for the top of his page."""
    if offer is None:
        return ""
    told = {"level": offer.level.label} | ({"until": date_format(offer.until)} if offer.until else {})
    if offer.until is None:
        return gettext("您还可以申请%(level)s：处理意见书送达您的日子还没有证明，期限还没有开始。") % told
    if today > offer.until:
        return (
            gettext("申请%(level)s的最后一天是%(until)s，已经过了；现在提出的也登记，由复查、复核机关决定受理不受理。")
            % told
        )
    return gettext("您还可以申请%(level)s，到%(until)s为止（含当日）。") % told


class WithdrawReview(ActForm):
    """撤回复查、复核申请."""

    label = _("撤回复查、复核申请")
    about = _(
        "提出以后一切照常办理，等信访局向您本人核实，您说是自愿的才撤回；作出意见的单位不能替您撤。"
        "申请期限没有过的，撤回以后还可以再申请。"
    )
    button = _("申请撤回")
    said = _("撤回申请已经记下。信访局会向您本人核实；核实以前照常办理。")
    statement = Sentence(label=_("为什么撤回"), limit=500, rows=3, why=_("请写明为什么撤回。"))


class OwnPack(ActForm):
    """自己的材料包."""

    label = _("带走我的材料")
    about = _(
        "一个文件：您写的、交来的，发给您的文书，和您查得到的经过，附验证程序，没有本系统的电脑也能打开。"
        "不会用电脑的，带身份证件到登记它的窗口，可以打印。"
    )
    button = _("下载")


class AskErasure(ActForm):
    """申请销毁."""

    label = _("申请销毁我的信息")
    about = _(
        "保管期满以前不能销毁。申请须经档案员和纪检监察机关分别同意；告知您满三十日、您没有改变主意的才销毁。"
        "销毁以后，姓名、原文、材料和文书内容谁也不能恢复。"
    )
    button = _("申请销毁")
    said = _("销毁申请已经记下。同意不同意，都会告知您。")
    reason = forms.ChoiceField(
        label=_("理由"),
        choices=ErasureReason.choices,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("请选一项。")),
    )


FORMS: dict[str, type[ActForm]] = {
    "review": Review,
    "urge": Urge,
    "material": Material,
    "correct": Correct,
    "withdraw": Withdraw,
    "withdraw-review": WithdrawReview,
    "looks": Looks,
    "pack": OwnPack,
    "erase": AskErasure,
    "retaliation": Retaliation,
}
"""As they stand on the page."""
