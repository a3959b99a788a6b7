"""立卷: the file of a petition, its volumes and their indexes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from xinfang.archives import binding, held, numbering, policies, retention
from xinfang.archives.binding import Piece
from xinfang.archives.lines import line_of
from xinfang.archives.models import Awaiting, CaseFile, Item, Placing, Secrecy, TermSet, Volume
from xinfang.archives.retention import Term
from xinfang.documents import papers
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import new_id
from xinfang.organizations.models import Officer
from xinfang.petitions import fitting, road
from xinfang.petitions.models import Loan, Petition
from xinfang.trace.acts import Traced, act

MOST_PAGES_OF_A_PIECE = 5000
MOST_VOLUMES = 999


@dataclass(frozen=True)
class Bound:
    """What the archivist says: the term, why it is not the rule's, how many pages each thing has, where the volumes lie.

    What he says no pages of is opened and counted inside the act.
    """

    term: Term
    reason: str = ""
    secrecy: Secrecy = Secrecy.NONE
    place: str = ""
    pages: Mapping[str, int] = field(default_factory=dict)


@act
def bind(petition: Petition, bound: Bound, *, by: Officer, at: datetime) -> CaseFile:
    """立卷: one file for one petition, in volumes of at most two hundred pages, each with its index."""
    petition = road.hold_petition(petition)
    hand = policies.keeper_of(petition, by)
    pieces = _pieces(petition, bound)
    file = _file(petition, bound, by, at)
    term = _term(file, bound, petition, by, at)
    split = binding.volumes(pieces)
    if len(split) > MOST_VOLUMES:
        raise Refused("页数太多，分出了 %(n)s 卷，请核对每份材料的页数。", n=len(split))
    bodies = [_volume(file, n, body, len(split), petition, bound, at) for n, body in enumerate(split, start=1)]
    placings = [_placed(volume, by, at) for volume in bodies]
    rows: list[Traced] = [file, term, *bodies, *placings, *(volume.paper for volume in bodies)]
    pages = sum(volume.pages for volume in bodies)
    road.note(
        "case_file.bind",
        petition,
        by=hand,
        at=at,
        rows=rows,
        file=file.number,
        volumes=len(bodies),
        pages=pages,
        term=bound.term,
    )
    Awaiting.objects.filter(petition=petition).delete()
    return file


@act
def move_volume(volume: Volume, *, place: str, by: Officer, at: datetime) -> Volume:
    """移放: where it lies from now on. Where it lay before stays on record."""
    volume = held.volume(volume)
    petition = volume.file.petition
    hand = policies.keeper_of(petition, by)
    if not place.strip():
        raise Refused("请写明存放位置。", field="place")
    if place.strip() == volume.place:
        raise Refused("这一卷本来就放在这里。", field="place")
    volume.place = place.strip()
    fitting.refuse(volume, ["place"])
    volume.save(update_fields=["place"])
    road.note("volume.move", petition, by=hand, at=at, rows=[_placed(volume, by, at)], volume=volume.pk)
    return volume


def _placed(volume: Volume, by: Officer, at: datetime) -> Placing:
    """A row of its own: what was written by hand stays out of the trace."""
    return fitting.add(Placing, volume=volume, place=volume.place, officer=by, placed_at=at)


def _pieces(petition: Petition, bound: Bound) -> list[Piece]:
    if petition.status != "archived":
        raise Refused("先归档，再立卷：这一件现在的状态是“%(status)s”。", status=petition.get_status_display())
    if CaseFile.objects.filter(petition=petition).exists():
        raise Refused("这一件已经立卷。")
    lent = Loan.objects.filter(original__petition=petition, returned_at__isnull=True).select_related("original").first()
    if lent:
        raise Refused("原件 %(barcode)s 借出未还，收回以后再立卷。", barcode=lent.original.barcode)
    pieces = binding.pieces(petition, bound.pages)
    for piece in pieces:
        if piece.pages is None:
            raise Refused("“%(title)s”的页数数不出来，请翻看后填写。", field=piece.key, title=piece.title)
        if not 0 <= piece.pages <= MOST_PAGES_OF_A_PIECE:
            raise Refused("页数须在 0 到 %(most)s 之间。", field=piece.key, most=MOST_PAGES_OF_A_PIECE)
    return pieces


def _file(petition: Petition, bound: Bound, by: Officer, at: datetime) -> CaseFile:
    rule, ends = retention.proposed(petition), _ended(petition)
    if bound.term != rule.term and not bound.reason.strip():
        raise Refused(
            "按规则“%(rule)s”应当保管%(term)s，另定期限的请写明理由。",
            field="reason",
            rule=rule.name,
            term=rule.term.label,
        )
    return fitting.add(
        CaseFile,
        petition=petition,
        organ=petition.organ,
        number=numbering.of_file(petition.organ, timezone.localdate(at).year, petition.confidentiality),
        begins=min(timezone.localdate(petition.received_at), ends),
        ends=ends,
        term=bound.term,
        rule=rule.key,
        keep_until=retention.until(bound.term, ends),
        secrecy=bound.secrecy,
        filed_at=at,
        filed_by=by,
    )


def _ended(petition: Petition) -> date:
    return timezone.localdate(petition.closed_at or petition.ended_at or petition.archived_at)


def _term(file: CaseFile, bound: Bound, petition: Petition, by: Officer, at: datetime) -> TermSet:
    row = TermSet(file=file, term=bound.term, keep_until=file.keep_until, officer=by, set_at=at)
    row.say(bound.reason.strip(), petition)
    row.save(force_insert=True)
    return row


def _volume(
    file: CaseFile, n: int, body: Sequence[Piece], of: int, petition: Petition, bound: Bound, at: datetime
) -> Volume:
    volume = Volume(
        id=new_id(),
        file=file,
        n=n,
        pages=sum(piece.pages or 0 for piece in body),
        begins=min((piece.dated for piece in body), default=file.begins),
        ends=max((piece.dated for piece in body), default=file.ends),
        place=bound.place.strip(),
    )
    items = _items(volume, body)
    volume.paper = _index(file, volume, items, body, of, petition, at)
    fitting.refuse(volume, ["place"])
    volume.save(force_insert=True)
    Item.objects.bulk_create(items)
    return volume


def _items(volume: Volume, body: Sequence[Piece]) -> list[Item]:
    items, page = [], 1
    for n, piece in enumerate(body, start=1):
        items.append(
            Item(
                volume=volume,
                n=n,
                section=piece.section,
                source=piece.source,
                source_id=piece.source_id,
                kind=piece.kind,
                number=piece.number,
                unit=piece.unit,
                dated=piece.dated,
                first_page=page,
                pages=piece.pages or 0,
                part=piece.part,
                digest=piece.digest,
            )
        )
        page += piece.pages or 0
    return items


def _index(
    file: CaseFile,
    volume: Volume,
    items: Sequence[Item],
    body: Sequence[Piece],
    of: int,
    petition: Petition,
    at: datetime,
) -> Paper:
    """卷内目录, frozen as it was bound."""
    with translation.override(settings.LANGUAGE_CODE):
        data: dict[str, Any] = {
            "number": file.number,
            "petition": petition.number,
            "title": petition.title or petition.number,
            "volume": _("第 %(n)s 卷，共 %(of)s 卷") % {"n": volume.n, "of": of},
            "dates": _("%(begins)s 至 %(ends)s") % {"begins": volume.begins, "ends": volume.ends},
            "pages": _("%(pages)s 页") % {"pages": volume.pages},
            "term": str(Term(file.term).label),
            "secrecy": str(Secrecy(file.secrecy).label),
            "lines": [line_of(item, piece) for item, piece in zip(items, body, strict=True)] or [_("本卷没有材料。")],
        }
        subject = ("petition", petition.pk)
        return papers.freeze(
            PaperKind.ARCHIVE_INDEX, unit=petition.organ, subject=subject, data=data, key=petition.key, at=at
        )
