"""Writers side by side get numbers without a gap, whatever some of them take back."""

from collections import defaultdict
from collections.abc import Callable
from random import Random
from typing import Any

from django.db import transaction

from tests.cast import MORNING, Cast, Life, intake
from tests.races.together import errors, together
from xinfang.documents.models import Paper, Series
from xinfang.petitions import actions
from xinfang.petitions.codes import Channel
from xinfang.petitions.models import Petition
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

WRITERS = 8
EACH = 6
CHANNELS = (Channel.LETTER, Channel.ONLINE, Channel.MOBILE)


class _TakenBack(Exception):
    pass


def writer(county: Cast, seed: int) -> Callable[[], int]:
    """Registers, and now and then takes it back; returns how many it kept."""
    chance = Random(seed)
    by = county.again("registrar")

    def write() -> int:
        kept = 0
        for _ in range(EACH):
            try:
                with transaction.atomic():
                    actions.register(intake(channel=chance.choice(CHANNELS)), organ=county.bureau, by=by, at=MORNING)
                    if chance.random() < 0.3:
                        raise _TakenBack
                kept += 1
            except _TakenBack:
                pass
        return kept

    return write


def without_gap(numbers: list[int]) -> bool:
    return sorted(numbers) == list(range(1, len(numbers) + 1))


def test_eight_writers_leave_no_gap_in_any_series(county: Cast) -> None:
    kept = together(*(writer(county, seed) for seed in range(WRITERS)))
    assert errors(kept) == []
    series = defaultdict(list)
    for number in Petition.objects.values_list("number", flat=True):
        series[number[:-6]].append(int(number[-6:]))
    assert sum(map(len, series.values())) == sum(kept) < WRITERS * EACH
    assert all(without_gap(numbers) for numbers in series.values())
    last = {head: len(numbers) for head, numbers in series.items()}
    assert {name.removeprefix("petition:"): n for name, n in Series.objects.values_list("name", "last")} == last


def test_what_was_taken_back_left_nothing_and_the_trace_verifies(county: Cast) -> None:
    kept = together(*(writer(county, seed) for seed in range(WRITERS)))
    assert Entry.objects.filter(act="petition.register").count() == sum(kept) == Petition.objects.count()
    sequencer.place_all()
    assert verify() is None


def test_papers_issued_at_once_are_numbered_without_a_gap(county: Cast) -> None:
    lives = [Life(county).until("propose") for _ in range(WRITERS)]

    def transfer(life: Life) -> Any:
        by, at = county.again("dispatcher"), life.later()
        return lambda: actions.transfer(life.petition, by=by, at=at)

    assert errors(together(*map(transfer, lives))) == []
    for word in ("转", "告"):
        numbers = Paper.objects.filter(number__contains=f"〕{word} ").values_list("number", flat=True)
        assert without_gap([int(number.split()[1]) for number in numbers])
        assert len(numbers) == WRITERS
