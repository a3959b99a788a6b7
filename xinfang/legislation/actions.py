"""The acts of this room: laws entered by name, versions added, texts imported, repeal."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeAlias

from django.db import transaction

from xinfang.foundation.errors import Refused
from xinfang.legislation import shelf
from xinfang.legislation.errors import Overlapping
from xinfang.legislation.models import Article, Law, Version, Wording
from xinfang.legislation.packaged import LawEntry
from xinfang.legislation.reading import Draft, Provision, label
from xinfang.organizations import policies
from xinfang.organizations.models import Officer
from xinfang.trace.acts import Hand, Traced, act, record

By: TypeAlias = Officer | Hand
FIRST_YEAR, YEARS_AHEAD = 1949, 10


@act
def enter_laws(entries: Iterable[LawEntry], *, by: By, at: datetime) -> list[Law]:
    """Laws by name: a citation of one is understood from now on."""
    hand = policies.configurer(by)
    rows = [
        Law(
            code=one.code,
            title=shelf.plain(one.title),
            names=list(one.names),
            kind=one.kind,
            level=one.level,
            issuer=one.issuer,
        )
        for one in entries
    ]
    for row in rows:
        if not row.title or Law.objects.filter(title=row.title).exists():
            raise Refused("法规库里已经有《%(title)s》。", field="title", title=row.title)
    Law.objects.bulk_create(rows)
    _forget()
    facts = {"laws": [row.code for row in rows]}
    record("law.enter", subject=("law", rows[0].pk), by=hand, at=at, facts=facts, rows=rows)
    return rows


@act
def add_version(
    law: Law,
    draft: Draft,
    *,
    code: str,
    in_force_on: date,
    source: str,
    repealed_on: date | None = None,
    replaces: bool = False,
    by: By,
    at: datetime,
) -> Version:
    """A law reads so from that day. It may take the place of the version in force, which ends on that day."""
    hand = policies.configurer(by)
    law = Law.objects.select_for_update().get(pk=law.pk)
    _refuse_wrong_dates(in_force_on, repealed_on, at)
    if Version.objects.filter(code=code).exists():
        raise Refused("代号%(code)s已经用过。", field="code", code=code)
    ended = _end_current(law, in_force_on) if replaces else None
    _refuse_overlap(law, in_force_on, repealed_on)
    version = Version.objects.create(
        law=law,
        code=code,
        in_force_on=in_force_on,
        repealed_on=repealed_on,
        source=source,
        digest=draft.digest(),
        chapters=[[one.number, one.title, one.first] for one in draft.chapters],
    )
    articles = Article.objects.bulk_create(_article(version, one) for one in draft.provisions)
    wordings = Wording.objects.bulk_create(_wordings(articles, draft))
    _forget()
    facts = {
        "law": law.code,
        "version": code,
        "in_force_on": in_force_on.isoformat(),
        "repealed_on": repealed_on.isoformat() if repealed_on else None,
        "articles": len(articles),
        "replaces": ended.code if ended else None,
    }
    rows: list[Traced] = [version, *articles, *wordings]
    record("law.add_version", subject=("law", law.pk), by=hand, at=at, facts=facts, rows=rows)
    return version


@act
def add_wording(version: Version, draft: Draft, *, source: str, by: By, at: datetime) -> Version:
    """The text of a version whose articles are known: number for number, clause for clause."""
    hand = policies.configurer(by)
    Law.objects.select_for_update().get(pk=version.law_id)
    articles = list(version.articles.all())
    if Wording.objects.filter(article__version=version).exists():
        raise Refused("这个版本的条文已经导入，不能改写。")
    _refuse_other_shape(articles, draft)
    rows = Wording.objects.bulk_create(_wordings(articles, draft))
    facts = {"law": version.law.code, "version": version.code, "source": source, "digest": draft.digest()}
    record("law.add_wording", subject=("law", version.law_id), by=hand, at=at, facts=facts, rows=rows)
    return version


@act
def repeal(version: Version, *, on: date, successor: Law | None = None, by: By, at: datetime) -> Version:
    """废止: from that day the version is no longer in force; another law may have taken its place."""
    hand = policies.configurer(by)
    law = Law.objects.select_for_update().get(pk=version.law_id)
    version.refresh_from_db()
    if version.repealed_on:
        raise Refused("这个版本已经写明废止日期。", field="on")
    if on <= version.in_force_on:
        raise Refused("废止日期应当晚于施行日期。", field="on")
    _refuse_odd_day(on, at, "on")
    if successor and successor.pk == law.pk:
        raise Refused("一部法规不能由自己接替。", field="successor")
    version.repealed_on = on
    version.save(update_fields=["repealed_on"])
    if successor:
        law.succeeded_by = successor
        law.save(update_fields=["succeeded_by"])
    _forget()
    facts = {
        "law": law.code,
        "version": version.code,
        "repealed_on": on.isoformat(),
        "successor": successor.code if successor else None,
    }
    record("law.repeal", subject=("law", law.pk), by=hand, at=at, facts=facts)
    return version


def _forget() -> None:
    shelf.forget()
    transaction.on_commit(shelf.forget)  # another thread may have read the old one meanwhile


def _article(version: Version, one: Provision) -> Article:
    return Article(
        version=version,
        number=one.number,
        branch=one.branch,
        chapter=one.chapter,
        anchor=f"{version.code}#{one.key}",
        clauses=list(one.clauses),
        gloss=one.gloss,
    )


def _wordings(articles: list[Article], draft: Draft) -> list[Wording]:
    texts = {one.key: one.text for one in draft.provisions}
    return [Wording(article=row, text=texts[row.key]) for row in articles if texts[row.key]]


def _refuse_wrong_dates(in_force_on: date, repealed_on: date | None, at: datetime) -> None:
    _refuse_odd_day(in_force_on, at, "in_force_on")
    if repealed_on and repealed_on <= in_force_on:
        raise Refused("废止日期应当晚于施行日期。", field="repealed_on")


def _refuse_odd_day(day: date, at: datetime, field: str) -> None:
    if not FIRST_YEAR <= day.year <= at.year + YEARS_AHEAD:
        raise Refused("%(day)s不像是施行或者废止日期。", field=field, day=day.isoformat())


def _end_current(law: Law, on: date) -> Version | None:
    """The open version ends where the new one begins."""
    current = law.versions.filter(repealed_on=None).first()
    if current and current.in_force_on < on:
        current.repealed_on = on
        current.save(update_fields=["repealed_on"])
        return current
    return None


def _refuse_overlap(law: Law, since: date, until: date | None) -> None:
    for other in law.versions.order_by("in_force_on"):
        begins_before_its_end = other.repealed_on is None or since < other.repealed_on
        if begins_before_its_end and (until is None or other.in_force_on < until):
            raise Overlapping(other.code)


def _refuse_other_shape(articles: list[Article], draft: Draft) -> None:
    known = {row.key: list(row.clauses) for row in articles}
    if len(known) != len(draft.provisions):
        read = len(draft.provisions)
        raise Refused("这个版本有%(known)s条，文件里有%(read)s条。", field="file", known=len(known), read=read)
    for one in draft.provisions:
        if known.get(one.key) != list(one.clauses):
            name = label(one.number, one.branch)
            raise Refused("第%(line)s行：%(name)s的款项数与已收录的不同。", field="file", line=one.line, name=name)
