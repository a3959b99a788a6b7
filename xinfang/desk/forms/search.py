"""What one looks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms import choices
from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Find, Pick, offer
from xinfang.desk.forms.people import LONGEST_NAME
from xinfang.desk.rows import labels_of
from xinfang.petitions import queries
from xinfang.petitions.codes import RevealGround
from xinfang.petitions.models import Assignment, Petition

LONGEST_QUESTION = 60


class Search(DeskForm):
    """Words, place, state, the number of a paper: any of them, all of them."""

    words = forms.CharField(
        label=gettext_lazy("标题或者内容里的词"),
        max_length=LONGEST_QUESTION,
        required=False,
        help_text=gettext_lazy("几个词用空格隔开，每个词都要有。不要写人名。"),
    )
    place = Find(label=gettext_lazy("问题属地"), required=False)
    state = Pick(label=gettext_lazy("状态"), required=False)
    paper = forms.CharField(
        label=gettext_lazy("文号"),
        max_length=LONGEST_QUESTION,
        required=False,
        help_text=gettext_lazy("照文书上的写，例如：临骊街字〔2026〕意见 3 号。括号、空格怎样打都可以。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "place", choices.divisions())
        states = [(value, label) for value, label in labels_of(Petition, "status") if value != "draft"]
        served = [(value, label) for value, label in labels_of(Assignment, "status") if value in queries.SERVICE]
        offer(self, "state", [*states, *served])


class ByName(DeskForm):
    """A name, and why."""

    name = forms.CharField(
        label=gettext_lazy("姓名"),
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("写全名。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    ground = Pick(label=gettext_lazy("查找原因"), choices=RevealGround.choices)
