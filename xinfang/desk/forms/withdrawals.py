"""撤回: what the petitioner wrote, and what he says when he is called back."""

from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Text


class AskWithdrawal(DeskForm):
    """申请撤回, from his paper."""

    statement = Text(
        label=gettext_lazy("信访人写的话"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("照信访人书面申请录入，写明他为什么撤回；书面申请另作为附件收下。"),
    )


class DropWithdrawal(DeskForm):
    """不是自愿."""

    called_back = Text(
        label=gettext_lazy("回访情况"),
        rows=4,
        max_length=500,
        help_text=gettext_lazy("何时、怎样与信访人本人核实，他怎么说。"),
    )
