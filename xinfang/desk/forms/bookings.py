"""What is typed of a booking at the desk."""

from django import forms
from django.utils.translation import gettext_lazy

from xinfang.desk.forms.base import DeskForm
from xinfang.meetings.actions.bookings import LONGEST_NAME, MOST_PLACES


class Places(DeskForm):
    """How many."""

    places = forms.IntegerField(
        label=gettext_lazy("可预约人数"),
        min_value=0,
        max_value=MOST_PLACES,
        help_text=gettext_lazy("填 0 就是不开放预约。已经约上的不受影响。"),
    )


class Person(DeskForm):
    """Who calls, or stands at the window."""

    name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label=gettext_lazy("电话"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("没有电话的不填，把预约单交给本人。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
