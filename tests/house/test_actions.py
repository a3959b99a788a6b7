"""An act is one function, one transaction, a named hand and a time."""

import inspect
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.house import rooms


def not_an_act(function: Callable[..., Any]) -> str | None:
    """What is missing, or None."""
    name = f"{function.__module__}.{function.__name__}"
    if not getattr(function, "is_act", False):
        return f"{name} is not decorated with @act"
    parameters = inspect.signature(function).parameters
    for needed in ("by", "at"):
        parameter = parameters.get(needed)
        if (
            parameter is None
            or parameter.kind is not parameter.KEYWORD_ONLY
            or parameter.default is not parameter.empty
        ):
            return f"{name} needs `{needed}`, keyword-only and without a default"
    return None


def test_every_public_function_in_actions_is_an_act() -> None:
    functions = [function for module in rooms.action_modules() for function in rooms.public_functions(module)]
    assert list(filter(None, map(not_an_act, functions))) == []


def test_the_walk_reaches_the_actions() -> None:
    rooms_that_act = {module.__name__.split(".")[1] for module in rooms.action_modules()}
    assert {"organizations", "petitions"} <= rooms_that_act


def test_a_verb_without_a_hand_would_be_found() -> None:
    def accept(*, by: str = "nobody", at: datetime) -> None:
        """A hand with a default is a hand nobody has to name."""

    assert "is not decorated" in (not_an_act(accept) or "")
    accept.is_act = True  # type: ignore[attr-defined]
    assert "needs `by`" in (not_an_act(accept) or "")
