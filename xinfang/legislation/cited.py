"""The index of citations, written inside the act of a higher room that cites. Made again from what was written there."""

from collections.abc import Iterable
from datetime import date

from xinfang.legislation.models import Citation
from xinfang.legislation.queries import Resolution, resolve_all

Subject = tuple[str, int]


def cite(texts: Iterable[str], *, subject: Subject, on: date) -> list[Resolution]:
    """Note which articles and laws the texts rest on: at most two statements, none where nothing is recognised.

    What names no law of the shelf is left alone: an office may rest on papers that no library has.
    """
    found = resolve_all(texts, on)
    rows = {(one.law.id, one.article.pk if one.article else None): one for one in found if one.law}
    if rows:
        Citation.objects.bulk_create(
            (
                Citation(law_id=law, article_id=article, subject_kind=subject[0], subject_id=subject[1], on=on)
                for law, article in rows
            ),
            ignore_conflicts=True,
        )
    return found


def forget(subject: Subject) -> None:
    """It stands in no index any more: what it rests on is nobody else's to find."""
    Citation.objects.filter(subject_kind=subject[0], subject_id=subject[1]).delete()
