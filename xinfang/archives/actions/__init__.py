"""The verbs of the archive: one function, one transaction, a named hand, one entry each."""

from xinfang.archives.actions.bind import bind, move_volume
from xinfang.archives.actions.borrow import lend_volume, take_back_volume
from xinfang.archives.actions.destroy import (
    agree_destruction,
    approve_destruction,
    carry_out,
    propose_destruction,
    refuse_destruction,
)
from xinfang.archives.actions.keep import check_volume, note_volume, open_file, seal_file, set_term
from xinfang.archives.actions.own import give_own_pack
from xinfang.archives.actions.pack import ask_for_pack

__all__ = [
    "agree_destruction",
    "approve_destruction",
    "ask_for_pack",
    "bind",
    "carry_out",
    "check_volume",
    "give_own_pack",
    "lend_volume",
    "move_volume",
    "note_volume",
    "open_file",
    "propose_destruction",
    "refuse_destruction",
    "seal_file",
    "set_term",
    "take_back_volume",
]
