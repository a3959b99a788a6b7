"""Search by words, place and state; by name only with a reason."""

import pytest

from tests.cast import MORNING, WANG, Cast, Life, registered
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, queries
from xinfang.petitions.codes import Purpose, RevealGround
from xinfang.petitions.models import Petition
from xinfang.trace.models import Entry

GROUND = RevealGround.DUPLICATE


def numbers(found: object) -> list[str | None]:
    return [petition.number for petition in found]  # type: ignore[attr-defined]


def test_every_word_must_stand_in_the_title_or_the_text(cast: Cast) -> None:
    roof = registered(cast).petition
    registered(cast, title="拖欠工资", text="包工头拖欠工资。")
    assert numbers(queries.search(cast.dispatcher, text="漏水 物业")) == [roof.number]


def test_a_street_is_found_with_its_villages(cast: Cast) -> None:
    registered(cast, division="610115001000")
    registered(cast, division="610115004000")
    assert len(queries.search(cast.dispatcher, division="610115001000")) == 1
    assert len(queries.search(cast.dispatcher, division="610115010000")) == 0
    assert len(queries.search(cast.dispatcher, division="610115000000")) == 2


def test_a_unit_finds_only_its_own(cast: Cast) -> None:
    Life(cast).until("dispatch")
    registered(cast)
    assert len(queries.search(cast.street_handler, text="漏水")) == 1
    assert len(queries.search(cast.dept_handler, text="漏水")) == 0


def test_who_does_not_read_the_text_learns_nothing_of_it_by_asking(cast: Cast) -> None:
    registered(cast)
    assert len(queries.search(cast.auditor, text="小区漏水")) == 1
    assert len(queries.search(cast.auditor, text="去年冬天")) == 0
    assert len(queries.search(cast.dispatcher, text="去年冬天")) == 1


def test_a_name_is_found_by_equality_and_leaves_an_entry_with_its_ground_only(cast: Cast) -> None:
    registered(cast)
    found = actions.search_by_name(WANG.name, ground=GROUND, by=cast.dispatcher, at=MORNING)
    assert len(found) == 1
    entry = Entry.objects.get(act="petition.search_by_name")
    assert entry.facts | {"rows": []} == {"ground": "duplicate", "rows": []}
    assert actions.search_by_name("王桂", ground=GROUND, by=cast.dispatcher, at=MORNING) == []


def test_a_sealed_petition_is_not_found_by_its_petitioners_name(cast: Cast) -> None:
    registered(cast, purpose=Purpose.ACCUSE)
    assert Petition.objects.count() == 1
    assert actions.search_by_name(WANG.name, ground=GROUND, by=cast.dispatcher, at=MORNING) == []


def test_an_auditor_searches_no_names(cast: Cast) -> None:
    with pytest.raises(Refused):
        actions.search_by_name(WANG.name, ground=GROUND, by=cast.auditor, at=MORNING)
