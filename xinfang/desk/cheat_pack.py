"""试着改一份案卷包: one character of a pack that was handed out is altered, and the verify.py inside it is asked, by itself.

The pack is made in a transaction that is rolled back, so that trying leaves no export in the trace.
"""

import io
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from xinfang.archives.models import PackPurpose
from xinfang.desk import packs
from xinfang.petitions.models import Petition
from xinfang.trace import checkpoints, sequencer
from xinfang.trace.acts import Hand

VISITOR = Hand.system("demonstration")
LONGEST = 60  # seconds for a check that takes one


@dataclass(frozen=True)
class Altered:
    """What was altered where, and what verify.py says of the pack before and after."""

    file: str
    at: int
    before: str
    after: str
    size: int
    untouched: str
    altered: str


def alter(petition: Petition) -> Altered:
    """The first character of its title becomes its neighbour: the least that can be changed, one bit."""
    whole = _handed_out(petition)
    said = petition.title.encode()
    at = whole.index(said) + len(petition.title[0].encode()) - 1
    changed = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    after = changed[at - len(petition.title[0].encode()) + 1 : at + 1].decode()
    return Altered(
        file=_file_at(whole, at),
        at=at,
        before=petition.title[0],
        after=after,
        size=len(whole),
        untouched=_verified(whole),
        altered=_verified(changed),
    )


def _handed_out(petition: Petition) -> bytes:
    """As whoever asks for it downloads it."""
    sequencer.place_all()
    checkpoints.publish(timezone.now())
    with transaction.atomic():
        made = packs.make(petition, purpose=PackPurpose.OTHER, note=_("演示"), by=VISITOR, at=timezone.now())
        whole = b"".join(made.pieces)
        transaction.set_rollback(True)
    return whole


def _file_at(whole: bytes, at: int) -> str:
    """The file of the zip that this byte lies in."""
    with zipfile.ZipFile(io.BytesIO(whole)) as zipped:
        before = [one for one in zipped.infolist() if one.header_offset <= at]
    return max(before, key=lambda one: one.header_offset).filename


def _verified(pack: bytes) -> str:
    """verify.py out of the pack, in a Python of its own that knows nothing of this program: as anybody runs it."""
    with tempfile.TemporaryDirectory(prefix="xinfang-pack-") as name:
        file, checker = Path(name) / "pack.zip", Path(name) / "verify.py"
        file.write_bytes(pack)
        with zipfile.ZipFile(io.BytesIO(pack)) as zipped:
            checker.write_bytes(zipped.read("verify.py"))
        command = [sys.executable, "-I", str(checker), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=LONGEST, check=False)
    return done.stdout.strip()
