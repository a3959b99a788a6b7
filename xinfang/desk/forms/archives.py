"""What the archivist types."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.archives.actions.bind import MOST_PAGES_OF_A_PIECE, Bound
from xinfang.archives.actions.borrow import LONGEST_PURPOSE
from xinfang.archives.actions.keep import LONGEST
from xinfang.archives.binding import Piece
from xinfang.archives.models import CaseFile, Secrecy
from xinfang.archives.retention import Rule, Term
from xinfang.desk.forms import choices
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day, Find, Pick, Rows, Text, offer
from xinfang.organizations.models import Officer

LENT_FOR = timedelta(days=14)
_NO_NAMES = gettext_lazy("不写信访人姓名。")


class BindForm(DeskForm):
    """立卷: the term as the rule proposes it, and the pages of each thing as far as they could be counted."""

    term = Pick(label=gettext_lazy("保管期限"), choices=Term.choices)
    reason = Text(label=gettext_lazy("另定期限的理由"), rows=2, max_length=500, required=False)
    secrecy = Pick(label=gettext_lazy("密级"), choices=Secrecy.choices, initial=Secrecy.NONE)
    place = forms.CharField(label=gettext_lazy("存放位置"), max_length=60, required=False)

    def __init__(self, *args: Any, pieces: Sequence[Piece], rule: Rule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = pieces
        self.initial.setdefault("term", rule.term)
        said = _("按规则“%(rule)s”保管%(term)s；选别的期限，请写明理由。")
        self.fields["term"].help_text = said % {"rule": rule.name, "term": rule.term.label}
        self.fields["secrecy"].help_text = _("国家秘密不进入本系统。")
        for piece in pieces:
            self.fields[piece.key] = _pages_of(piece)

    def lines(self) -> list[tuple[Piece, Any]]:
        """Each thing with its field."""
        return [(piece, self[piece.key]) for piece in self.pieces]

    def facts(self) -> list[Any]:
        return [self[name] for name in ("term", "reason", "secrecy", "place")]

    def bound(self) -> Bound:
        said = self.cleaned_data
        return Bound(
            term=Term(said["term"]),
            reason=said["reason"],
            secrecy=Secrecy(said["secrecy"]),
            place=said["place"],
            pages={piece.key: said[piece.key] for piece in self.pieces},
        )


def _pages_of(piece: Piece) -> forms.IntegerField:
    field = forms.IntegerField(
        label=_("“%(title)s”的页数") % {"title": piece.title},
        min_value=0,
        max_value=MOST_PAGES_OF_A_PIECE,
        initial=piece.pages,
    )
    field.error_messages |= {
        "required": _("“%(title)s”的页数数不出来，请翻看后填写。") % {"title": piece.title},
        "invalid": _("请填写整数。"),
        "min_value": _("不能小于 %(limit_value)s。"),
        "max_value": _("不能大于 %(limit_value)s。"),
    }
    return field


class LendForm(DeskForm):
    """借出一卷."""

    to = Find(label=gettext_lazy("借阅人"))
    purpose = forms.CharField(label=gettext_lazy("借阅用途"), max_length=LONGEST_PURPOSE, help_text=_NO_NAMES)
    due_on = Day(label=gettext_lazy("归还日期"), initial=lambda: timezone.localdate() + LENT_FOR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "to", choices.everyone(timezone.localdate()))

    def clean_to(self) -> Officer:
        return Officer.objects.get(username=self.cleaned_data["to"])


class PlaceForm(DeskForm):
    """移放一卷."""

    place = forms.CharField(label=gettext_lazy("存放位置"), max_length=60)


class NoteForm(DeskForm):
    """备考表."""

    text = Text(
        label=gettext_lazy("本卷情况说明"),
        rows=3,
        max_length=LONGEST,
        help_text=gettext_lazy("例如：缺损、修补、补充、移出的情况。不写信访人姓名。"),
    )


class ReasonForm(DeskForm):
    """封存."""

    reason = Text(label=gettext_lazy("理由"), rows=3, max_length=LONGEST, help_text=_NO_NAMES)


class TermForm(DeskForm):
    """重新划定保管期限."""

    term = Pick(label=gettext_lazy("保管期限"), choices=Term.choices)
    reason = Text(label=gettext_lazy("理由"), rows=3, max_length=LONGEST, help_text=_NO_NAMES)

    def clean_term(self) -> Term:
        return Term(self.cleaned_data["term"])


class ProposeForm(DeskForm):
    """销毁清册: which files, and what the appraisal said."""

    chosen = Rows(
        queryset=CaseFile.objects.none(),
        label=gettext_lazy("到期的案卷"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("请先勾选到期的案卷。"),
            "invalid_choice": gettext_lazy("其中有案卷已经不能销毁，请刷新后再选。"),
            "invalid_pk_value": gettext_lazy("其中有案卷已经不能销毁，请刷新后再选。"),
        },
    )
    reason = Text(
        label=gettext_lazy("鉴定意见"),
        rows=3,
        max_length=200,
        help_text=gettext_lazy("保管期限已满，经鉴定不需要继续保存的理由。不写信访人姓名。"),
    )

    def __init__(self, *args: Any, past: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = past  # type: ignore[attr-defined]
        self.fields["chosen"].error_messages["required"] = _("请先勾选到期的案卷。")


class AnswerForm(DeskForm):
    """不同意销毁."""

    answer = Text(label=gettext_lazy("不同意的理由"), rows=3, max_length=200)


class WitnessForm(DeskForm):
    """执行销毁, by two hands."""

    witness = Find(label=gettext_lazy("监销人"), help_text=gettext_lazy("在场看着销毁的另外一人。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "witness", choices.everyone(timezone.localdate()))

    def clean_witness(self) -> Officer:
        return Officer.objects.get(username=self.cleaned_data["witness"])
