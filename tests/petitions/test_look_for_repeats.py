"""查重 before there is a petition: by equality, inside what the officer may know of, and traced without a name."""

import pytest

from tests.cast import MORNING, WANG, Cast, Life, registered
from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Officer
from xinfang.petitions import actions
from xinfang.petitions.codes import Purpose, RevealGround
from xinfang.petitions.intake import Person
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace.models import Entry


def look(by: Officer, *who: Identity) -> dict[str | None, str]:
    found = actions.look_for_repeats(who, ground=RevealGround.DUPLICATE, by=by, at=MORNING)
    return {candidate.petition.number: candidate.why for candidate in found}


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (Identity(name="王桂花", id_no="61011519540101 0020"), "证件号码相同"),
        (Identity(phone="138 0000 1234"), "电话相同"),
        (Identity(name="王桂兰"), "姓名相同"),
        (WANG, "证件号码相同、电话相同、姓名相同"),
    ],
)
def test_an_earlier_petition_is_found_by_number_telephone_or_name(cast: Cast, who: Identity, why: str) -> None:
    earlier = registered(cast).petition
    registered(cast, people=(Person(Identity(name="李四")),))
    assert look(cast.registrar, who) == {earlier.number: why}


def test_nobody_is_found_by_part_of_a_name_or_by_nothing(cast: Cast) -> None:
    registered(cast)
    assert look(cast.registrar, Identity(name="王桂")) == {}
    assert look(cast.registrar, Identity()) == {}
    assert look(cast.registrar) == {}


def test_ten_namesakes_do_not_hide_the_one_with_the_same_number(cast: Cast) -> None:
    mine = registered(cast).petition
    for _ in range(11):
        registered(cast, people=(Person(Identity(name=WANG.name)),))
    found = look(cast.registrar, WANG)
    assert (len(found), next(iter(found))) == (10, mine.number)


def test_a_street_finds_only_its_own(cast: Cast) -> None:
    registered(cast)
    given = Life(cast).until("dispatch").petition
    assert look(cast.street_handler, WANG) == {given.number: "证件号码相同、电话相同、姓名相同"}
    assert look(cast.dept_handler, WANG) == {}


def test_a_compartment_is_never_looked_into_even_by_who_entered_it(cast: Cast) -> None:
    registered(cast, is_confidential=True)
    registered(cast, purpose=Purpose.ACCUSE)
    assert look(cast.registrar, WANG) == {}


def test_each_look_leaves_one_entry_with_its_ground_and_no_citizens_data(cast: Cast) -> None:
    earlier = registered(cast).petition
    look(cast.registrar, WANG)
    entry = Entry.objects.get(act="petition.look_for_repeats")
    assert entry.facts == {"ground": "duplicate", "shown": [earlier.pk]}
    assert (entry.subject_kind, entry.subject_id, entry.post) == ("officer", cast.registrar.pk, "registrar")


@pytest.mark.parametrize("name", ["leader", "auditor", "archivist", "administrator"])
def test_who_registers_nothing_looks_for_nobody(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        look(cast.officers[name], WANG)
