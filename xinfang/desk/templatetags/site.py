"""`{% site_address %}`: where people find the portal, as the county has published it; empty where none is set."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def site_address() -> str:
    return str(settings.SITE)
