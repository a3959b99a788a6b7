"""立卷: what belongs into the file of a petition, in which order, and where one volume ends and the next begins."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType

from django.db.models import Q
from django.utils import timezone

from xinfang.archives import pages
from xinfang.archives.models import MOST_PAGES, Section, Source
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper
from xinfang.foundation import canonical
from xinfang.foundation.sealing import fingerprint
from xinfang.organizations.models import Unit
from xinfang.petitions.models import Assignment, Evidence, Hearing, Original, Petition, ReviewCase

_SUMMARY = frozenset(
    {
        *("completion_report", "handling_opinion", "delivery_receipt", "direct_reply", "repeat_notice"),
        *("decline_notice", "final_decline_notice", "routing_out_letter", "review_decision", "final_review_decision"),
    }
)
_INCOMING = frozenset(
    {"registration_form", "proposal_form", "transfer_letter", "assignment_letter", "routing_notice", "co_letter"}
)
# Of one day: what was issued, the paper that came in, then its scans.
_FIRST = (Source.PAPER, Source.ORIGINAL, Source.EVIDENCE)


@dataclass(frozen=True)
class Piece:
    """One thing that is bound. `pages` is None until somebody has counted; `part` numbers the parts of one that is split."""

    section: Section
    source: Source
    source_id: int
    title: str
    dated: date
    pages: int | None
    digest: str
    kind: str = ""
    number: str = ""
    unit: Unit | None = None
    part: int = 0

    @property
    def key(self) -> str:
        """As a form names it."""
        return _key(self.source, self.source_id)

    @property
    def order(self) -> tuple[int, date, int, int]:
        return self.section, self.dated, _FIRST.index(self.source), self.source_id


def _key(source: Source, source_id: int) -> str:
    return f"{source.value}-{source_id}"


def pieces(petition: Petition, said: Mapping[str, int] = MappingProxyType({})) -> list[Piece]:
    """Everything, in the inner order: result, handling, what came in, the rest; in each by day.

    Pages that were said are not counted again: a file must be opened for that.
    """
    found = [*_papers(petition, said), *_evidence(petition, said), *_originals(petition, said)]
    return sorted(found, key=lambda piece: piece.order)


def _pages(said: Mapping[str, int], source: Source, source_id: int, count: Callable[[], int | None]) -> int | None:
    key = _key(source, source_id)
    return said[key] if key in said else count()


def volumes(found: Iterable[Piece]) -> list[list[Piece]]:
    """In turn, none over two hundred pages. A thing longer than that is split into parts."""
    bound: list[list[Piece]] = [[]]
    room = MOST_PAGES
    for piece in _split(found):
        size = piece.pages or 0
        if size > room:
            bound.append([])
            room = MOST_PAGES
        bound[-1].append(piece)
        room -= size
    return bound


def _split(found: Iterable[Piece]) -> Iterator[Piece]:
    for piece in found:
        left, part = piece.pages or 0, 1
        if left <= MOST_PAGES:
            yield piece
            continue
        while left > 0:
            yield replace(piece, pages=min(left, MOST_PAGES), part=part)
            left, part = left - MOST_PAGES, part + 1


def papers_of(petition: Petition) -> list[Paper]:
    """What was issued about it, at whatever step; its own indexes aside."""
    ours = Q(subject_kind="petition", subject_id=petition.pk)
    kinds = (("assignment", Assignment), ("review", ReviewCase), ("hearing", Hearing))
    for kind, rows in kinds:
        ids = list(rows.objects.filter(petition=petition).values_list("pk", flat=True))
        ours |= Q(subject_kind=kind, subject_id__in=ids)
    found = Paper.objects.filter(ours).exclude(kind=PaperKind.ARCHIVE_INDEX).select_related("rendering__blob")
    return list(found.order_by("issued_at", "id"))


def paper_digest(paper: Paper) -> str:
    return fingerprint(bytes(paper.data))


def original_digest(original: Original) -> str:
    return canonical.digest(original.content(), salt=original.petition.key)


def _papers(petition: Petition, said: Mapping[str, int]) -> Iterator[Piece]:
    found = papers_of(petition)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in={paper.unit_code for paper in found})}
    for paper in found:
        kind = PaperKind(paper.kind)
        yield Piece(
            section=_section(kind.value),
            source=Source.PAPER,
            source_id=paper.pk,
            title=str(kind.label),
            dated=timezone.localdate(paper.issued_at),
            pages=_pages(said, Source.PAPER, paper.pk, partial(pages.of_paper, paper, petition.key)),
            digest=paper_digest(paper),
            kind=kind.value,
            number=paper.number or "",
            unit=units.get(paper.unit_code),
        )


def _section(kind: str) -> Section:
    if kind in _SUMMARY:
        return Section.SUMMARY
    return Section.INCOMING if kind in _INCOMING else Section.HANDLING


def _evidence(petition: Petition, said: Mapping[str, int]) -> Iterator[Piece]:
    """What was handed in, and what the unit brought back from its work."""
    for one in Evidence.objects.filter(petition=petition).select_related("original", "copy").order_by("id"):
        yield Piece(
            section=Section.HANDLING if one.note_id else Section.INCOMING,
            source=Source.EVIDENCE,
            source_id=one.pk,
            title=one.label,
            dated=timezone.localdate(one.added_at),
            pages=_pages(said, Source.EVIDENCE, one.pk, partial(pages.of_blob, one.copy, petition.key)),
            digest=one.original.address,
        )


def _originals(petition: Petition, said: Mapping[str, int]) -> Iterator[Piece]:
    """The paper itself. It lies where its row says; its sheets are counted here. What was handed back is not here."""
    for one in Original.objects.filter(petition=petition, handing_back=None).select_related("petition").order_by("id"):
        yield Piece(
            section=Section.INCOMING,
            source=Source.ORIGINAL,
            source_id=one.pk,
            title=one.description,
            dated=timezone.localdate(one.kept_at),
            pages=said.get(_key(Source.ORIGINAL, one.pk), one.sheets),
            digest=original_digest(one),
            number=one.barcode,
        )
