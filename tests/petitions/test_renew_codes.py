"""A lost slip: at any desk his card is compared with what he gave; new codes, the old ones dead, and it stays in the trace."""

from typing import Any

import pytest
from django.utils import timezone

from tests.cast import WANG, Cast, Life, registered
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, policies, progress, queries, slip_codes
from xinfang.petitions.codes import IdentityProof, Purpose
from xinfang.petitions.errors import DoesNotFit
from xinfang.petitions.models import Look, Petition, Renewal
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

CARD = Identity(name="王桂兰", id_no="610115195401010020")


def renew(number: str, by: Any, shown: Identity = CARD) -> Any:
    return actions.renew_codes(number, shown, proof=IdentityProof.CARD, by=by, at=timezone.now())


def test_new_codes_work_and_the_old_ones_are_dead(cast: Cast) -> None:
    old = registered(cast)
    number = str(old.petition.number)
    new = renew(number, cast.registrar)
    petition = Petition.objects.get()
    assert slip_codes.by_code(number, new.query_code).pk == petition.pk
    assert policies.is_secret_of(petition, new.act_secret)
    assert not policies.is_secret_of(petition, old.act_secret)
    with pytest.raises(Refused):
        slip_codes.by_code(number, old.query_code)


def test_twice_lost_is_twice_renewed_and_the_trace_still_verifies(cast: Cast) -> None:
    number = str(registered(cast).petition.number)
    first, second = renew(number, cast.registrar), renew(number, cast.registrar)
    assert first.act_secret != second.act_secret
    assert not policies.is_secret_of(Petition.objects.get(), first.act_secret)
    sequencer.place_all()
    assert verify() is None
    Renewal.objects.filter(pk=Renewal.objects.latest("id").pk).update(proof="vouched")
    assert verify() is not None


def test_he_sees_in_his_timeline_that_it_was_replaced(cast: Cast) -> None:
    number = str(registered(cast).petition.number)
    new = renew(number, cast.registrar)
    told = progress.of(slip_codes.by_code(number, new.query_code), today=timezone.localdate())
    assert any("补办登记单" in step.text for step in told.steps)
    entry = Entry.objects.get(act="petition.renew_codes")
    assert (entry.unit, entry.facts["proof"]) == (cast.bureau.code, "card")
    assert "王桂兰" not in str(entry.facts)


def test_any_desk_will_do_even_one_that_may_not_read_the_petition(cast: Cast) -> None:
    number = str(registered(cast).petition.number)
    assert not queries.visible_to(cast.dept_handler).exists()
    assert renew(number, cast.dept_handler).petition.number == number


@pytest.mark.parametrize("name", ["street_head", "street_handler"])
def test_whoever_handles_it_is_never_given_the_petitioners_hand(cast: Cast, name: str) -> None:
    life = Life(cast).until("dispatch")
    with pytest.raises(Refused) as refused:
        renew(str(life.petition.number), cast.officers[name])
    assert "办理单位不能" in refused.value.sentence
    assert not Renewal.objects.exists()


@pytest.mark.parametrize("name", ["auditor", "administrator", "leader", "supervisor", "village_collector"])
def test_who_has_no_desk_renews_nothing(cast: Cast, name: str) -> None:
    with pytest.raises(Refused):
        renew(str(registered(cast).petition.number), cast.officers[name])


@pytest.mark.parametrize(
    "shown",
    [
        Identity(name="王桂兰"),
        Identity(name="王桂兰", id_no="610115195401010047"),
        Identity(name="王桂花", id_no=CARD.id_no),
        Identity(name="王桂兰", phone=WANG.phone),
        Identity(),
    ],
)
def test_what_does_not_fit_and_a_number_that_is_none_are_told_apart_by_nobody(cast: Cast, shown: Identity) -> None:
    number = str(registered(cast).petition.number)
    said = set()
    for one, card in ((number, shown), (f"{number[:-6]}999999", CARD), ("", CARD), ("' OR 1=1 --", CARD)):
        with pytest.raises(Refused) as refused:
            renew(one, cast.registrar, card)
        said.add((refused.value.sentence, refused.value.field))
    assert len(said) == 1
    assert not Renewal.objects.exists()


def test_whom_it_complains_of_finds_no_such_petition(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    life.propose(respondent_unit=cast.dept)
    number = str(life.petition.number)
    with pytest.raises(DoesNotFit):
        renew(number, cast.dept_handler)
    assert renew(number, cast.street_handler)


def test_a_sealed_accusation_is_renewed_where_it_may_be_known_and_nowhere_else(cast: Cast) -> None:
    number = str(registered(cast, purpose=Purpose.ACCUSE).petition.number)
    for name in ("dept_handler", "street_handler"):
        with pytest.raises(DoesNotFit):
            renew(number, cast.officers[name])
    assert renew(number, cast.registrar).petition.number == number


@pytest.mark.parametrize("exists", [True, False])
def test_what_did_not_fit_stands_in_the_ledger_and_vouched_for(cast: Cast, exists: bool) -> None:
    petition = registered(cast).petition
    number = str(petition.number) if exists else "6101152026LX999999"
    actions.refuse_renewal(number, by=cast.dept_handler, at=timezone.now())
    look = Look.objects.get()
    assert (look.kind, look.petition_id, look.unit) == ("renewal", petition.pk if exists else None, cast.dept)
    assert set(Entry.objects.get(act="petition.refuse_renewal").facts) == {"rows"}
    sequencer.place_all()
    assert verify() is None


def test_where_no_card_number_was_given_the_telephone_will_do(cast: Cast) -> None:
    from xinfang.petitions.intake import Person

    told = registered(cast, people=(Person(Identity(name="赵一", phone="13900001111")),))
    assert renew(str(told.petition.number), cast.registrar, Identity(name="赵一", phone="139 0000 1111"))


def test_nobody_renews_what_is_unsigned(cast: Cast) -> None:
    number = str(registered(cast, people=()).petition.number)
    with pytest.raises(Refused):
        renew(number, cast.registrar, Identity())
