"""What a label is: a string, or one that is translated when it is shown; and how several of them stand in a sentence."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeAlias, Union

from django.utils.translation import pgettext

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = Union[str, "_StrPromise"]


def listed(items: Iterable[Text]) -> str:
    """甲、乙、丙."""
    return pgettext("between the items of a list", "、").join(map(str, items))


def either(items: Iterable[Text]) -> str:
    """甲或乙或丙."""
    return pgettext("between alternatives", "或").join(map(str, items))


def clauses(items: Iterable[Text]) -> str:
    """甲；乙；丙."""
    return pgettext("between the clauses of a sentence", "；").join(map(str, items))


def noted(text: Text, note: Text) -> str:
    """甲（乙）."""
    return pgettext("a note beside a text", "%(text)s（%(note)s）") % {"text": text, "note": note}
