"""What a verb would do: done and taken back. A preview asks the verb itself, so it promises what the verb keeps."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction

P = ParamSpec("P")
R = TypeVar("R")


def rehearsed(verb: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Its answer or its refusal; the rows are as they were."""
    with transaction.atomic():
        try:
            return verb(*args, **kwargs)
        finally:
            transaction.set_rollback(True)
