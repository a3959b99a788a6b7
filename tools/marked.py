"""What is marked for translation: the sentences of the product's Python files and templates, with where each stands."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "xinfang"
TEMPLATES = ROOT / "templates"
CHINESE = re.compile(r"[\u3400-\u9fff\uff01-\uff5e\u3001-\u3011]")

# Where each function keeps context, sentence and plural among its arguments.
PLACES: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
IN_TEMPLATES = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
REFUSAL = "Refused"
# The names under which a data file keeps sentences for people.
SPOKEN = frozenset({"starts", "stops", "note", "by"})


@dataclass(frozen=True)
class Marked:
    """One sentence as the source has it."""

    file: str
    sentence: str
    plural: str = ""
    context: str = ""


def everything() -> list[Marked]:
    """In the order of the files, so that a catalogue moves only where its sources did."""
    found = [marked for file in modules() for marked in in_python(file)]
    found += [marked for file in tables() for marked in in_table(file)]
    return found + [marked for file in templates() for marked in in_template(file)]


def modules() -> list[Path]:
    return [file for file in sorted(HOUSE.rglob("*.py")) if "migrations" not in file.parts]


def tables() -> list[Path]:
    """Data files of the rooms, such as the terms of the deadlines."""
    return sorted(HOUSE.rglob("*.toml"))


def templates() -> list[Path]:
    return [file for file in sorted(TEMPLATES.rglob("*")) if file.is_file()]


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def in_python(file: Path) -> Iterator[Marked]:
    """Calls of gettext and its kin under whatever name the file gives them, and the sentences of refusals."""
    where = str(file.relative_to(ROOT))
    for call, (context, sentence, plural) in calls(tree(file)):
        words = [_written(call, place) for place in (sentence, plural, context)]
        for each in words[0]:
            yield Marked(where, each, *("".join(word) for word in words[1:]))


def in_table(file: Path) -> Iterator[Marked]:
    """What a data file says to people."""
    where = str(file.relative_to(ROOT))
    return (Marked(where, text) for text in _spoken(tomllib.loads(file.read_text(encoding="utf-8"))))


def _spoken(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, each in value.items():
            yield from _spoken(each, inner)
    elif isinstance(value, list):
        for each in value:
            yield from _spoken(each, name)
    elif name in SPOKEN:
        yield value


def in_template(file: Path) -> Iterator[Marked]:
    where = str(file.relative_to(ROOT))
    # Django turns the tags into calls and everything else into crosses; they stand in columns Python would not have.
    crossed = templatize(file.read_text(encoding="utf-8"))
    straight = "\n".join(line.lstrip() for line in crossed.splitlines())
    for _line, words, _comments, context in extract("python", BytesIO(straight.encode()), IN_TEMPLATES):
        sentence, plural = (words, "") if isinstance(words, str) else words
        yield Marked(where, sentence, plural, context or "")


def calls(module: ast.Module) -> Iterator[tuple[ast.Call, tuple[int | None, int, int | None]]]:
    """Every call that marks a sentence, with the places of its words."""
    names = _names_of_gettext(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _called(node) in names:
            yield node, PLACES[names[_called(node)]]
        elif isinstance(node, ast.Call) and _called(node) in refusals():
            yield node, (None, 0, None)
        elif isinstance(node, ast.ClassDef) and node.name in refusals():
            yield from ((call, (None, 0, None)) for call in ast.walk(node) if _is_super_init(call))


@cache
def refusals() -> frozenset[str]:
    """`Refused` and what is derived from it, in any room."""
    found: set[str] = set()
    more = {REFUSAL}
    while more:
        found |= more
        more = {name for name, bases in _classes() if bases & found} - found
    return frozenset(found)


def _classes() -> list[tuple[str, set[str]]]:
    nodes = (node for file in modules() for node in ast.walk(tree(file)) if isinstance(node, ast.ClassDef))
    return [(node.name, {_name(base) for base in node.bases}) for node in nodes]


def _names_of_gettext(module: ast.Module) -> dict[str, str]:
    """What the file calls each of the functions it imported: `gettext as _`."""
    imports = (node for node in ast.walk(module) if isinstance(node, ast.ImportFrom))
    named = [alias for node in imports if node.module == "django.utils.translation" for alias in node.names]
    return {alias.asname or alias.name: alias.name for alias in named if alias.name in PLACES}


def _written(call: ast.Call, place: int | None) -> list[str]:
    """The words written at this place: one, two where a condition chooses, none where they come from elsewhere."""
    if place is None or place >= len(call.args):
        return []
    word = call.args[place]
    options = [word.body, word.orelse] if isinstance(word, ast.IfExp) else [word]
    return [node.value for node in options if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _is_super_init(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "super().__init__"


def _called(call: ast.Call) -> str:
    return _name(call.func)


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
