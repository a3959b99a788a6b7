"""`{% due petition day %}`: a last day that opens the reasons for it. Costs no statement."""

from datetime import date

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def due(petition: int, day: date | None) -> SafeString:
    if day is None:
        return mark_safe("—")
    written = day.isoformat()
    return format_html(
        '<a class="why" href="{}" title="{}"><time datetime="{}">{}</time></a>',
        reverse("desk:why-day", args=[petition, day]),
        _("为什么是这一天"),
        written,
        written,
    )
