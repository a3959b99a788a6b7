"""A filled petition is what the verbs would have written."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Max, Model
from django.utils import timezone

from bench import compiler, dialects, fill, harvest, mix
from bench.county import County
from bench.lives import Life
from bench.mix import Plan
from bench.patterns import Copy, Pattern
from bench.press import Job, Press
from xinfang.documents.models import Series
from xinfang.files.models import Blob
from xinfang.petitions.models import Assignment, Petition, Petitioner
from xinfang.trace.models import Entry, Place
from xinfang.trace.verify import verify

pytestmark = pytest.mark.django_db
LIVES = 24
# What a copy says otherwise; all else is the same.
VARIES = re.compile(r"\d{17,}|\d{4}-\d\d-\d\d|\d{10}[A-Z]{2}\d{6}|〔\d{4}〕[^ ]+ \d+ 号")
BOUND = frozenset(
    {"digest", "key_wrapped", "sealed", "query_code_sealed", "query_code_hash", "act_secret_hash", "data"}
)
BOUND |= {"words_sealed", "name_index", "id_no_index", "phone_index", "recorded_at"}


@pytest.fixture(scope="module")
def filled(here: County, until: datetime) -> None:
    fill.fill(200, until=until, lives=LIVES)


@pytest.fixture(scope="module")
def plans(here: County, until: datetime) -> list[Plan]:
    return list(mix.plans(here, count=LIVES, until=until, seed="test"))


def lived(plan: Plan, here: County) -> list[Model]:
    """Its rows, through the verbs."""
    ground = harvest.Ground()
    plan.live(here)
    return list(ground.rows())


def printed(pattern: Pattern) -> list[Model]:
    """The rows of one copy, as they come back from the database; of next year, so that its ids are the newest."""
    ground, press = harvest.Ground(), Press([pattern])
    serials = tuple(range(500, 500 + len(pattern.serials)))
    copy = Copy(0, weeks=60, milliseconds=1234, serials=serials, persons=tuple(range(7, 7 + len(pattern.persons))))
    press.load(press.printed(Job(0, "test", (copy,)))[1])
    return list(ground.rows())


def told(value: Any, name: str, begun: datetime) -> Any:
    """A value without what may differ: of sealed bytes only that they are there, of time how far from the beginning."""
    if value is None or (isinstance(value, bool | int) and abs(value) < 1e15):
        return value
    if name in BOUND:
        return type(value).__name__
    if isinstance(value, datetime):
        return value - begun
    if isinstance(value, date):
        return value - timezone.localdate(begun)
    return VARIES.sub("…", repr(value)) if isinstance(value, str | dict | list) else type(value).__name__


def shape(rows: list[Model]) -> dict[str, list[dict[str, Any]]]:
    """Rows by table, column by column."""
    tables: dict[str, list[dict[str, Any]]] = defaultdict(list)
    begun = min(row.at for row in rows if isinstance(row, Entry))
    for row in rows:
        names = [field.attname for field in harvest.columns(type(row))]
        tables[row._meta.label].append({name: told(row.__dict__[name], name, begun) for name in names})
    return dict(tables)


def rolled_back(rows: Any, *arguments: Any) -> list[Model]:
    """So that a life and its copies start from the same ground."""
    with transaction.atomic():
        found: list[Model] = rows(*arguments)
        transaction.set_rollback(True)
    return found


def test_no_act_of_a_plan_lies_after_the_last_monday(plans: list[Plan], here: County, until: datetime) -> None:
    """Else the fill is refused on a Monday, whose first hours are all there is."""
    assert max(Life(here, plan.scripts[-1]).at(plan.until) for plan in plans) <= until


@pytest.mark.parametrize("n", range(LIVES))
def test_a_filled_petition_has_the_rows_and_columns_of_a_lived_one(n: int, here: County, plans: list[Plan]) -> None:
    rows = rolled_back(lived, plans[n], here)
    pattern = compiler.compiled(rows, dialects.current())
    assert shape(rolled_back(printed, pattern)) == shape(rows)


def test_the_words_of_a_sealed_petition_are_printed_under_its_own_key_and_stand_in_no_column(
    here: County, plans: list[Plan]
) -> None:
    script = plans[0].scripts[0]
    sealed = Plan((replace(script, intake=replace(script.intake, is_confidential=True)),), "register")
    rows = rolled_back(lived, sealed, here)
    copies = rolled_back(printed, compiler.compiled(rows, dialects.current()))
    assert shape(copies) == shape(rows)
    copy = next(row for row in copies if isinstance(row, Petition))
    assert (copy.__dict__["title"], copy.title) == ("", script.intake.title)


@pytest.mark.usefixtures("brought_in")
def test_the_trace_of_a_filled_county_tells_no_lie(filled: None) -> None:
    assert verify() is None


def test_every_entry_has_its_place_and_none_is_left_out(filled: None) -> None:
    assert Place.objects.aggregate(n=Max("n"))["n"] == Place.objects.count() == Entry.objects.count()


def test_exactly_as_many_petitions_as_were_asked_for(filled: None) -> None:
    assert Petition.objects.count() == 200


def test_nearly_all_are_archived_and_the_others_stand_along_the_road(filled: None) -> None:
    states = Counter(Petition.objects.values_list("status", flat=True))
    assert states["archived"] >= 180
    assert len(states) >= 3


def test_numbers_have_no_gap_and_the_counters_stand_at_the_last(filled: None) -> None:
    numbers = Petition.objects.exclude(number=None).values_list("number", flat=True)
    heads = Counter(number[:-6] for number in numbers)
    counters = dict(Series.objects.filter(name__startswith="petition:").values_list("name", "last"))
    assert counters == {f"petition:{head}": count for head, count in heads.items()}
    assert set(numbers) == {f"{h}{n:06d}" for h, count in heads.items() for n in range(1, count + 1)}


def test_a_filled_identity_opens_with_its_petitions_key(filled: None) -> None:
    row = Petitioner.objects.select_related("petition").latest("id")
    assert row.identity.phone.startswith("100")
    assert Petition.objects.exclude(query_code_sealed=None).latest("id").query_code.isalnum()


def test_nothing_lies_in_the_future(filled: None, until: datetime) -> None:
    assert Petition.objects.aggregate(last=Max("registered_at"))["last"] <= until
    assert Assignment.objects.filter(received_at__gt=until).count() == 0


def test_the_same_seed_prints_the_same_rows(here: County, plans: list[Plan]) -> None:
    pattern = compiler.compiled(rolled_back(lived, plans[1], here), dialects.current())
    copy = Copy(0, -10, 5, tuple(range(len(pattern.serials))), tuple(range(len(pattern.persons))))

    def once(seed: str) -> Any:
        return Press([pattern]).printed(Job(0, seed, (copy, copy)))

    assert once("a") == once("a") != once("b")


def test_a_row_that_the_fill_cannot_copy_stops_it(here: County) -> None:
    ground = harvest.Ground()
    with transaction.atomic():
        Blob.objects.create(address="0" * 64, size=1, media_type="text/plain", plain_digest_salted="0" * 64)
        with pytest.raises(harvest.NotKnown):
            list(ground.rows())
        transaction.set_rollback(True)


def test_a_sealed_field_that_the_fill_does_not_know_stops_it(
    here: County, plans: list[Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compiler, "SEALED", {})
    rows = rolled_back(lived, plans[1], here)
    with pytest.raises(harvest.NotKnown):
        compiler.compiled(rows, dialects.current())
