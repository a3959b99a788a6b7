"""The shape of what petitioners send. What it means is for the rooms to say."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from xinfang.petitions.codes import EvaluationValue


class CodeField(forms.CharField):
    """Copied from a slip of paper: in lower case, with spaces between, in full-width letters."""

    def to_python(self, value: Any) -> str:
        return "".join(unicodedata.normalize("NFKC", super().to_python(value) or "").split()).upper()


class QueryForm(forms.Form):
    """`wait`: the seconds before the next try, after too many wrong ones."""

    wait = 0
    number = CodeField(
        max_length=60, error_messages={"required": _("请填写编号。"), "max_length": _("编号只有18位，请核对。")}
    )
    query_code = CodeField(
        max_length=60, error_messages={"required": _("请填写查询码。"), "max_length": _("查询码只有10位，请核对。")}
    )


_ASK_AGAIN = _("这张评价表不完整，请重新查询后再评价。")


class EvaluateForm(QueryForm):
    act_secret = CodeField(
        max_length=60, error_messages={"required": _("请填写办事密码。"), "max_length": _("办事密码只有8位，请核对。")}
    )
    bureau = forms.ChoiceField(
        choices=EvaluationValue,
        error_messages={"required": _("请评价信访局。"), "invalid_choice": _("请评价信访局。")},
    )
    unit = forms.ChoiceField(
        choices=EvaluationValue,
        error_messages={"required": _("请评价办理单位。"), "invalid_choice": _("请评价办理单位。")},
    )
    reason = forms.CharField(
        required=False, max_length=500, error_messages={"max_length": _("请写在500字以内，现在有%(show_value)s字。")}
    )
    token = forms.RegexField(r"^[\w-]{1,32}$", error_messages={"required": _ASK_AGAIN, "invalid": _ASK_AGAIN})
