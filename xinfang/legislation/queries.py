"""Named questions about laws: what is in force, which article is meant, who cites it. Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from xinfang.legislation import packaged, shelf
from xinfang.legislation.citations import Reference, references
from xinfang.legislation.models import Article, Citation, Law, Version
from xinfang.legislation.numerals import said
from xinfang.legislation.reading import label
from xinfang.legislation.shelf import Title


@dataclass(frozen=True)
class Resolution:
    """What a citation means. `sentence` says why there is no article; `instead` are those that took its place."""

    reference: Reference
    law: Title | None = None
    article: Article | None = None
    sentence: str = ""
    instead: tuple[str, ...] = ()


def in_force(law: Law, on: date) -> Version | None:
    """The one version that holds on that day."""
    running = Q(repealed_on=None) | Q(repealed_on__gt=on)
    return law.versions.filter(running, in_force_on__lte=on).first()


def laws_in_force(on: date) -> QuerySet[Version]:
    """Every version that holds on that day."""
    running = Q(repealed_on=None) | Q(repealed_on__gt=on)
    return Version.objects.filter(running, in_force_on__lte=on).select_related("law").order_by("law__title")


def article(anchor: str) -> Article | None:
    """By its anchor: tiaoli-2022#34."""
    rows = Article.objects.select_related("version__law", "wording")
    return rows.filter(anchor=anchor).first()


def resolve(text: str, on: date) -> Resolution:
    """The first citation in a text, as it was to be read on that day."""
    found = resolve_all([text], on)
    return found[0] if found else Resolution(Reference(text), sentence=_("没有看出引用的是哪一条。"))


def resolve_all(texts: Iterable[str], on: date) -> list[Resolution]:
    """Every citation in the texts, in one statement while the shelf is held."""
    titles = shelf.current()
    found = [(one, titles.find(one.name, on)) for text in texts for one in references(text)]
    wanted = {
        (span.id, one.number, one.branch) for one, title in found if title and one.number and (span := title.on(on))
    }
    articles = _articles(wanted)
    return [_resolved(one, title, on, articles) for one, title in found]


def _articles(wanted: set[tuple[int, int, int]]) -> dict[tuple[int, int, int], Article]:
    if not wanted:
        return {}
    asked = Q()
    for version, number, branch in wanted:
        asked |= Q(version=version, number=number, branch=branch)
    rows = Article.objects.filter(asked).select_related("version__law")
    return {(row.version_id, row.number, row.branch): row for row in rows}


def _resolved(
    one: Reference, title: Title | None, on: date, articles: dict[tuple[int, int, int], Article]
) -> Resolution:
    if title is None:
        return Resolution(one, sentence=_("法规库里没有《%(name)s》。") % {"name": shelf.plain(one.name)})
    span = title.on(on)
    if span is None:
        return _not_in_force(one, title, on)
    if not one.number:
        return Resolution(one, title, sentence=_("引用的是《%(title)s》全文。") % {"title": title.title})
    row = articles.get((span.id, one.number, one.branch))
    if row is None:
        names = {"title": title.title, "article": label(one.number, one.branch)}
        return Resolution(one, title, sentence=_("《%(title)s》没有%(article)s。") % names)
    if wrong := _wrong_clause(one, row):
        return Resolution(one, title, sentence=wrong)
    return Resolution(one, title, row)


def _not_in_force(one: Reference, title: Title, on: date) -> Resolution:
    names = {"title": title.title, "on": on.isoformat()}
    if not title.spans:
        return Resolution(one, title, sentence=_("《%(title)s》的条文尚未导入，法规库只知道名称。") % names)
    if on < title.spans[0].since:
        return Resolution(one, title, sentence=_("《%(title)s》在%(on)s还没有施行。") % names)
    last = next((span for span in reversed(title.spans) if span.since <= on), title.spans[-1])
    successor = shelf.current().titles.get(title.succeeded_by or 0)
    names |= {"until": last.until.isoformat() if last.until else "", "successor": successor.title if successor else ""}
    told = _("《%(title)s》已于%(until)s废止。") % names
    if successor:
        told = _("《%(title)s》已于%(until)s废止，由《%(successor)s》接替。") % names
    instead = packaged.later().get(f"{last.code}#{one.number}", ())
    return Resolution(one, title, sentence=told, instead=instead)


def _wrong_clause(one: Reference, row: Article) -> str:
    """第五款 of an article with two, or an item that is not there."""
    if one.clause > len(row.clauses):
        names = {"article": row.label, "number": said(one.clause)}
        return _("%(article)s没有第%(number)s款。") % names
    counted = [row.clauses[one.clause - 1]] if one.clause else row.clauses
    if one.item > max(counted, default=0):
        names = {"article": row.label, "number": said(one.item)}
        return _("%(article)s没有第（%(number)s）项。") % names
    return ""


def subjects_citing(row: Article, kind: str) -> QuerySet[Citation, int]:
    """The ids of what cites this article."""
    return Citation.objects.filter(article=row, subject_kind=kind).values_list("subject_id", flat=True)


def subjects_citing_law(law: Law, kind: str) -> QuerySet[Citation, int]:
    """The ids of what cites any article of a law, or the law as a whole: who must look again when it changes."""
    return Citation.objects.filter(law=law, subject_kind=kind).values_list("subject_id", flat=True)


def earlier(row: Article) -> tuple[str, ...]:
    """Anchors of the articles that this one took the place of, where it is known."""
    return packaged.earlier().get(row.anchor, ())


def later(row: Article) -> tuple[str, ...]:
    """Anchors of the articles that took this one's place, where it is known."""
    return packaged.later().get(row.anchor, ())


def search(words: str) -> QuerySet[Article]:
    """Articles of every version that hold the words, in the text or in our line on it."""
    rows = Article.objects.select_related("version__law", "wording").order_by(
        "-version__in_force_on", "number", "branch"
    )
    return rows.filter(Q(gloss__icontains=words) | Q(wording__text__icontains=words))
