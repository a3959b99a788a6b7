"""The common ground of the desk's forms: Chinese sentences, and a refusal beside its field."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.foundation.errors import Refused
from xinfang.foundation.text import noted


class DeskForm(forms.Form):
    """A form whose every complaint is a sentence of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for field in self.fields.values():
            speak(field)


_SENTENCES = {
    "max_length": gettext_lazy("不能超过 %(limit_value)s 个字，现在有 %(show_value)s 个字。"),
    "null_characters_not_allowed": gettext_lazy("里面有看不见的坏字符，请删去后再试。"),
}
_OF_NUMBERS = {
    "invalid": gettext_lazy("请填写整数。"),
    "min_value": gettext_lazy("不能小于 %(limit_value)s。"),
    "max_value": gettext_lazy("不能大于 %(limit_value)s。"),
}


def speak(field: forms.Field) -> None:
    """Its complaints in our words."""
    chooses = isinstance(field, forms.ChoiceField)
    ask = _("请选择%(label)s。") if chooses else _("请填写%(label)s。")
    field.error_messages |= {**_SENTENCES, "required": ask % {"label": field.label}}
    if chooses:
        field.error_messages["invalid_choice"] = _("没有这个选项，请从列表中选择。")
    if isinstance(field, forms.IntegerField):
        field.error_messages |= _OF_NUMBERS


def beside(form: forms.Form, refused: Refused) -> None:
    """Show a verb's refusal at the field it names, or above the form."""
    field = refused.field if refused.field in form.fields else None
    form.add_error(field, said(refused))


def said(refused: Refused) -> str:
    """The sentence, and the article it rests on."""
    return noted(refused.sentence, refused.article) if refused.article else refused.sentence
