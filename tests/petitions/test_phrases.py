"""常用语: added and retired by the heads, offered to the desks."""

from tests.cast import MORNING, Cast
from tests.petitions.facts import hands_that_may, refused
from xinfang.organizations.models import Duty
from xinfang.petitions import actions
from xinfang.petitions.models import Phrase
from xinfang.petitions.models.phrase import PhraseUse
from xinfang.petitions.policies import By
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

USE = next(iter(PhraseUse))


def add(by: By, text: str = "经查属实。") -> Phrase:
    return actions.add_phrase(duty=Duty.CASE_HANDLER, use=USE, text=text, by=by, at=MORNING)


def test_heads_the_administrator_and_a_system_add(cast: Cast) -> None:
    may = hands_that_may(cast, add)
    assert {"bureau_head", "street_head", "dept_head", "administrator", "system"} <= may
    assert not {"registrar", "dispatcher", "street_handler", "auditor", "village_collector"} & may


def test_an_empty_phrase_is_refused(cast: Cast) -> None:
    with refused("请填写常用语。", field="text"):
        add(cast.bureau_head, "  ")


def test_a_retired_phrase_comes_back_when_it_is_added_again(cast: Cast) -> None:
    actions.retire_phrase(add(cast.bureau_head), by=cast.bureau_head, at=MORNING)
    assert Phrase.objects.get().is_retired
    add(cast.bureau_head, " 经查属实。 ")
    assert not Phrase.objects.get().is_retired


def test_the_trace_vouches_for_a_phrase_and_does_not_say_it(cast: Cast) -> None:
    add(cast.bureau_head)
    sequencer.place_all()
    assert "经查属实" not in str(Entry.objects.get().facts)
    assert verify() is None
    Phrase.objects.update(text="经查不实。")
    assert verify() is not None


def test_a_desk_retires_nothing(cast: Cast) -> None:
    phrase = add(cast.bureau_head)
    with refused("您目前没有这个岗位。"):
        actions.retire_phrase(phrase, by=cast.street_handler, at=MORNING)
