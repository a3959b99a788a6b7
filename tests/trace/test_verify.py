"""Whoever alters a row past its verb is found, and the lie is named with its place."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MORNING, Cast, Life, registered
from tests.trace.notes import noted
from tests.trace.receipts import published
from xinfang.organizations.actions import officers
from xinfang.organizations.models import Officer
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Petition
from xinfang.petitions.models.correction import CorrectedField
from xinfang.trace import nightly, sequencer
from xinfang.trace import verify as room
from xinfang.trace.acts import Hand
from xinfang.trace.models import Place
from xinfang.trace.verify import Lie, lies, verify

Raw = Callable[..., None]


@pytest.fixture
def life(cast: Cast) -> Life:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("evaluate")
    sequencer.place_all()
    return life


def place_of(act: str) -> int:
    return Place.objects.get(entry__act=act).n


def test_an_honest_trace_has_no_lie(life: Life) -> None:
    assert verify() is None


def test_an_empty_trace_has_no_lie(db: None) -> None:
    assert verify() is None


ALTERED = {
    "a demand": ("UPDATE petitions_demand SET text = '别的' WHERE n = 2", "petition.register"),
    "the text": ("UPDATE petitions_petition SET text = text || '。'", "petition.register"),
    "the time of receipt": (
        "UPDATE petitions_petition SET received_at = '2026-06-15 01:00:01', registered_at = '2026-06-15 02:00:00'",
        "petition.register",
    ),
    "who petitioned": ("UPDATE petitions_petitioner SET role = 'agent'", "petition.register"),
    "the reason of 判重": ("UPDATE petitions_duplicatecheck SET reason = ''", "petition.check_duplicate"),
    "the proposed kind": ("UPDATE petitions_proposal SET kind = 'suggestion'", "petition.propose"),
    "the chief's word": ("UPDATE petitions_approval SET note = '不同意。'", "petition.approve"),
    "what the unit was asked": ("UPDATE petitions_assignment SET requirement = '不必回复。'", "petition.assign"),
    "a record of work": ("UPDATE petitions_worknote SET text = '未联系' WHERE kind = 'contact'", "assignment.handle"),
    "an answer": ("UPDATE petitions_answer SET finding = '不属实。'", "assignment.draft_opinion"),
    "a result": ("UPDATE petitions_answer SET result = 'not_supported'", "assignment.draft_opinion"),
    "the organ of review": ("UPDATE petitions_opinion SET remedy_organ = '无'", "assignment.draft_opinion"),
    "the day of delivery": ("UPDATE petitions_delivery SET delivered_on = '2026-06-01'", "assignment.deliver"),
    "a report": ("UPDATE petitions_report SET process = '没有维修。'", "assignment.report"),
    "a check": ("UPDATE petitions_checkresult SET note = ''", "assignment.check_result"),
    "a rating": ("UPDATE petitions_evaluation SET unit = 'satisfied'", "petition.evaluate"),
    "a paper": (
        "UPDATE documents_paper SET number = number || '甲' WHERE kind = 'handling_opinion'",
        "assignment.issue_opinion",
    ),
}


@pytest.mark.parametrize(("statement", "act"), ALTERED.values(), ids=ALTERED)
def test_an_altered_row_is_a_lie_at_the_place_that_wrote_it(life: Life, raw: Raw, statement: str, act: str) -> None:
    raw(statement)
    assert verify() == Lie(place_of(act), f"第 {place_of(act)} 位（{act}）与库中内容不符。")


DELETED = {
    "a commitment": ("DELETE FROM petitions_commitment", "assignment.issue_opinion", "petitions.commitment"),
    "a rating": ("DELETE FROM petitions_evaluation", "petition.evaluate", "petitions.evaluation"),
    "a record of work": ("DELETE FROM petitions_worknote", "assignment.handle", "petitions.worknote"),
    "a paper": (
        "DELETE FROM documents_paper WHERE kind = 'receipt_notice'",
        "assignment.accept",
        "documents.paper",
    ),
}


@pytest.mark.parametrize(("statement", "act", "label"), DELETED.values(), ids=DELETED)
def test_a_deleted_row_is_a_lie_at_the_place_that_wrote_it(
    life: Life, raw: Raw, statement: str, act: str, label: str
) -> None:
    raw(statement)
    assert verify() == Lie(place_of(act), f"第 {place_of(act)} 位（{act}）所记的 {label} 已不存在。")


def test_a_state_set_past_the_table_is_a_lie(life: Life, raw: Raw) -> None:
    raw("UPDATE petitions_petition SET status = 'registered'")
    assert verify() == Lie(0, f"petition:{life.pk} 的状态是 registered，而痕迹最后一次记为 closed。")


def test_an_assignment_ended_past_the_table_is_a_lie(life: Life, raw: Raw) -> None:
    raw("UPDATE petitions_assignment SET status = 'cancelled'")
    assert verify() == Lie(0, f"assignment:{life.assignment.pk} 的状态是 cancelled，而痕迹最后一次记为 done。")


def test_an_assignment_that_nobody_has_touched_yet_waits_to_be_signed_for(cast: Cast, raw: Raw) -> None:
    life = Life(cast).until("dispatch")
    sequencer.place_all()
    assert verify() is None
    raw("UPDATE petitions_assignment SET status = 'done'")
    assert verify() == Lie(0, f"assignment:{life.assignment.pk} 的状态是 done，而痕迹最后一次记为 awaiting_sign。")


def test_a_petition_slipped_in_without_an_act_is_a_lie(life: Life, raw: Raw) -> None:
    slipped = life.petition
    slipped.pk, slipped.number = 1, "6101152026LX999999"
    slipped.save(force_insert=True)
    assert verify() == Lie(0, "petition:1 的状态是 closed，而痕迹没有记载。")


def test_a_title_altered_after_it_was_corrected_is_a_lie(cast: Cast, raw: Raw) -> None:
    petition = registered(cast).petition
    for new in ("更正一次", "更正两次"):
        asked = actions.ask_correction(
            petition, field=CorrectedField.TITLE, new=new, reason="错字", by=cast.registrar, at=MORNING
        )
        actions.confirm_correction(asked, by=cast.bureau_head, at=MORNING)
    sequencer.place_all()
    assert verify() is None
    raw("UPDATE petitions_petition SET title = '没有人更正过的标题'")
    assert verify() == Lie(1, "第 1 位（petition.register）与库中内容不符。")


def test_a_rewritten_digest_is_a_lie(life: Life, raw: Raw, unguarded: None) -> None:
    raw("UPDATE trace_entry SET digest = %s WHERE act = 'petition.propose'", "0" * 64)
    n = place_of("petition.propose")
    assert verify() == Lie(n, f"第 {n} 位（petition.propose）与库中内容不符。")


def test_rows_taken_out_of_an_entry_are_a_lie(life: Life, raw: Raw, unguarded: None) -> None:
    raw("UPDATE trace_entry SET facts = '{}' WHERE act = 'petition.approve'")
    n = place_of("petition.approve")
    assert verify() == Lie(n, f"第 {n} 位（petition.approve）与库中内容不符。")


def test_a_removed_place_is_named(life: Life, raw: Raw, unguarded: None) -> None:
    raw("DELETE FROM trace_place WHERE n = 4")
    assert verify() == Lie(4, "第 4 位缺失。")


def test_a_removed_first_place_is_named(life: Life, raw: Raw, unguarded: None) -> None:
    raw("DELETE FROM trace_place WHERE n = 1")
    assert verify() == Lie(1, "第 1 位缺失。")


def test_a_removed_last_place_leaves_an_entry_without_one(life: Life, raw: Raw, unguarded: None) -> None:
    raw("DELETE FROM trace_place WHERE n = (SELECT max(n) FROM trace_place)")
    last = Place.objects.count() + 1
    assert verify() == Lie(last, f"第 {last} 位缺失。")  # the tree has it
    raw("DELETE FROM trace_leaf WHERE n = (SELECT max(n) FROM trace_leaf)")
    assert verify() == Lie(0, "有一条痕迹（petition.evaluate）没有位次。")


def test_a_last_act_removed_with_its_place_shows_in_the_state(cast: Cast, raw: Raw, unguarded: None) -> None:
    life = Life(cast).until("propose")
    sequencer.place_all()
    raw("DELETE FROM trace_place WHERE n = 3")
    raw("DELETE FROM trace_entry WHERE act = 'petition.propose'")
    assert verify() == Lie(3, "第 3 位缺失。")
    raw("DELETE FROM trace_leaf WHERE n = 3")
    assert verify() == Lie(0, f"petition:{life.pk} 的状态是 triaged，而痕迹最后一次记为 registered。")


def test_a_place_that_was_moved_away_is_missed(life: Life, raw: Raw, unguarded: None) -> None:
    raw("UPDATE trace_place SET n = 1000 WHERE n = 2")
    assert verify() == Lie(2, "第 2 位缺失。")


def test_an_entry_that_still_waits_is_said(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    noted(1)
    assert verify() is None  # it came in while we were looking
    monkeypatch.setattr(room, "PATIENCE", timedelta(0))
    assert verify() == Lie(0, "仍有痕迹等待排位。")


def test_an_entry_slipped_in_without_waiting_is_said(life: Life, raw: Raw) -> None:
    noted(1)
    raw("DELETE FROM trace_waiting")
    assert verify() == Lie(0, "有一条痕迹（test.note）没有位次。")


def test_progress_counts_every_place_over_all_batches(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "BATCH", 3)
    sizes: list[int] = []
    assert verify(progress=sizes.append) is None
    assert sum(sizes) == Place.objects.count()
    assert len(sizes) > 3


def test_a_petition_without_its_key_cannot_vouch(life: Life, raw: Raw) -> None:
    """The salt dies with the key (an erased petition is told apart in a later part)."""
    other = Petition.objects.exclude(pk=life.pk).first() or Life(life.cast).petition
    sequencer.place_all()
    Petition.objects.filter(pk=life.pk).update(key_wrapped=other.key_wrapped)
    assert verify() == Lie(1, "第 1 位（petition.register）与库中内容不符。")


UNREADABLE = {
    "facts that are no facts": "UPDATE trace_entry SET facts = '5' WHERE act = 'petition.propose'",
    "facts that are a list": "UPDATE trace_entry SET facts = '[1]' WHERE act = 'petition.propose'",
    "rows that are no rows": """UPDATE trace_entry SET facts = '{"rows": 7}' WHERE act = 'petition.propose'""",
    "a table that is none": """UPDATE trace_entry SET facts = '{"rows": [["a.b", 1]]}' WHERE act = 'petition.propose'""",
    "a row without a name": """UPDATE trace_entry SET facts = '{"rows": [[1]]}' WHERE act = 'petition.propose'""",
}


@pytest.mark.parametrize("statement", UNREADABLE.values(), ids=UNREADABLE)
def test_what_no_act_writes_is_named_and_not_stumbled_over(
    life: Life, raw: Raw, unguarded: None, statement: str
) -> None:
    raw(statement)
    n = place_of("petition.propose")
    assert verify() == Lie(n, f"第 {n} 位（petition.propose）与库中内容不符。")
    assert [lie.kind for lie in lies()] == ["rows", "leaf"]


def test_what_cannot_be_read_at_all_is_told_after_the_last_place_that_could_be(
    life: Life, raw: Raw, unguarded: None, caplog: pytest.LogCaptureFixture
) -> None:
    raw("""UPDATE trace_entry SET facts = '{"rows": [["petitions.petition", "x"]]}' WHERE act = 'petition.propose'""")
    assert verify() == Lie(0, "第 0 位以后有读不出来的内容（ValueError）。")


def test_a_lie_that_stays_hides_no_later_one(life: Life, raw: Raw, unguarded: None) -> None:
    raw("UPDATE petitions_demand SET text = '别的'")
    raw("DELETE FROM trace_place WHERE n = 4")
    raw("UPDATE petitions_petition SET status = 'registered'")
    kinds = {lie.kind: lie for lie in lies()}
    assert list(kinds) == ["rows", "missing", "unplaced", "state of petition"]
    assert kinds["missing"] == Lie(4, "第 4 位缺失。")
    kept = nightly.verified()
    assert kept.n == 1
    assert "第 4 位缺失。" in kept.lie
    assert "的状态是 registered" in kept.lie


def test_several_of_a_kind_are_counted(life: Life, raw: Raw) -> None:
    raw("UPDATE petitions_demand SET text = '别的'")
    raw("UPDATE petitions_approval SET note = '不同意。'")
    [lie] = lies()
    assert lie == Lie(1, "第 1 位（petition.register）与库中内容不符。这样的共 2 处。")


@pytest.mark.usefixtures("brought_in")
def test_one_who_is_seated_while_verify_reads_is_no_lie(db: None) -> None:
    bureau, now = Hand.system("test"), MORNING
    for name in ("one", "other"):
        officers.enrol(username=name, name="登记员", by=bureau, at=now)
    published()
    late: list[Officer] = []

    def busy(size: int) -> None:
        late.append(officers.enrol(username=f"late{len(late)}", name="新来的", by=bureau, at=now))

    assert verify(progress=busy) is None
    assert late
