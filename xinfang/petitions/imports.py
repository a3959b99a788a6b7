"""Bringing a file of messages in: every row an act of its own, so that a run may end anywhere and be run again."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.utils import timezone

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Division, DivisionKind, Unit, UnitKind
from xinfang.organizations.queries import open_units
from xinfang.petitions import actions, messages
from xinfang.petitions.messages import Ground, Row, token
from xinfang.petitions.models.category import used_on
from xinfang.trace.acts import AlreadyDone, Hand, once
from xinfang.trace.models import Entry

HAND = Hand.system("importer")
BATCH = 200


@dataclass(frozen=True)
class Refusal:
    """A row that was not registered, and why."""

    line: int
    number: str
    reason: str


@dataclass
class Outcome:
    """What became of the rows. `undated` of the registered ones had no time and count as received now."""

    registered: int = 0
    present: int = 0
    undated: int = 0
    refused: list[Refusal] = field(default_factory=list)


def standing(now: datetime) -> tuple[Unit, Ground]:
    """The bureau that registers, and what the rows are read against."""
    organ = open_units(timezone.localdate(now)).filter(kind=UnitKind.BUREAU).first()
    streets = list(Division.objects.filter(kind=DivisionKind.STREET).order_by("code").values_list("code", flat=True))
    if organ is None or not streets:
        raise Refused("还没有信访局和街道，请先装载区县文件：xinfang load county counties/lintong")
    return organ, Ground(streets, frozenset(used_on(timezone.localdate(now)).values_list("code", flat=True)), now)


@dataclass
class Import:
    """One file on its way in. `dataset` is its name: the rows' numbers are unique within it."""

    dataset: str
    organ: Unit
    ground: Ground
    outcome: Outcome = field(default_factory=Outcome)
    seen: dict[str, int] = field(default_factory=dict)

    def bring(self, rows: Iterable[Row], *, advance: Callable[[int], object] = lambda count: None) -> Outcome:
        for batch in _batches(rows):
            present = self._present(batch)
            for row in batch:
                self._bring_one(row, present)
                advance(1)
        return self.outcome

    def _present(self, batch: list[Row]) -> set[str | None]:
        """What an earlier run has registered of these, in one look."""
        tokens = [token(self.dataset, row) for row in batch]
        return set(Entry.objects.filter(once__in=tokens).values_list("once", flat=True))

    def _bring_one(self, row: Row, present: set[str | None]) -> None:
        try:
            self._refuse_twice(row)
            is_new = token(self.dataset, row) not in present and self._register(row)
        except Refused as refused:
            self.outcome.refused.append(Refusal(row.line, row.number, refused.sentence))
            return
        self.outcome.registered += is_new
        self.outcome.present += not is_new

    def _refuse_twice(self, row: Row) -> None:
        first = self.seen.setdefault(row.number, row.line) if row.number else row.line
        if first != row.line:
            raise Refused("编号“%(number)s”与第 %(line)s 行重复。", number=row.number, line=first)

    def _register(self, row: Row) -> bool:
        """History is registered at the time it happened; its entry tells beside that when it was recorded."""
        intake = messages.intake_of(row, self.ground)
        try:
            with once(token(self.dataset, row)):
                actions.register(intake, organ=self.organ, by=HAND, at=intake.received_at)
        except AlreadyDone:  # by another import that runs beside this one
            return False
        self.outcome.undated += intake.received_at == self.ground.now
        return True


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while batch := list(islice(rest, BATCH)):
        yield batch
