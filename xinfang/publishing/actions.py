"""起草、改稿、送审、批准、退回、发布、撤下: one verb a step, an entry each, a second pair of eyes before anything is shown."""

from datetime import datetime
from typing import Any

from xinfang.foundation.errors import Refused
from xinfang.foundation.text import listed, noted
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting
from xinfang.petitions.models import Petition
from xinfang.petitions.queries import visible_to
from xinfang.publishing import policies, redaction
from xinfang.publishing.models import LONGEST_BODY, Column, Publication, Standing, Version
from xinfang.trace.acts import Hand, act, record


@act
def draft(
    column: Column, *, title: str, body: str, petition: Petition | None = None, by: Officer, at: datetime
) -> Publication:
    """起草: a case may be told from a petition the editor may see; never from a sealed one."""
    hand = policies.editor(by)
    _refuse_petition(column, petition, by)
    publication = Publication(column=column, petition=petition, drafted_by=by, drafted_at=at)
    publication.save(force_insert=True)
    version = _write(publication, title, body, by, at)
    _record("publication.draft", publication, hand, at, rows=[publication, version], column=column)
    return publication


@act
def revise(publication: Publication, *, title: str, body: str, by: Officer, at: datetime) -> Publication:
    """改稿: another version. What the public reads stays until the new one is released."""
    hand, publication = policies.editor(by), _held(publication)
    version = _write(publication, title, body, by, at)
    _record("publication.revise", publication, hand, at, rows=[version], n=version.n)
    return publication


@act
def submit(publication: Publication, *, by: Officer, at: datetime) -> Publication:
    """送审: the redaction is looked at once more, and the version waits for other eyes."""
    hand, publication = policies.editor(by), _held(publication)
    _require(publication, Standing.DRAFT)
    version = _working(publication)
    _refuse_sealed(publication.petition)
    _refuse_findings(version.title, version.body, publication.petition)
    _move(publication, Standing.SUBMITTED)
    _record("publication.submit", publication, hand, at, n=version.n)
    return publication


@act
def approve(publication: Publication, *, is_covered: bool, by: Officer, at: datetime) -> Publication:
    """批准: by the head, who has read it and says that nobody can be recognised. Never by who wrote it."""
    hand, publication = policies.approver(by), _held(publication)
    _require(publication, Standing.SUBMITTED)
    version = _working(publication)
    if version.written_by_id == by.pk:
        raise Refused("自己写的稿件由另一位负责人审核。")
    if not is_covered:
        raise Refused("请核对全文，确认看不出是谁，再勾选。", field="is_covered")
    _refuse_sealed(publication.petition)
    _refuse_findings(version.title, version.body, publication.petition)
    version.approved_by, version.approved_at = by, at
    version.save(update_fields=["approved_by", "approved_at"])
    _move(publication, Standing.APPROVED)
    _record("publication.approve", publication, hand, at, n=version.n)
    return publication


@act
def send_back(publication: Publication, *, answer: str, by: Officer, at: datetime) -> Publication:
    """退回: with what is to be changed."""
    hand, publication = policies.approver(by), _held(publication)
    _require(publication, Standing.SUBMITTED)
    if not answer.strip():
        raise Refused("请写明要改什么。", field="answer")
    version = _working(publication)
    version.answer = answer.strip()
    fitting.refuse(version, ["answer"])
    version.save(update_fields=["answer"])
    _move(publication, Standing.DRAFT)
    _record("publication.send_back", publication, hand, at, n=version.n)
    return publication


@act
def release(publication: Publication, *, by: Officer, at: datetime) -> Publication:
    """发布: the approved version, and no other, is shown."""
    hand, publication = policies.editor(by), _held(publication)
    _require(publication, Standing.APPROVED)
    _refuse_sealed(publication.petition)
    publication.shown = _working(publication)
    publication.released_at, publication.withdrawn_at, publication.reason = at, None, ""
    publication.standing, publication.is_title_hidden = Standing.RELEASED, False
    publication.save(update_fields=["shown", "released_at", "withdrawn_at", "reason", "standing", "is_title_hidden"])
    _record("publication.release", publication, hand, at, n=publication.shown.n)
    return publication


