"""A law's text into articles: 第几条 begins one, a line is a 款, （一） is a 项. Wrong files are refused with line and reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from xinfang.foundation import canonical
from xinfang.legislation import numerals
from xinfang.legislation.errors import LawRefused

Lines = Sequence[tuple[int, str]]

_N = numerals.NUMERAL
_ARTICLE = re.compile(rf"第({_N}+)条(?:之({_N}+))?(?:[\s　]+|(?=【)|$)(.*)")
_CHAPTER = re.compile(rf"第({_N}+)([编章节])[\s　]*(.*)")
_ITEM = re.compile(rf"[（(]({_N}+)[）)]")
_DAY = r"(\d{4})年(\d{1,2})月(\d{1,2})日"
_IN_FORCE = re.compile(rf"自{_DAY}起施行")
_AT_ONCE = re.compile(r"自(?:公布|发布)之日起(?:施行|实施)")
_REPEALS = re.compile(r"《([^》]+)》[^。；]{0,12}同时废止")
_MOVED = re.compile(r"修正|修订|修改")


@dataclass(frozen=True)
class Heading:
    """A chapter: its number, its title, and the first article under it."""

    number: int
    title: str
    first: int


@dataclass
class Provision:
    """One article as read. `paragraphs` is its text, a line each; `clauses` the items in each 款."""

    number: int
    branch: int = 0
    chapter: int = 0
    paragraphs: list[str] = field(default_factory=list)
    clauses: tuple[int, ...] = ()
    gloss: str = ""
    line: int = 0

    @property
    def key(self) -> str:
        return key_of(self.number, self.branch)

    @property
    def label(self) -> str:
        return label(self.number, self.branch)

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


@dataclass
class Draft:
    """A version of a law as a file tells it."""

    title: str
    preamble: list[str]
    provisions: list[Provision]
    chapters: list[Heading] = field(default_factory=list)

    def digest(self) -> str:
        return canonical.digest([self.title, [[one.key, list(one.clauses), one.text] for one in self.provisions]])

    def written(self) -> str:
        """The whole again, a line each: read once more it is the same draft."""
        headings = {one.first: f"第{numerals.write(one.number)}章 {one.title}" for one in self.chapters}
        lines = [self.title, *self.preamble]
        for one in self.provisions:
            lines += [headings.pop(one.number)] if one.number in headings else []
            branch = f"之{numerals.write(one.branch)}" if one.branch else ""
            lines += [f"第{numerals.write(one.number)}条{branch} {one.text}"]
        return "\n".join(lines)

    def days(self) -> list[date]:
        """The days named above the first article: passed, issued, amended."""
        found = [re.findall(_DAY, line) for line in self.preamble]
        return sorted(day for days in found for parts in days if (day := _day(parts)))

    def in_force_on(self) -> date | None:
        """The day the text itself names, if that day can be the version's: an amended law keeps its first day in its text."""
        said = _named(self.provisions[-1].text)
        issued = self.days()[-1] if self.days() else None
        if said is None and _AT_ONCE.search(self.provisions[-1].text):
            return None if self._was_amended_only() else issued
        return None if said and issued and issued > said else said

    def _was_amended_only(self) -> bool:
        return len(self.days()) > 1 and any(_MOVED.search(line) for line in self.preamble)

    def repeals(self) -> list[str]:
        """Titles that the text says it repeals."""
        return [title for one in self.provisions[-3:] for title in _REPEALS.findall(one.text)]


def key_of(number: int, branch: int = 0) -> str:
    """34, or 10-1 for 第十条之一."""
    return f"{number}-{branch}" if branch else str(number)


def read(lines: Lines) -> Draft:
    """Refuses what is no law with articles."""
    kept = [(n, text) for n, raw in lines if (text := _bare(raw))]
    if not kept:
        raise LawRefused(_("文件里没有文字。"))
    first = _first(kept)
    title, preamble = _title(kept[:first])
    draft = Draft(title, preamble, [])
    _fill(draft, kept[first:])
    if not draft.provisions:
        raise LawRefused(_("没有找到“第一条”：法规库按条文编号收录，没有条文编号的文件不能导入。"), line=kept[0][0])
    _refuse_wrong_numbers(draft.provisions)
    for one in draft.provisions:
        one.clauses = clauses_of(one.paragraphs)
    return draft


