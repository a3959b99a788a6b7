"""What a caller reads out from his slip."""

import unicodedata
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm, beside
from xinfang.foundation.errors import Refused
from xinfang.foundation.patience import TO_THE_DESK, guarded
from xinfang.organizations.models import Officer
from xinfang.petitions import actions, progress


class Code(forms.CharField):
    """As it is heard: spaces, small letters, full-width ones."""

    def to_python(self, value: Any) -> str:
        return "".join(unicodedata.normalize("NFKC", super().to_python(value) or "").split()).upper()


class Call(DeskForm):
    """电话查询. The act secret is never asked for: it belongs to nobody but him."""

    number = Code(label=gettext_lazy("编号"), max_length=60)
    query_code = Code(label=gettext_lazy("查询码"), max_length=60, help_text=gettext_lazy("10位。不要问他的办事密码。"))

    def reading(self, officer: Officer) -> progress.Progress | None:
        """What he would read himself, or None with the reason on the form."""
        if not self.is_valid():
            return None
        number, code, at = self.cleaned_data["number"], self.cleaned_data["query_code"], timezone.now()
        try:
            with guarded("query_code", number, at=at, said=TO_THE_DESK):
                petition = actions.answer_call(number, code, by=officer, at=at)
        except Refused as refused:
            beside(self, refused)
            return None
        return progress.of(petition, today=timezone.localdate())
