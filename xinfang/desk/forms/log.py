"""What the page of the witnesses asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Text


class EnrolWitness(DeskForm):
    """登记见证方."""

    vkey = Text(label=_("见证公钥"), max_length=240, rows=2, help_text=_("一行，从见证程序 setup 的输出里原样复制。"))
    operator = forms.CharField(label=_("由哪个单位运行"), max_length=120)
    is_independent = forms.BooleanField(label=_("独立于信访局"), required=False)


class EndWitness(DeskForm):
    """停止见证: only asks whether he means it."""
