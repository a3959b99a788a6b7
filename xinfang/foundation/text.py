"""What a label is: a string, or one that is translated when it is shown."""

from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = Union[str, "_StrPromise"]
