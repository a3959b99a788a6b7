"""The words of a sealed petition stand in no column: whoever reads the table, or searches it, finds none of them."""

from typing import Any

import pytest
from django.db import connection

from tests.cast import MORNING, Cast, Life, registered
from tests.petitions.facts import refused
from xinfang.legislation.models import Citation, Law
from xinfang.petitions import actions, queries
from xinfang.petitions.actions.triage import Disposition
from xinfang.petitions.codes import DuplicateOutcome, MatterKind, Procedure, Purpose, Way
from xinfang.petitions.models import Answer, Demand, DuplicateCheck, Ending, Petition, Proposal, Remark, WorkNote
from xinfang.petitions.models.correction import CorrectedField
from xinfang.petitions.models.words import sealed_models, words_of
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

SECRETS = ("漏水", "某小区3号楼", "修好屋顶", "赔偿损失", "属街道职责", "无同人同事", "电话联系", "入户查看")


def raw() -> str:
    """Every row with words, as it lies in the database."""
    said: list[str] = []
    for model in sealed_models():
        with connection.cursor() as cursor:
            names = ", ".join(f'"{name}"' for name in words_of(model))
            cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}"')
            said += [str(row) for row in cursor.fetchall()]
    return "\n".join(said)


def sealed(cast: Cast, **changes: Any) -> Petition:
    facts = {"summary": "漏水概况", "place": "某小区3号楼", "is_confidential": True}
    return registered(cast, **{**facts, **changes}).petition


@pytest.mark.parametrize("facts", [{}, {"purpose": Purpose.ACCUSE}])
def test_no_word_of_a_sealed_petition_stands_in_a_column(cast: Cast, facts: dict[str, Any]) -> None:
    petition = sealed(cast, **facts)
    assert [word for word in SECRETS if word in raw()] == []
    again = Petition.objects.get(pk=petition.pk)
    assert (again.title, again.summary, again.place) == ("反映小区漏水无人维修", "漏水概况", "某小区3号楼")
    assert again.text.startswith("自去年冬天起")
    assert [demand.text for demand in again.demands.order_by("n")] == ["修好屋顶", "赔偿损失"]


def test_an_ordinary_petition_keeps_its_words_in_its_columns(cast: Cast) -> None:
    petition = Petition.objects.get(pk=registered(cast).petition.pk)
    assert petition.words_sealed is None
    assert "漏水" in raw()
    assert Demand.objects.filter(text="修好屋顶").exists()


def test_what_is_done_along_its_road_is_sealed_too(cast: Cast) -> None:
    life = Life(cast, is_confidential=True, place="某小区3号楼", by=cast.dispatcher).until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    life.handle()
    life.draft_opinion()
    assert [word for word in SECRETS if word in raw()] == []
    assert DuplicateCheck.objects.get().reason == "无同人同事"
    assert Proposal.objects.get().opinion.startswith("属街道职责")
    assert {note.text for note in WorkNote.objects.all()} == {"电话联系信访人，听取情况。", "入户查看屋顶。"}
    sequencer.place_all()
    assert verify() is None


def test_a_correction_of_a_sealed_petition_is_sealed(cast: Cast) -> None:
    petition = sealed(cast)
    wrong = {"field": CorrectedField.TITLE, "new": "更正后的标题", "reason": "写错了"}
    by, at = cast.registrar, petition.registered_at
    asked = actions.ask_correction(petition, **wrong, by=by, at=at)
    actions.confirm_correction(asked, by=cast.bureau_head, at=at)
    assert "更正后的标题" not in raw()
    again = Petition.objects.get(pk=petition.pk)
    assert (again.title, again.before_corrections("title")) == ("更正后的标题", "反映小区漏水无人维修")
    assert again.summary == "漏水概况"
    sequencer.place_all()
    assert verify() is None


def test_a_petition_found_to_be_an_accusation_is_sealed_from_there_on(cast: Cast) -> None:
    """S6: what was written before is encrypted with it, and whoever found it out keeps it until it is routed out."""
    life = Life(cast, place="某小区3号楼", respondent_unit=cast.street).until("check_duplicate")
    assert "漏水" in raw()
    life.propose(
        kind=MatterKind.ACCUSATION,
        way=Way.ROUTE_OUT,
        lead_unit=None,
        ground="accusation",
        destination="区纪委监委",
    )
    assert [word for word in SECRETS if word in raw()] == []
    seen = {name for name in cast.officers if queries.visible_to(cast.again(name)).filter(pk=life.pk).exists()}
    assert seen == {"dispatcher", "discipline"}
    life.agree_to_route_out()
    actions.route_out(life.petition, right_road="", by=cast.dispatcher, at=life.later())
    assert Ending.objects.get().destination == "区纪委监委"
    seen = {name for name in cast.officers if queries.visible_to(cast.again(name)).filter(pk=life.pk).exists()}
    assert seen == {"discipline", "supervisor"}
    sequencer.place_all()
    assert verify() is None


