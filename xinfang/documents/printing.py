"""排印 after the act has committed: by the worker, or when a paper is opened before the worker came. Both do the same."""

import io
import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

import pikepdf
import pypdfium2
from django.conf import settings
from django.utils import timezone, translation
from PIL import Image

from xinfang.documents import actions, layout, seals, typesetting
from xinfang.documents.codes import serial_of
from xinfang.documents.elements import TEMPLATES
from xinfang.documents.kinds import PaperKind
from xinfang.documents.models import Paper, Rendering
from xinfang.documents.papers import data_of, frame_of
from xinfang.documents.typesetting import Printed
from xinfang.documents.wording import APART, Wording, on_paper
from xinfang.documents.wordings import wording_of
from xinfang.files import kinds, store
from xinfang.files.errors import Damaged
from xinfang.foundation.errors import Refused
from xinfang.foundation.ids import first_id_at
from xinfang.foundation.sealing import unseal
from xinfang.trace import vouching
from xinfang.trace.hands import Hand

HAND = Hand.system("documents")
# What lies longer is rendered when it is asked for: a county that comes with a million papers prints them not all at once.
LOOKS_BACK = timedelta(days=2)
BATCH, SECONDS = 50, 2.0
_A4 = (595.28, 841.89)
log = logging.getLogger(__name__)


def specimen(kind: PaperKind, wording: Wording, *, at: datetime) -> bytes:
    """How a wording looks, with the name of each field where its words will be."""
    labels = TEMPLATES[kind].fields
    data = {name: _sample(wording.label(name, on_paper(label))) for name, label in labels.items()}
    frame = {"issuer": "某某机关", "telephone": "", "number": "某信访字〔2026〕某 1 号", "issued_at": at}
    with _in_chinese():
        laid = layout.laid_out(kind, wording, data, labels, frame)
    return typesetting.typeset(laid, serial="SPECIMEN", at=layout.stamped(at), mark="模板预览").pdf


def _sample(label: str) -> str | list[str]:
    heads = label.split(APART)
    return [APART.join(f"（{head}）" for head in heads)] if len(heads) > 2 else f"（{label}）"


def _in_chinese() -> AbstractContextManager[None]:
    """Whoever opens a paper first, in whatever language he reads his pages, it is laid out in that of the county."""
    return translation.override(settings.LANGUAGE_CODE)


def rendering_of(paper: Paper, *, key: bytes, at: datetime) -> Rendering:
    """The paper as a PDF, made now where it was not yet."""
    found = Rendering.objects.filter(pk=paper.pk).select_related("blob").first()
    return found or _rendered(paper, key, at)


def pdf_of(rendering: Rendering, *, key: bytes) -> bytes:
    """Damaged where it is not the file whose digest the entry vouches for, though it be a sound one of the same petition."""
    pdf = b"".join(store.open_blob(rendering.blob.address, key=key))
    if store.salted_digest(pdf, key=key) != rendering.digest:
        raise Damaged
    return pdf


def lacking_in(rendering: Rendering, *, key: bytes) -> str:
    """The characters that no font had: they are to be written by hand."""
    sealed = bytes(rendering.lacking)
    return unseal(key, sealed, context=f"lacking:{rendering.pk}").decode() if sealed else ""


def typeset(paper: Paper, *, key: bytes) -> Printed:
    """Laid out from what was frozen alone."""
    kind = PaperKind(paper.kind)
    frame = {**frame_of(paper, key=key), "number": paper.number, "issued_at": paper.issued_at}
    data, labels = data_of(paper, key=key), TEMPLATES[kind].labels
    with _in_chinese():
        laid = layout.laid_out(kind, wording_of(paper), data, labels, frame)
    picture = seals.picture_for(paper)
    at = layout.stamped(paper.issued_at)
    return typesetting.typeset(laid, serial=serial_of(paper.pk), at=at, seal=picture)


def sheet_of(paper: Paper, rendering: Rendering, *, copy: int, key: bytes, at: datetime) -> bytes:
    """The PDF for the printer: the one that was rendered; from the second copy on the same, with a mark that it is one more."""
    pdf = pdf_of(rendering, key=key)
    if copy <= 1:
        return pdf
    mark = f"补打　第{copy}份　{layout.chinese(timezone.localdate(at))}"
    return typesetting.marked(pdf, mark, at=layout.stamped(paper.issued_at))


def picture_of(pdf: bytes, page: int, *, scale: float = 1.5) -> bytes:
    """One page as a PNG, for the screen."""
    picture = io.BytesIO()
    opened = pypdfium2.PdfDocument(pdf)
    try:
        opened[page - 1].render(scale=scale).to_pil().convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(
            picture, "PNG"
        )
    finally:
        opened.close()
    return picture.getvalue()


def joined(pdfs: Iterable[bytes]) -> bytes:
    """Many papers as one PDF; each begins on a front page."""
    whole = pikepdf.Pdf.new()
    for pdf in pdfs:
        with pikepdf.open(io.BytesIO(pdf)) as part:
            whole.pages.extend(part.pages)
            if len(part.pages) % 2:
                whole.add_blank_page(page_size=_A4)
    made = io.BytesIO()
    whole.save(made)
    return made.getvalue()


def _rendered(paper: Paper, key: bytes, at: datetime) -> Rendering:
    """The file is written before the act, as every file is (files.store)."""
    printed = typeset(paper, key=key)
    if seals.signs(paper):
        printed = replace(printed, pdf=seals.electronic().sign(printed.pdf, unit_code=paper.unit_code))
    blob = store.keep(io.BytesIO(printed.pdf), kinds.PDF, key=key)
    try:
        return actions.render(paper, printed=printed, blob=blob, key=key, by=HAND, at=at)
    except Refused:  # the worker came between
        return Rendering.objects.select_related("blob").get(pk=paper.pk)


def print_waiting(at: datetime) -> int:
    """Papers of the last days that are not rendered yet, for some seconds; returns how many it did."""
    until, done, after = time.monotonic() + SECONDS, 0, first_id_at(at - LOOKS_BACK)
    while papers := _waiting(after):
        keys = _keys(papers)
        for paper in papers:
            if time.monotonic() > until:
                return done
            done += _printed(paper, keys.get((paper.subject_kind, paper.subject_id)), at)
        after = papers[-1].pk
    return done


def _waiting(after: int) -> Sequence[Paper]:
    return list(Paper.objects.filter(pk__gt=after, rendering__isnull=True).exclude(data=b"").order_by("pk")[:BATCH])


def _keys(papers: Sequence[Paper]) -> dict[tuple[str, int], bytes]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for paper in papers:
        wanted[paper.subject_kind].add(paper.subject_id)
    return {(kind, pk): key for kind, ids in wanted.items() for pk, key in vouching.keys_of(kind, ids).items()}


def _printed(paper: Paper, key: bytes | None, at: datetime) -> bool:
    """One that cannot be laid out is logged by its id, and the others are printed."""
    if key is None:
        return False
    try:
        _rendered(paper, key, at)
    except Exception:
        log.exception("paper %s could not be rendered", paper.pk)
        return False
    return True
