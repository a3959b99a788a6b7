"""Chinese that stands in the product without a mark for translation."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

from tools import marked
from xinfang.documents.kinds import PaperKind

# What is Chinese by its nature: a path of the house, or the words themselves.
FILES = (
    "*/management/commands/*",  # the administrator of the host reads them
    "trace/nightly.py",
    "cli.py",
    "foundation/demonstration.py",  # before settings are read there is no catalogue
    "desk/demo.py",
    "desk/demo_lives/*",
    "desk/demo_texts/*",
    "desk/serving.py",
    "organizations/checks.py",
    "archives/numbering.py",  # words of a number, the same in every language
    "trace/lie_words.py",
    "trace/verify.py",
    "archives/offline/*",
    "trace/log.py",
    "trace/offline/*",  # they are used without this house and its catalogues
    "petitions/play/*",  # data of the demonstration
    "petitions/wordings.py",  # patterns of what units write
    "petitions/letters.py",  # papers speak Chinese whoever issues them
    "documents/elements.py",
    "documents/house_words.py",
    "documents/papers.py",
    "documents/wording.py",
    "documents/numbers.py",  # words of a number, the same in every language
    "documents/word.py",
    "documents/layout.py",
    "documents/printing.py",
    "documents/fonts.py",  # the names of Chinese fonts
    "petitions/messages.py",  # reads Chinese files
    "portal/county_map.py",  # what names of places end in
    "publishing/redaction.py",
    "foundation/masking.py",
    "deadlines/holidays.py",
    "deadlines/term_file.py",
    "legislation/citations.py",  # these read Chinese files and citations
    "legislation/files.py",
    "legislation/numerals.py",
    "legislation/reading.py",
    "legislation/shelf.py",
)
WORDS = frozenset({"中文", "材料", "本级工作制度", "档案法实施条例", "／", "、", "，", "（"})
CITATION = re.compile(r"^(条例 |《)")
OPENS = re.compile(r"\s*blocktrans(late)?\b")
CLOSES = re.compile(r"\s*endblocktrans(late)?\b")
MARKS = re.compile(r"\s*trans(late)?\b")
MARKED_CONSTANT = re.compile(r"""_\(("[^"]*"|'[^']*')\)""")


def in_python(file: Path) -> list[str]:
    if any(file.relative_to(marked.HOUSE).match(pattern) for pattern in FILES):
        return []
    return [_told(file, word.lineno, word.value) for word in bare(marked.tree(file))]


def bare(module: ast.Module) -> list[ast.Constant]:
    allowed = {id(node) for part in _allowed(module) for node in ast.walk(part)}
    words = (node for node in ast.walk(module) if isinstance(node, ast.Constant) and id(node) not in allowed)
    return [word for word in words if _is_bare(word.value)]


def broken(module: ast.Module) -> list[str]:
    """Marked sentences that are put together before they are looked up."""
    words = [call.args[place] for call, (_context, place, _plural) in marked.calls(module) if len(call.args) > place]
    return [ast.unparse(word) for word in words if isinstance(word, ast.JoinedStr) or _is_filled(word)]


def _is_filled(word: ast.expr) -> bool:
    return isinstance(word, ast.BinOp) and isinstance(word.left, ast.Constant)


def _allowed(module: ast.Module) -> Iterator[ast.AST]:
    """Marked sentences, docstrings, and the functions that write a paper."""
    yield from (call for call, _places in marked.calls(module))
    writers = _writers(module)
    for node in ast.walk(module):
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_docstring or (isinstance(node, ast.FunctionDef) and node.name in writers):
            yield node


def _writers(module: ast.Module) -> set[str]:
    """What writes papers: what an issuer's lambdas call, what is handed over under a paper's name, what these call."""
    functions = {node.name: node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    issuers = [node for node in functions.values() if "road.issue" in _called_in(node)]
    drawn = [node for issuer in issuers for node in ast.walk(issuer) if isinstance(node, ast.Lambda)]
    handed = [node for node in ast.walk(module) if isinstance(node, ast.keyword) and node.arg in PaperKind.values]
    found, more = set(), {name for node in drawn for name in _called_in(node)}
    more |= {node.value.id for node in handed if isinstance(node.value, ast.Name)}
    while more := (more & set(functions)) - found:
        found |= more
        more = {name for writer in more for name in _called_in(functions[writer])}
    return found


def _called_in(node: ast.AST) -> set[str]:
    return {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}


def _is_bare(value: object) -> bool:
    is_chinese = isinstance(value, str) and marked.CHINESE.search(value) is not None
    return is_chinese and value not in WORDS and not CITATION.match(str(value))


def in_template(file: Path) -> list[str]:
    source = file.read_text(encoding="utf-8")
    return [_told(file, token.lineno, token.contents.strip()) for token in on_page(source)]


def on_page(source: str) -> list[Token]:
    found, inside = [], False
    for token in Lexer(source).tokenize():
        is_tag = token.token_type == TokenType.BLOCK
        inside = (inside or bool(is_tag and OPENS.match(token.contents))) and not CLOSES.match(token.contents)
        if not inside and marked.CHINESE.search(_unmarked(token)):
            found.append(token)
    return found


def _unmarked(token: Token) -> str:
    is_tag = token.token_type == TokenType.BLOCK
    if token.token_type == TokenType.COMMENT or (
        is_tag and (MARKS.match(token.contents) or CLOSES.match(token.contents))
    ):
        return ""
    return MARKED_CONSTANT.sub("", token.contents) if token.token_type != TokenType.TEXT else token.contents


def in_script(file: Path) -> list[str]:
    """Scripts take their sentences from the page."""
    lines = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    return [_told(file, n, line.strip()) for n, line in lines if marked.CHINESE.search(line.partition("//")[0])]


def _told(file: Path, line: int | None, words: str) -> str:
    return f"{file.relative_to(marked.ROOT)}:{line}: {words}"
