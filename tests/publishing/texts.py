"""What the tests of publishing say often."""

from typing import Any

from django.utils import timezone

from tests.cast import Cast
from xinfang.publishing import actions
from xinfang.publishing.models import Column, Publication

TITLE, BODY = "屋顶漏水谁来修？", "先找物业。物业不修的，向街道反映。\n\n保修期内的，由开发单位负责。"


def drafted(cast: Cast, column: Column = Column.GUIDE, **changes: Any) -> Publication:
    facts: dict[str, Any] = {"title": TITLE, "body": BODY, "by": cast.dispatcher, "at": timezone.now()}
    return actions.draft(column, **(facts | changes))


def released(cast: Cast, column: Column = Column.GUIDE, **changes: Any) -> Publication:
    return released_again(drafted(cast, column, **changes), cast)


def released_again(publication: Publication, cast: Cast) -> Publication:
    actions.submit(publication, by=cast.dispatcher, at=timezone.now())
    actions.approve(publication, is_covered=True, by=cast.bureau_head, at=timezone.now())
    return actions.release(publication, by=cast.dispatcher, at=timezone.now())
