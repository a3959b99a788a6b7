"""`{% article_link text %}`: what a text cites leads to its article. Costs no statement: it is resolved when followed."""

from datetime import date, datetime
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from xinfang.legislation.citations import Reference, cited_in, spelled

register = template.Library()


@register.simple_tag
def article_link(text: str, on: date | datetime | None = None) -> SafeString:
    """The text with its citations as links, read as of a day, that of a moment by the county's clock, today if none is named."""
    on = timezone.localdate(on) if isinstance(on, datetime) else on
    words, pieces, at = str(text), [], 0
    for one in cited_in(words):
        pieces += [(words[at : one.start],), (_link(one, words[one.start : one.end], on),)]
        at = one.end
    linked = format_html_join("", "{}", [*pieces, (words[at:],)])
    return format_html('<span lang="zh-Hans">{}</span>', linked) if pieces else linked


def _link(one: Reference, words: str, on: date | None) -> SafeString:
    asked = {"text": spelled(one)} | ({"on": on.isoformat()} if on else {})
    return format_html('<a href="{}?{}">{}</a>', reverse("desk:law-cite"), urlencode(asked), words)