@act
def withdraw(
    publication: Publication, *, reason: str, by: Officer, at: datetime, hides_title: bool = False
) -> Publication:
    """撤下: at once, with the reason, which the public reads in its place; of the title nothing where it is what must go."""
    hand, publication = policies.withdrawer(by), _held(publication)
    if not publication.shown_id or publication.withdrawn_at:
        raise Refused("这一篇没有在公开，不用撤下。")
    if not reason.strip():
        raise Refused("请写明撤下的原因，会公布在原处。", field="reason")
    publication.reason = reason.strip()
    fitting.refuse(publication, ["reason"])
    _refuse_findings("", publication.reason, publication.petition, body_field="reason")
    publication.withdrawn_at, publication.standing, publication.is_title_hidden = at, Standing.WITHDRAWN, hides_title
    publication.save(update_fields=["reason", "withdrawn_at", "standing", "is_title_hidden"])
    _record("publication.withdraw", publication, hand, at, hides_title=hides_title)
    return publication


def _held(publication: Publication) -> Publication:
    rows = Publication.objects.select_for_update(of=("self",)).select_related("petition")
    return rows.get(pk=publication.pk)


def _working(publication: Publication) -> Version:
    return Version.objects.get(pk=publication.working_id)


def _require(publication: Publication, standing: Standing) -> None:
    if publication.standing != standing:
        said = publication.get_standing_display()
        raise Refused("这一篇现在是“%(standing)s”，不能办这一步。请刷新后再看。", standing=said)


def _move(publication: Publication, standing: Standing) -> None:
    publication.standing = standing
    publication.save(update_fields=["standing"])


def _refuse_petition(column: Column, petition: Petition | None, by: Officer) -> None:
    if petition is None:
        return
    if column != Column.CASES:
        raise Refused("只有“信访案件信息”可以选信访件。", field="petition")
    if not visible_to(by).filter(pk=petition.pk).exists():
        raise Refused("没有这件信访件，或者它不对您开放。", field="petition")
    _refuse_sealed(petition)


def _refuse_sealed(petition: Petition | None) -> None:
    """Asked at every step: it may have been sealed since."""
    if petition and petition.is_sealed:
        raise Refused("保密件和检举控告件不公开，遮盖以后也不公开。", field="petition")


def _write(publication: Publication, title: str, body: str, by: Officer, at: datetime) -> Version:
    title, body = title.strip(), body.replace("\r\n", "\n").strip()
    if not title:
        raise Refused("请填写标题。", field="title")
    if not body:
        raise Refused("请填写正文。", field="body")
    fitting.refuse_text(body, LONGEST_BODY, beside="body")
    _refuse_findings(title, body, publication.petition)
    n = publication.versions.count() + 1
    version = Version(publication=publication, n=n, title=title, body=body, written_by=by, written_at=at)
    fitting.refuse(version, ["title", "body"])
    version.save(force_insert=True)
    publication.working, publication.standing = version, Standing.DRAFT
    publication.save(update_fields=["working", "standing"])
    return version


def _refuse_findings(title: str, body: str, petition: Petition | None, *, body_field: str = "body") -> None:
    for field, text in (("title", title), (body_field, body)):
        if found := redaction.scan(text, petition)[: redaction.MOST_SHOWN]:
            said = listed(noted(f"“{one.text}”", str(one.sign.label)) for one in found)
            raise Refused("这些内容要先遮盖：%(found)s。", field=field, found=said)


def _record(
    name: str, publication: Publication, hand: Hand, at: datetime, *, rows: list[Any] | None = None, **facts: Any
) -> None:
    record(name, subject=("publication", publication.pk), by=hand, at=at, facts=facts, rows=rows or ())
