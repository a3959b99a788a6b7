"""A face asks for rows of visible petitions one by one (`queries.of_visible`); `petition__in=<queryset>` lists every petition
the officer may see before it reads the first row."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import ROOT

FACES = ("desk", "portal", "interop")
LISTS = (ast.List, ast.Tuple, ast.Set, ast.ListComp, ast.SetComp)


def listings(source: str) -> list[int]:
    """Lines on which rows are chosen by `…petition__in` or `…petition_id__in` from anything but a list already read."""
    tree = ast.parse(source)
    return sorted(value.lineno for name, value in _conditions(tree) if _asks(name) and not _is_read(value, tree))


def _conditions(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Keyword arguments, and `**{"…": value}`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg, node.value
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    yield key.value, value


def _asks(name: str) -> bool:
    return name.endswith(("petition__in", "petition_id__in", "petition__pk__in"))


def _is_read(value: ast.expr, tree: ast.AST) -> bool:
    """A display, `list(…)`, or a parameter that says it is a list."""
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id in {"list", "set", "tuple"}
    return isinstance(value, LISTS) or (isinstance(value, ast.Name) and value.id in _lists_of(tree))


def _lists_of(tree: ast.AST) -> set[str]:
    named = [node for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation]
    return {one.arg for one in named if one.annotation and ast.unparse(one.annotation).startswith("list[")}


def _files() -> list[Path]:
    return [path for face in FACES for path in (ROOT / "xinfang" / face).rglob("*.py")]


def test_no_face_lists_every_visible_petition_to_find_some_rows() -> None:
    found = {str(path.relative_to(ROOT)): lines for path in _files() if (lines := listings(path.read_text()))}
    assert found == {}


@pytest.mark.parametrize(
    "value", ["queries.visible_to(officer)", "visible", "queries.visible_to(officer).values('pk')"]
)
@pytest.mark.parametrize("call", ["rows.filter(petition__in={})", "Q(**{{'original__petition__in': {}}})"])
def test_one_that_did_would_be_found(call: str, value: str) -> None:
    assert listings(call.format(value)) == [1]


@pytest.mark.parametrize("value", ["list(by_id)", "[one.pk for one in rows]", "[1, 2]"])
def test_a_list_that_was_read_is_none(value: str) -> None:
    assert listings(f"rows.filter(petition__in={value})") == []
