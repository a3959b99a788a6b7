"""交接 and 代理."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.desk.forms.fields import Day
from xinfang.organizations.models import Officer


class Colleague(forms.CharField):
    """An officer, by the name he signs in with."""

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"list": "colleagues", "autocomplete": "off"})
        super().__init__(max_length=60, widget=box, **kwargs)

    def clean(self, value: Any) -> Officer | None:
        username = super().clean(value)
        if not username:
            return None
        found = Officer.objects.filter(username=username).first()
        if found is None:
            raise forms.ValidationError(_("没有登录名为“%(name)s”的人员。") % {"name": username})
        return found


class HandOver(DeskForm):
    """交接."""

    to = Colleague(label=gettext_lazy("接手人的登录名"))
    on = Day(label=gettext_lazy("交接日期"), initial=timezone.localdate)


class Cover(DeskForm):
    """代理."""

    officer = Colleague(label=gettext_lazy("代理人的登录名"))
    since = Day(label=gettext_lazy("第一日"), initial=timezone.localdate)
    last_on = Day(label=gettext_lazy("最后一日"))
