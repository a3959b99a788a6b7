"""直接回复, 不予受理, 不再受理, 转出."""

from typing import Any

from django.utils.translation import gettext_lazy

from xinfang.desk.forms.fields import Text
from xinfang.desk.forms.triage import WithProposal
from xinfang.petitions import reviews
from xinfang.petitions.letters import opinions_given


class ReplyDirect(WithProposal):
    """直接回复."""

    text = Text(label=gettext_lazy("回复内容"), rows=6, max_length=5000)


class Decline(WithProposal):
    """不予受理."""

    right_road = Text(
        label=gettext_lazy("应走的途径"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("写明应当向哪个机关、怎样、在什么期限内提出，告知书照此印出。"),
    )


class DeclineFinal(WithProposal):
    """不再受理."""

    text = Text(
        label=gettext_lazy("已有的意见"),
        rows=4,
        max_length=2000,
        help_text=gettext_lazy("处理、复查、复核意见的日期和文号，或者终结文书的名称。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if final := reviews.final_review_of(self.subject):
            self.initial.setdefault("text", opinions_given(final))


class RouteOut(WithProposal):
    """转出."""

    right_road = Text(
        label=gettext_lazy("告知信访人的话"),
        rows=3,
        max_length=500,
        required=False,
        help_text=gettext_lazy("涉法涉诉的写明上诉、申请再审、检察监督等途径；检举控告不写去向。"),
    )
