"""How a line of the index is written: on the frozen paper and on the page alike."""

from django.utils.translation import gettext as _

from xinfang.archives.binding import Piece
from xinfang.archives.models import Item, Source


def line_of(item: Item, piece: Piece) -> str:
    """顺序号、文号、责任者、题名、日期、页号、备注."""
    said = [str(item.n), piece.number or "—", piece.unit.name if piece.unit else "—", titled(piece.title, item.part)]
    return "　".join([*said, item.dated.isoformat(), pages_of(item), note_of(item)])


def note_of(item: Item) -> str:
    """备注: what is there as paper. Where it lies changes, and stands on the page."""
    return _("原件") if item.source == Source.ORIGINAL else "—"


def titled(title: str, part: int) -> str:
    return _("%(title)s（第 %(part)s 部分）") % {"title": title, "part": part} if part else title


def pages_of(item: Item) -> str:
    """1–4, or a dash for what has no pages."""
    if not item.pages:
        return "—"
    last = item.first_page + item.pages - 1
    return str(item.first_page) if last == item.first_page else f"{item.first_page}–{last}"
