"""The tree computed anew from the entries, beside everything that was ever signed about it. For `verify`."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Max, Q
from django.utils import timezone

from xinfang.trace import merkle, signers
from xinfang.trace.checkpoints import LATEST
from xinfang.trace.leaves import leaf_of
from xinfang.trace.merkle import WIDTH, Growing
from xinfang.trace.models import Checkpoint, Cosignature, Leaf, Node, Place
from xinfang.trace.notes import Head, Malformed, Note, NotSigned, Verifier

PAGE = 500


class Found:
    """What the database holds of the tree for a batch of places."""

    def __init__(self, first: int, last: int) -> None:
        leaves = Leaf.objects.filter(n__gte=first, n__lte=last).values_list("n", "data")
        self.leaves = {n: bytes(data) for n, data in leaves}

    def node(self, level: int, i: int) -> bytes | None:
        found = Node.objects.filter(pk=Node.key(level, i)).values_list("hash", flat=True).first()
        return None if found is None else bytes(found)


class Signed:
    """The checkpoints as they stood at the beginning, met one after the other while the tree grows."""

    def __init__(self) -> None:
        self._last = Checkpoint.objects.aggregate(size=Max("size"))["size"] or 0
        self._waiting = list(self._page(0, 0))[::-1]
        self._tree = Growing()
        self._since: datetime | None = None
        self._verifiers = signers.verifiers()
        self._ahead = _ahead()

    def wrong(self, place: Place, found: Found) -> Iterator[tuple[str, str]]:
        """What is wrong with the tree at this place, each with its kind."""
        leaf, n = leaf_of(place.entry), place.n
        if found.leaves.get(n) != leaf:
            missing = "没有进树" if n not in found.leaves else "与树中的叶不符，痕迹或者树被改写过"
            yield "leaf", f"第 {n} 位（{place.entry.act}）{missing}。"
        if self._since and place.entry.recorded_at < self._since - LATEST:
            claimed = _clock(place.entry.recorded_at)
            yield "time", f"第 {n} 位（{place.entry.act}）自称记于 {claimed}，而其后公布的检查点里没有它。"
        for level, i, known in self._tree.add(merkle.leaf_hash(leaf)):
            if found.node(level, i) != known:
                yield "node", f"第 {i * WIDTH**level + 1} 位起，树的第 {level} 层第 {i} 个哈希不对。"
        yield from self._unfit_until(n)

    def _unfit_until(self, n: int) -> Iterator[tuple[str, str]]:
        while self._waiting and self._waiting[-1].size <= n:
            checkpoint = self._waiting.pop()
            if what := self._unfit(checkpoint):
                yield "checkpoint", what
            elif checkpoint.is_public:
                self._since = self._ahead.get(checkpoint.size, checkpoint.at)
            if not self._waiting:
                self._waiting = list(self._page(checkpoint.size, checkpoint.pk))[::-1]

    def _page(self, size: int, pk: int) -> Iterable[Checkpoint]:
        """The next ones: a county signs a million in a year."""
        found = Checkpoint.objects.filter(Q(size__gt=size) | Q(size=size, pk__gt=pk), size__lte=self._last)
        return found.order_by("size", "pk").prefetch_related("cosignatures__witness")[:PAGE]

    def _unfit(self, checkpoint: Checkpoint) -> str:
        """The root that was signed must be the one computed now, and each signature must hold."""
        size = checkpoint.size
        try:
            note = Note.read(checkpoint.note)
            head = Head.read(note.text)
        except Malformed:
            return f"{size} 条时的检查点被改动过。"
        if (head.size, head.root, bytes(checkpoint.root)) != (size, self._tree.root(), self._tree.root()):
            return f"前 {size} 条与当时签过的检查点不符：痕迹被改写过。"
        if not any(_holds(note, verifier) for verifier in self._verifiers):
            return f"{size} 条时的检查点不是本日志签的。"
        for one in checkpoint.cosignatures.all():
            if not _cosigned(note, one):
                return f"见证方 {one.witness.name} 对 {size} 条时检查点的签名不成立。"
        return ""

    def beyond(self) -> str:
        """A checkpoint over more than there is: the end was cut off."""
        if not self._waiting:
            return ""
        return f"检查点签过 {self._last} 条，现在只有 {self._tree.size} 条，其余被删掉了。"


def _ahead() -> dict[int, datetime]:
    """Public checkpoints that a clock dated which was ahead, by size: a larger one says an earlier time, and that is taken."""
    found: dict[int, datetime] = {}
    earliest: datetime | None = None
    dated = Checkpoint.objects.filter(is_public=True).order_by("-size").values_list("size", "at")
    for size, at in dated.iterator():
        if earliest and earliest < at:
            found[size] = earliest
        else:
            earliest = at
    return found


def _clock(at: datetime) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M")


def _cosigned(note: Note, cosignature: Cosignature) -> bool:
    try:
        return _holds(note.with_lines([cosignature.line]), Verifier.read(cosignature.witness.vkey))
    except Malformed:
        return False


def _holds(note: Note, verifier: Verifier) -> bool:
    try:
        note.signed_by(verifier)
    except NotSigned:
        return False
    return True