def _bare(raw: str) -> str:
    """Without the marks of Markdown and the spaces of print."""
    text = re.sub(r"<!--.*?-->", "", raw).strip(" 　\t\r\n\ufeff")
    return re.sub(r"^#+\s*|\*\*", "", text).strip(" 　")


def _first(kept: Lines) -> int:
    """Where the body begins: the heading above the first article, or the article itself."""
    article = next((at for at, (_n, text) in enumerate(kept) if _is_first(text)), len(kept))
    headings = [at for at in range(max(article - 2, 1), article) if _chapter(kept[at][1])]
    return headings[-1] if headings else article


def _is_first(text: str) -> bool:
    found = _ARTICLE.fullmatch(text)
    return found is not None and numerals.read(found[1]) == 1


def _chapter(text: str) -> re.Match[str] | None:
    found = _CHAPTER.fullmatch(text)
    return found if found and found[2] == "章" else None


def _title(head: Lines) -> tuple[str, list[str]]:
    """The first line is the title; chapter headings and the contents above the first article are not of the preamble."""
    words = [text for _n, text in head if not _CHAPTER.fullmatch(text) and not _ARTICLE.fullmatch(text)]
    if not words or len(words[0]) > 80:
        raise LawRefused(_("第一行应当是标题。"), line=head[0][0] if head else 1)
    return re.sub(r"[\s　]", "", words[0]), words[1:]


def _fill(draft: Draft, body: Lines) -> None:
    for n, text in body:
        if found := _ARTICLE.fullmatch(text):
            number, branch, rest = found.groups()
            chapter = draft.chapters[-1].number if draft.chapters else 0
            words = [rest.strip()] if rest.strip() else []
            one = Provision(numerals.read(number), numerals.read(branch) if branch else 0, chapter, words, line=n)
            draft.provisions.append(one)
        elif heading := _CHAPTER.fullmatch(text):
            if heading[2] == "章":
                last = draft.provisions[-1].number if draft.provisions else 0
                draft.chapters.append(Heading(numerals.read(heading[1]), _spaced(heading[3]), last + 1))
        elif draft.provisions:
            draft.provisions[-1].paragraphs.append(text)


def _spaced(title: str) -> str:
    return re.sub(r"[\s　]", "", title)


def _refuse_wrong_numbers(provisions: list[Provision]) -> None:
    number, branch = 0, 0
    for one in provisions:
        follows = (one.number, one.branch) in ((number + 1, 0), (number, branch + 1))
        if not follows or not (one.number or one.branch):
            told = {"last": label(number, branch), "this": label(one.number, one.branch)}
            said = _("%(last)s之后是%(this)s，条文编号应当连续。") if number else _("%(this)s之前没有第一条。")
            raise LawRefused(said % told, line=one.line)
        if not one.paragraphs:
            raise LawRefused(_("%(this)s没有内容。") % {"this": label(one.number, one.branch)}, line=one.line)
        number, branch = one.number, one.branch


def label(number: int, branch: int = 0) -> str:
    """第三十四条, 第十条之一; Article 34 for who reads English."""
    names = {"number": numerals.said(number), "branch": numerals.said(branch)}
    return (_("第%(number)s条之%(branch)s") if branch else _("第%(number)s条")) % names


def clauses_of(paragraphs: Sequence[str]) -> tuple[int, ...]:
    """How many items each 款 has. A line between two items that follow on belongs to the first of them."""
    counts: list[int] = []
    for words, items in _groups(paragraphs):
        if words or not counts:
            counts.append(0)
        counts[-1] += items
    return tuple(counts)


def _groups(paragraphs: Sequence[str]) -> Iterator[tuple[bool, int]]:
    """Each line as (begins a 款, items in it)."""
    numbers = [_item(line) for line in paragraphs]
    last = 0
    for at, number in enumerate(numbers):
        if number:
            last = number
            yield False, 1
            continue
        following = next((n for n in numbers[at:] if n), 0)
        if last and following == last + 1:
            yield False, 0
        else:
            last = 0
            yield True, 0


def _item(line: str) -> int:
    found = _ITEM.match(line)
    return numerals.read(found[1]) if found else 0


def _named(text: str) -> date | None:
    found = _IN_FORCE.search(text)
    return _day(found.groups()) if found else None


def _day(parts: Sequence[str]) -> date | None:
    try:
        return date(*map(int, parts))
    except ValueError:
        return None
