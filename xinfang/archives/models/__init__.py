"""案卷: one case file for a petition, in volumes of at most two hundred pages; who has it, how it is kept, how it ends."""

from django.db import models

from xinfang.archives.models.destruction import Destruction, DestructionLine, Refusal
from xinfang.archives.models.keeping import Borrowing, FileSeal, Placing, TermSet, VolumeCheck, VolumeNote
from xinfang.archives.models.packs import Pack, PackPurpose
from xinfang.archives.models.said import Said
from xinfang.archives.models.volumes import MOST_PAGES, Awaiting, CaseFile, Item, Secrecy, Section, Source, Volume

__all__ = [
    "MOST_PAGES",
    "TRACED",
    "Awaiting",
    "Borrowing",
    "CaseFile",
    "Destruction",
    "DestructionLine",
    "FileSeal",
    "Item",
    "Pack",
    "PackPurpose",
    "Placing",
    "Refusal",
    "Said",
    "Secrecy",
    "Section",
    "Source",
    "TermSet",
    "Volume",
    "VolumeCheck",
    "VolumeNote",
]

TRACED: tuple[type[models.Model], ...] = (
    *(CaseFile, Volume, Placing, VolumeNote, VolumeCheck, Borrowing, FileSeal, TermSet, Destruction, Refusal, Pack),
)
