"""What a petitioner takes home: at once a signed promise, a moment later the proof that his registration stands in the log.

The promise names the log, the number, the leaf of the registration's entry and its time. The proof is a C2SP tlog-proof that
carries the promise in its `extra` line, so that one file is all there is to keep; cosignatures stand in it once there are any.
"""

import base64
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import segno
from django.conf import settings

from xinfang.foundation.errors import Refused
from xinfang.trace import checkpoints, signers, tree
from xinfang.trace.leaves import leaf_of
from xinfang.trace.models import Checkpoint, Entry, Leaf, Place, Waiting, Witness
from xinfang.trace.notes import Note, NotSigned
from xinfang.trace.offline import verify

HEADER = "xinfang-receipt/v1"
MOST = 100_000
MASK = 3
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Receipt:
    """Of one registration. `proof` is None until its entry has come into the tree."""

    number: str
    promise: str
    n: int | None
    proof: str | None

    @property
    def qr(self) -> str:
        """The promise to be drawn into a page: no image to fetch, no style to allow.

        Its mask is chosen beforehand: trying all eight took half of what a filing costs, and a signature is noise under any.
        """
        code = segno.make(self.promise, error="m", micro=False, mask=MASK)
        return str(code.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None))


def registration(subject_id: int) -> Entry | None:
    """The entry that registered the petition."""
    found = Entry.objects.filter(subject_kind="petition", subject_id=subject_id, act="petition.register")
    return found.order_by("pk").first()


def receipt(entry: Entry, number: str) -> Receipt:
    """As far as it has come by now."""
    promise = str(promised(entry, number))
    n = Place.objects.filter(entry=entry).values_list("n", flat=True).first()
    checkpoint = checkpoints.over(n) if n else None
    return Receipt(number, promise, n, proof(n, checkpoint, promise) if n and checkpoint else None)


def of_petition(subject_id: int, number: str | None) -> Receipt | None:
    """None for what is not registered, or when the log cannot sign now."""
    entry = registration(subject_id) if number else None
    return at_hand(entry, number or "") if entry else None


def promises(numbers: Mapping[int, str]) -> dict[int, Receipt]:
    """Of many petitions what was signed at once, for their slips: found in one question. Empty when the log cannot sign now."""
    found = Entry.objects.filter(subject_kind="petition", subject_id__in=list(numbers), act="petition.register")
    first = {entry.subject_id: entry for entry in found.order_by("-pk")}
    try:
        signed = {pk: (numbers[pk], str(promised(entry, numbers[pk]))) for pk, entry in first.items()}
    except NotSigned:
        log.exception("no receipts can be signed")
        return {}
    return {pk: Receipt(number, promise, None, None) for pk, (number, promise) in signed.items()}


def at_hand(entry: Entry, number: str) -> Receipt | None:
    """None when the log cannot sign now: its signer is away, or it will not sign over rows that are gone. Nothing else waits."""
    try:
        return receipt(entry, number)
    except (NotSigned, checkpoints.NotGrown):
        log.exception("no receipt can be signed")
        return None


def promised(entry: Entry, number: str) -> Note:
    """Signed anew when asked: the same key and the same words give the same signature."""
    at = entry.recorded_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    leaf = base64.b64encode(leaf_of(entry)).decode()
    return signers.signed(f"{HEADER}\n{settings.LOG_ORIGIN}\n{number}\n{leaf}\n{at}\n")


def proof(n: int, checkpoint: Checkpoint, promise: str = "") -> str:
    """That place `n` stands under this checkpoint, as C2SP writes it."""
    extra = f"extra {base64.b64encode(promise.encode()).decode()}\n" if promise else ""
    return written_out(n, tree.inclusion(n - 1, checkpoint.size), checkpoints.cosigned(checkpoint), extra)


def written_out(n: int, path: list[bytes], checkpoint: Note, extra: str = "") -> str:
    hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in path)
    return f"c2sp.org/tlog-proof@v1\n{extra}index {n - 1}\n{hashes}\n{checkpoint}"


def public_keys() -> list[str]:
    """The public keys that receipts are verified with: the log's first, then its witnesses', those that ended too."""
    witnesses = Witness.objects.order_by("since").values_list("vkey", flat=True)
    return [*(one.vkey for one in signers.verifiers()), *witnesses]


def checked(text: str) -> dict[str, Any]:
    """What a receipt proves, and whether the log holds the same today at its place; Refused with the reason when it does not.

    A promise names no place: `require_kept` finds it by the petition.
    """
    if len(text) > MOST:
        raise Refused("内容太长，不是登记凭证。")
    try:
        found = verify.check(_tidied(text), public_keys())
    except verify.Refused as refused:
        raise Refused(refused.sentence, **refused.values) from None  # type: ignore[arg-type]
    if "n" in found and not Leaf.objects.filter(n=found["n"], data=found["leaf"]).exists():
        raise Refused(
            "凭证是真的，而今天的日志里这个位次不是它：日志被改写过。请保存好凭证，并告诉见证方或者上级机关。"
        )
    return found


def require_kept(found: dict[str, Any], subject_id: int | None) -> None:
    """What was promised for this petition must stand in the log, or still wait for its place."""
    entry = registration(subject_id) if subject_id else None
    if entry is None or leaf_of(entry) != found["leaf"] or not _is_kept(entry, found["leaf"]):
        raise Refused(
            "凭证是真的，而今天的日志里没有它，或者已经不是它：登记被删改过。请保存好凭证，并告诉见证方或者上级机关。"
        )


def _is_kept(entry: Entry, leaf: bytes) -> bool:
    if Waiting.objects.filter(entry=entry).exists():
        return True
    n = Place.objects.filter(entry=entry).values_list("n", flat=True).first()
    return n is not None and Leaf.objects.filter(n=n, data=leaf).exists()


def _tidied(text: str) -> str:
    """As it was before it went through a form, a clipboard, a QR reader or an editor that marks its files."""
    return text.replace("\r\n", "\n").removeprefix("\ufeff").strip() + "\n"
