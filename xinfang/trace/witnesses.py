"""Witnesses: who signs that the log only grew, what they have signed, and what it is worth.

A witness comes by itself, with `witness.pyz`; no act ever waits for one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from xinfang.foundation.errors import Refused
from xinfang.trace import verify
from xinfang.trace.acts import Hand, act, record
from xinfang.trace.models import Checkpoint, Cosignature, Witness
from xinfang.trace.notes import COSIGNATURE, Head, Malformed, Note, NotSigned, Verifier

ENROLLERS = ("administrator",)
"""The post that enrols; what it enrols is told to everybody who reads the page."""
_LONGEST_NAME = 120
_CLOCK_TOLERANCE = timedelta(minutes=5)
"""What is kept of the future no receipt could be verified with until then (trace/offline/verify.py)."""


def standing() -> Iterable[Witness]:
    return Witness.objects.filter(ended_at__isnull=True).order_by("since")


def _require_enroller(by: Hand) -> None:
    if by.kind != "system" and by.post not in ENROLLERS:
        raise Refused("见证方由系统管理员登记。")


@act
def enrol(*, vkey: str, operator: str, is_independent: bool, by: Hand, at: datetime) -> Witness:
    """登记见证方: from now on its signatures are taken."""
    _require_enroller(by)
    verifier = _of_a_witness(vkey)
    if not operator.strip():
        raise Refused("请写明由哪个单位运行。", field="operator")
    if Witness.objects.filter(vkey=verifier.vkey).exists():
        raise Refused("这把公钥已经登记过。", field="vkey")
    witness = Witness.objects.create(
        name=verifier.name,
        vkey=verifier.vkey,
        operator=operator.strip(),
        is_independent=is_independent,
        since=at,
    )
    record("witness.enrol", subject=("witness", witness.pk), by=by, at=at, facts={}, rows=[witness])
    return witness


@act
def end(witness: Witness, *, by: Hand, at: datetime) -> Witness:
    """停止见证: no more signatures are taken; those that came stay."""
    _require_enroller(by)
    witness = Witness.objects.select_for_update().get(pk=witness.pk)
    if witness.ended_at:
        raise Refused("这个见证方已经停止。")
    witness.ended_at = at
    witness.save(update_fields=["ended_at"])
    record("witness.end", subject=("witness", witness.pk), by=by, at=at, facts={})
    return witness


def ends(witnesses: Sequence[Witness]) -> dict[int, tuple[datetime | None]]:
    """When each was ended, as the entries say: for `verify`."""
    found: dict[int, tuple[datetime | None]] = {one.pk: (None,) for one in witnesses}
    for entry in verify.entries_of("witness", list(found), ["witness.end"]):
        found[entry.subject_id] = (entry.at,)
    return found


def _of_a_witness(vkey: str) -> Verifier:
    try:
        verifier = Verifier.read(vkey)
    except Malformed:
        raise Refused("这不是一把公钥：应当是“名称+编号+密钥”的一行，由见证程序打印。", field="vkey") from None
    if verifier.kind != COSIGNATURE:
        raise Refused("这是日志自己的公钥类型，见证方要用见证公钥。", field="vkey")
    if len(verifier.name) > _LONGEST_NAME:
        raise Refused("见证方名称太长，最多120字。", field="vkey")
    return verifier


def take(text: str, *, at: datetime) -> Cosignature:
    """A signed note from a witness: its line is kept when it signs a public checkpoint of ours. A repeat changes nothing."""
    try:
        note = Note.read(text)
    except Malformed:
        raise Refused("这不是一份签名的检查点。") from None
    checkpoint = _published(note.text)
    for witness in standing():
        verifier = Verifier.read(witness.vkey)
        if any(verifier.made(one) for one in note.signatures):
            return _kept(checkpoint, witness, verifier, note, at)
    raise Refused("上面没有已登记见证方的签名。")


def _published(text: str) -> Checkpoint:
    """A checkpoint of another log, of a size we have not come to, or of a root that is not ours is none of ours."""
    try:
        head = Head.read(text)
    except Malformed:
        raise Refused("这不是一份签名的检查点。") from None
    found = Checkpoint.objects.filter(is_public=True, size=head.size).first()
    if found is None or Note.read(found.note).text != text:
        raise Refused("本日志没有公布过这个检查点。")
    return found


def _kept(checkpoint: Checkpoint, witness: Witness, verifier: Verifier, note: Note, at: datetime) -> Cosignature:
    try:
        signed_at = note.signed_by(verifier)
    except NotSigned:
        raise Refused("见证方的签名不对。") from None
    assert signed_at is not None, "a witness signs a time"
    if signed_at > at + _CLOCK_TOLERANCE:
        raise Refused("见证签名的时间在将来，请校准见证机器的时钟。")
    line = next(one.line for one in note.signatures if verifier.made(one))
    new = Cosignature(checkpoint=checkpoint, witness=witness, line=line, signed_at=signed_at, received_at=at)
    with transaction.atomic():
        Cosignature.objects.bulk_create([new], ignore_conflicts=True)
    return Cosignature.objects.get(checkpoint=checkpoint, witness=witness)


@dataclass(frozen=True)
class Standing:
    """One witness and how far it has signed."""

    witness: Witness
    last: Cosignature | None


def standings() -> list[Standing]:
    """Who has signed what, those that ended too."""
    latest = Cosignature.objects.filter(witness=OuterRef("pk")).order_by("-checkpoint").values("pk")[:1]
    found = list(
        Witness.objects.annotate(latest=Subquery(latest)).order_by(F("ended_at").desc(nulls_first=True), "since")
    )
    lasts = Cosignature.objects.select_related("checkpoint").in_bulk([one.latest for one in found if one.latest])
    return [Standing(one, lasts.get(one.latest)) for one in found]


def is_independent() -> bool:
    """Whether anybody outside this office signs, and has signed; without one the log proves little against its own keeper."""
    return Cosignature.objects.filter(witness__is_independent=True, witness__ended_at__isnull=True).exists()
