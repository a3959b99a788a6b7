"""判重: 同人同事 is decided by a person, who says why; what he was shown is kept."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import MORNING, Cast, Life, intake, registered
from tests.petitions.facts import covering, hands_that_may, refused
from xinfang.petitions import actions, look_alikes
from xinfang.petitions.codes import Channel, DuplicateOutcome, Purpose
from xinfang.petitions.errors import NotOnTheRoad, NotReady, NotYourMove, StalePage
from xinfang.petitions.intake import Person
from xinfang.petitions.models import DuplicateCheck, Petition
from xinfang.petitions.models.petitioner import Identity, blind_index
from xinfang.trace.models import Entry

INITIAL, REPEAT, RELATED = DuplicateOutcome.INITIAL, DuplicateOutcome.REPEAT, DuplicateOutcome.RELATED
AT = MORNING + timedelta(hours=1)


def check(
    cast: Cast, petition: Petition, outcome: DuplicateOutcome = INITIAL, other: Petition | None = None, **changes: Any
) -> DuplicateCheck:
    facts = {"outcome": outcome, "other": other, "reason": "同人同事", "by": cast.dispatcher, "at": AT}
    return actions.check_duplicate(petition, **(facts | changes))


def two(cast: Cast, count: int = 2, **changes: Any) -> list[Petition]:
    return [registered(cast, **changes).petition for _ in range(count)]


def again(petition: Petition) -> Petition:
    return Petition.objects.get(pk=petition.pk)


# Who and when


def test_the_desk_and_the_review_office_of_the_organ_may(cast: Cast) -> None:
    petition = registered(cast).petition
    may = hands_that_may(cast, lambda by: check(cast, petition, by=by))
    assert may == {"registrar", "dispatcher", "bureau_head", "review_office"}


def test_a_unit_checks_what_it_received_itself(cast: Cast) -> None:
    own = actions.register(intake(), organ=cast.street, by=cast.street_head, at=MORNING).petition
    assert hands_that_may(cast, lambda by: check(cast, own, by=by)) == {"street_head", "street_handler"}


def test_it_may_be_decided_again_until_the_petition_is_proposed(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    check(cast, life.petition, at=life.later())
    life.propose()
    with refused("现在不能“判重”：该件当前状态为“已拟办”", NotOnTheRoad):
        check(cast, life.petition, at=life.later())
    assert DuplicateCheck.objects.count() == 2


# What is shown


def test_the_same_person_is_found_by_number_telephone_or_name(cast: Cast) -> None:
    mine = registered(cast).petition
    by = {
        "证件号码相同": Identity(name="王桂花", id_no="61011519540101 0020"),
        "电话相同": Identity(name="王老太", phone="138 0000 1234"),
        "姓名相同": Identity(name="王桂兰"),
        "证件号码相同、姓名相同": Identity(name="王桂兰", id_no="610115195401010020"),
        "": Identity(name="李四", id_no="610115195401010029", phone="13800001235"),
    }
    shown = {why: registered(cast, people=(Person(who),)).petition.pk for why, who in by.items()}
    found = {candidate.why: candidate.petition.pk for candidate in look_alikes.repeat_candidates(mine, cast.dispatcher)}
    assert found == {why: pk for why, pk in shown.items() if why}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("id_no", "６１０１１５１９５４０１０１００２０"),
        ("id_no", "610115-19540101-0020"),
        ("id_no", "610115 19540101 0020 "),
        ("phone", "１３８０００ ０１２３４"),
        ("phone", "138-0000-1234"),
        ("phone", "138－0000－1234"),
        ("phone", "+86 138 0000 1234"),
        ("phone", "(0086)13800001234"),
        ("name", "王 桂兰"),
        ("name", "王\u3000桂\u200b兰"),
    ],
)
def test_how_a_number_or_a_name_is_typed_makes_no_other_person(cast: Cast, field: str, typed: str) -> None:
    registered(cast, people=(Person(Identity(**{field: typed})),))
    mine = registered(cast).petition
    assert len(look_alikes.repeat_candidates(mine, cast.dispatcher)) == 1


def test_a_letter_at_the_end_and_the_dot_of_a_name_are_written_in_several_ways() -> None:
    assert blind_index("id_no", "61011519540101002x") == blind_index("id_no", "61011519540101002Ｘ")
    assert (
        blind_index("name", "阿卜杜·热合曼")
        == blind_index("name", "阿卜杜・热合曼")
        == blind_index("name", "阿卜杜热合曼")
    )
    assert blind_index("id_no", "6101151954010100*0") != blind_index("id_no", "61011519540101000")


def test_a_dash_in_place_of_a_number_is_nobodys_number(cast: Cast) -> None:
    nobody = (Person(Identity(name="甲", phone="-")),)
    registered(cast, people=nobody)
    mine = registered(cast, people=(Person(Identity(name="乙", phone="—")),)).petition
    assert look_alikes.repeat_candidates(mine, cast.dispatcher) == []


def test_what_the_clerk_was_shown_is_kept_with_what_he_decided(cast: Cast) -> None:
    first, second = two(cast)
    row = check(cast, second, REPEAT, first)
    assert (row.outcome, row.other, row.reason) == ("repeat", first, "同人同事")
    assert [pk for pk, *_ in row.candidates] == [first.pk]
    facts = Entry.objects.get(act="petition.check_duplicate").facts
    assert (facts["outcome"], facts["other"], facts["candidates"]) == ("repeat", first.pk, 1)


def test_a_petition_that_came_in_after_he_looked_is_looked_at_before_he_decides(cast: Cast) -> None:
    first, second = two(cast)
    seen = [candidate.petition.pk for candidate in look_alikes.repeat_candidates(second, cast.dispatcher)]
    third = registered(cast).petition
    with refused("可能相同的件有了变化。请看过新的列表后再判定。", StalePage):
        check(cast, second, REPEAT, first, shown=seen)
    row = check(cast, second, REPEAT, first, shown=[third.pk, first.pk])
    assert [pk for pk, *_ in row.candidates] == [third.pk, first.pk]


def test_an_officer_is_shown_only_what_he_may_know_of(cast: Cast) -> None:
    at_the_street = actions.register(intake(), organ=cast.street, by=cast.street_head, at=MORNING).petition
    registered(cast)
    assert look_alikes.repeat_candidates(at_the_street, cast.street_head) == []
    assert check(cast, at_the_street, by=cast.street_head, shown=[]).candidates == []


def test_anonymous_letters_have_no_candidates(cast: Cast) -> None:
    _, second = two(cast, people=())
    assert look_alikes.repeat_candidates(second, cast.dispatcher) == []


def test_sealed_petitions_of_the_same_person_are_not_shown(cast: Cast) -> None:
    mine = registered(cast).petition
    registered(cast, is_confidential=True)
    registered(cast, purpose=Purpose.ACCUSE)
    assert look_alikes.repeat_candidates(mine, cast.dispatcher) == []


def test_at_most_ten_are_shown_the_latest_first(cast: Cast) -> None:
    petitions = two(cast, 13)
    found = [candidate.petition.pk for candidate in look_alikes.repeat_candidates(petitions[-1], cast.dispatcher)]
    assert found == [petition.pk for petition in petitions[-2:-12:-1]]


# What follows


def test_an_initial_petition_keeps_its_own_matter(cast: Cast) -> None:
    petition = registered(cast).petition
    check(cast, petition)
    assert again(petition).is_initial
    assert again(petition).matter == petition.matter
    assert again(petition).duplicate_checked_at == AT


def test_three_channels_in_one_day_are_three_petitions_and_one_matter(cast: Cast) -> None:
    first, second, third = (
        registered(cast, channel=c).petition for c in (Channel.LETTER, Channel.ONLINE, Channel.PHONE)
    )
    check(cast, first)
    check(cast, second, REPEAT, first)
    check(cast, third, REPEAT, first)
    assert [again(p).is_initial for p in (first, second, third)] == [True, False, False]
    assert {again(p).matter_id for p in (first, second, third)} == {first.matter_id}
    assert list(first.repeats.order_by("id")) == [second, third]
    assert Petition.objects.count() == 3


def test_a_repeat_of_a_repeat_points_to_the_initial_one(cast: Cast) -> None:
    first, second, third = two(cast, 3)
    check(cast, second, REPEAT, first)
    check(cast, third, REPEAT, again(second))
    assert again(third).repeat_of == first


def test_a_related_petition_is_initial_and_keeps_its_own_matter(cast: Cast) -> None:
    first, second = two(cast)
    check(cast, second, RELATED, first)
    assert (again(second).is_initial, again(second).related_to) == (True, first)
    assert again(second).matter == second.matter != first.matter


def test_whoever_calls_it_a_repeat_says_of_which(cast: Cast) -> None:
    petition = registered(cast).petition
    for other in (None, petition):
        with refused("请指明与哪一件相同或相关。", field="other"):
            check(cast, petition, REPEAT, other)


def test_two_petitions_are_not_each_others_repeat(cast: Cast) -> None:
    first, second = two(cast)
    check(cast, second, REPEAT, first)
    with refused("该件已有重件", field="outcome"):
        check(cast, first, REPEAT, again(second))
    with refused("请指明与哪一件相同或相关。", field="other"):
        check(cast, first, RELATED, again(second))
    assert (again(first).repeat_of, again(first).related_to) == (None, None)


def test_a_petition_that_has_repeats_stays_initial(cast: Cast) -> None:
    first, second, third = two(cast, 3)
    check(cast, third, REPEAT, second)
    with refused("已有重件", field="outcome"):
        check(cast, again(second), REPEAT, first)
    assert again(third).repeat_of == second
    assert again(second).is_initial


def test_a_repeat_that_was_none_gets_a_matter_of_its_own_again(cast: Cast) -> None:
    first, second = two(cast)
    check(cast, second, REPEAT, first)
    check(cast, again(second), INITIAL)
    petition = again(second)
    assert (petition.is_initial, petition.repeat_of) == (True, None)
    assert petition.matter is not None
    assert petition.matter != first.matter


def test_a_reception_that_is_not_registered_has_no_repeats(cast: Cast) -> None:
    draft = actions.receive(
        channel=Channel.VISIT, received_at=MORNING, organ=cast.bureau, by=cast.registrar, at=MORNING
    )
    with refused("请指明与哪一件相同或相关。", field="other"):
        check(cast, registered(cast).petition, REPEAT, draft)


def test_what_was_entered_by_mistake_is_not_shown_and_has_no_repeats(cast: Cast) -> None:
    mistaken, mine = two(cast)
    actions.void(mistaken, reason="误录", by=cast.bureau_head, at=AT)
    assert look_alikes.repeat_candidates(mine, cast.dispatcher) == []
    with refused("请指明与哪一件相同或相关。", field="other"):
        check(cast, mine, REPEAT, mistaken)


def test_an_initial_petition_with_repeats_is_not_voided(cast: Cast) -> None:
    first, second = two(cast)
    check(cast, second, REPEAT, first)
    with refused("该件已有重件，不能作废。", NotReady):
        actions.void(first, reason="误录", by=cast.bureau_head, at=AT)
    actions.void(second, reason="误录", by=cast.bureau_head, at=AT)
    assert again(second).status == "voided"


def test_nobody_links_to_a_petition_he_may_not_know_of(cast: Cast) -> None:
    hidden, mine = registered(cast, purpose=Purpose.ACCUSE).petition, registered(cast).petition
    with refused("请指明与哪一件相同或相关。", field="other"):
        check(cast, mine, RELATED, hidden)


def test_nothing_links_a_compartment_to_what_lies_outside_it(cast: Cast) -> None:
    """Whoever sees the one would learn of the other."""
    knows_both = covering(cast, "dispatcher", "discipline", "bureau_head")
    ordinary, secret = registered(cast).petition, registered(cast, is_confidential=True).petition
    for petition, other in ((ordinary, secret), (secret, ordinary)):
        for outcome in (REPEAT, RELATED):
            with refused("请指明与哪一件相同或相关。", field="other"):
                check(cast, petition, outcome, other, by=knows_both)


def test_a_clerk_of_a_unit_is_shown_only_what_his_unit_has(cast: Cast) -> None:
    registered(cast)
    theirs = actions.register(intake(), organ=cast.street, by=cast.street_head, at=MORNING).petition
    mine = actions.register(intake(), organ=cast.street, by=cast.street_head, at=MORNING).petition
    row = check(cast, mine, REPEAT, theirs, by=cast.street_handler)
    assert [pk for pk, *_ in row.candidates] == [theirs.pk]


def test_a_repeat_he_knows_leads_to_an_initial_petition_he_does_not(cast: Cast) -> None:
    first = registered(cast).petition
    theirs, mine = (
        actions.register(intake(), organ=cast.street, by=cast.street_head, at=MORNING).petition for _ in range(2)
    )
    check(cast, theirs, REPEAT, first, by=covering(cast, "dispatcher", "street_head"))
    check(cast, mine, REPEAT, again(theirs), by=cast.street_handler)
    assert again(mine).repeat_of == first


def test_a_sealed_petition_is_checked_only_by_who_is_named(cast: Cast) -> None:
    petition = registered(cast, is_confidential=True).petition
    with refused("您看不到这件信访件。", NotYourMove):
        check(cast, petition)
    assert check(cast, petition, by=cast.registrar)


@pytest.mark.parametrize("outcome", [REPEAT, RELATED])
def test_no_date_moves_by_a_check(cast: Cast, outcome: DuplicateOutcome) -> None:
    first, second = two(cast)
    check(cast, second, outcome, first)
    assert again(second).due_on == second.due_on