ACCUSED = {"kind": MatterKind.ACCUSATION, "way": Way.ROUTE_OUT, "lead_unit": None, "ground": "accusation"}


def repeat_of(cast: Cast, initial: Life) -> Petition:
    again = registered(cast, at=initial.now, received_at=initial.now, place="某小区3号楼").petition
    why = {"outcome": DuplicateOutcome.REPEAT, "reason": "无同人同事"}
    actions.check_duplicate(again, other=initial.petition, **why, by=cast.dispatcher, at=initial.later())
    return again


def test_what_repeats_an_accusation_is_sealed_with_it_merged_or_not(cast: Cast) -> None:
    """C9: the second letter says the same as the first, and the unit complained of must not read it there."""
    life = Life(cast).until("check_duplicate")
    merged, waiting = repeat_of(cast, life), repeat_of(cast, life)
    actions.merge(merged, by=cast.dispatcher, at=life.later())
    life.propose(**ACCUSED, destination="区纪委监委", respondent_unit=cast.gov)
    assert [word for word in SECRETS if word in raw()] == []
    for repeat in (merged, waiting):
        assert Petition.objects.get(pk=repeat.pk).text.startswith("自去年冬天起")
        for name in ("leader", "bureau_head", "registrar", "auditor"):
            assert not queries.visible_to(cast.again(name)).filter(pk=repeat.pk).exists()
        assert queries.visible_to(cast.again("discipline")).filter(pk=repeat.pk).exists()
        assert Petition.objects.get(pk=repeat.pk).respondent_unit == cast.gov
    assert Entry.objects.filter(act="petition.seal_repeat").count() == 2
    sequencer.place_all()
    assert verify() is None


def test_what_a_unit_wrote_before_it_gave_the_petition_back_is_sealed_too(cast: Cast) -> None:
    life = Life(cast).until("draft_opinion")
    law = Law.objects.create(title="物业管理条例", code="wuye")
    Citation.objects.create(law=law, subject_kind="petition", subject_id=life.pk, on=MORNING.date())
    actions.cancel(life.assignment, reason="漏水件交错单位。", by=cast.bureau_head, at=life.later())
    actions.return_proposal(life.petition, reason="漏水件另有检举。", by=cast.dispatcher, at=life.later())
    life.propose(**ACCUSED, destination="区纪委监委")
    assert [word for word in SECRETS if word in raw()] == []
    assert {note.text for note in WorkNote.objects.all()} == {"电话联系信访人，听取情况。", "入户查看屋顶。"}
    assert Answer.objects.first().finding == "漏水属实。"
    assert not Citation.objects.exists()
    sequencer.place_all()
    assert verify() is None


def test_a_repeat_is_no_accusation_by_itself_while_its_initial_lies_open(cast: Cast) -> None:
    life = Life(cast).until("check_duplicate")
    again = repeat_of(cast, life)
    disposition = Disposition(
        **ACCUSED,
        procedure=Procedure.PETITION_PROCEDURE,
        category="040200",
        destination="区纪委监委",
        opinion="检举。",
    )
    with refused("该件判为重件，而初件没有作为检举控告办理；请先拟办初件，或者把该件重新判为初件。", field="kind"):
        actions.propose(again, disposition, by=cast.dispatcher, at=life.later())
    why = {"outcome": DuplicateOutcome.INITIAL, "reason": "另有所指。"}
    actions.check_duplicate(again, **why, by=cast.dispatcher, at=life.later())
    actions.propose(again, disposition, by=cast.dispatcher, at=life.later())
    assert Petition.objects.get(pk=again.pk).is_accusation
    assert not life.petition.is_sealed


def test_a_search_finds_a_sealed_petition_by_no_word_not_even_for_those_inside(cast: Cast) -> None:
    petition = sealed(cast)
    for name in ("registrar", "bureau_head"):
        officer = cast.again(name)
        assert queries.visible_to(officer).filter(pk=petition.pk).exists()
        assert not queries.search(officer, text="漏水").exists()


def test_a_list_of_sealed_petitions_is_read_in_one_statement(cast: Cast, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        sealed(cast)
    wanted = ("title", "key_wrapped", "confidentiality", "words_sealed")
    with django_assert_num_queries(1):
        titles = {petition.title for petition in Petition.objects.only(*wanted)}
    assert titles == {"反映小区漏水无人维修"}


def test_a_remark_is_sealed_with_its_petition(cast: Cast) -> None:
    petition = sealed(cast, by=cast.bureau_head)
    actions.void(petition, reason="误录的漏水件", by=cast.bureau_head, at=petition.registered_at)
    assert "误录" not in raw()
    assert Remark.objects.get().text == "误录的漏水件"
