"""Every act of a life leaves exactly its entry, with who, where, when, from and to."""

import pytest

from tests.cast import STEPS, Cast, Life
from xinfang.petitions import actions
from xinfang.petitions.codes import AssignmentKind, EvaluationValue
from xinfang.petitions.lifecycle import MOVES
from xinfang.petitions.models.correction import CorrectedField
from xinfang.trace.acts import PETITIONER
from xinfang.trace.models import Entry

GOOD = EvaluationValue.SATISFIED
T, A, S = AssignmentKind.TRANSFER, AssignmentKind.ASSIGN, AssignmentKind.SELF
ENDS = ["assignment.deliver", "assignment.finish", "petition.close"]
EXPECTED: dict[str, dict[AssignmentKind, list[str]] | list[str]] = {
    "check_duplicate": ["petition.check_duplicate"],
    "propose": ["petition.propose"],
    "approve": {T: [], A: ["petition.approve"], S: []},
    "dispatch": {T: ["petition.transfer"], A: ["petition.assign"], S: ["petition.self_handle"]},
    "sign_for": ["assignment.sign_for"],
    "accept": ["assignment.accept"],
    "handle": ["assignment.handle", "assignment.log_work"],
    "draft_opinion": ["assignment.draft_opinion"],
    "issue_opinion": ["assignment.issue_opinion"],
    "deliver": {T: ENDS, A: ["assignment.deliver"], S: ENDS},
    "report": {T: [], A: ["assignment.report"], S: []},
    "check_result": {T: [], A: ["assignment.check_result"], S: []},
    "close": {T: [], A: ["petition.close"], S: []},
    "evaluate": ["petition.evaluate"],
    "archive": ["petition.archive"],
}


@pytest.mark.parametrize("way", [T, A, S])
def test_every_step_leaves_its_entries_and_no_other(cast: Cast, way: AssignmentKind) -> None:
    life = Life(cast, way=way)
    left = {"register": [entry.act for entry in Entry.objects.all()]}
    seen = set(Entry.objects.values_list("pk", flat=True))
    for step in STEPS:
        getattr(life, step)()
        new = Entry.objects.exclude(pk__in=seen).order_by("id")
        left[step] = sorted(entry.act for entry in new)
        seen |= {entry.pk for entry in new}
    expected = {step: acts[way] if isinstance(acts, dict) else acts for step, acts in EXPECTED.items()}
    assert left == {"register": ["petition.register"], **expected}


def test_every_entry_of_a_move_tells_hand_post_unit_from_and_to(cast: Cast) -> None:
    Life(cast, way=A).until("archive")
    for entry in Entry.objects.filter(hand="officer"):
        move = MOVES[entry.act]
        assert entry.officer_id
        assert entry.post in move.duties
        assert len(entry.unit) == 19
        assert entry.facts.get("from", "draft") in move.start
        assert entry.facts["to"] == move.to or not move.to


def test_the_entry_names_the_dimensions_it_will_be_counted_by(cast: Cast) -> None:
    Life(cast, way=A).until("evaluate")
    dimensions = {"organ", "division", "channel", "source", "purpose", "category", "initial", "group", "persons"}
    for entry in Entry.objects.all():
        assert dimensions <= set(entry.facts), entry.act
    rating = Entry.objects.get(act="petition.evaluate")
    assert (rating.facts["bureau"], rating.facts["unit_rating"], rating.facts["nth"]) == ("satisfied", "basically", 1)


def test_a_sealed_petition_tells_only_that_it_is_sealed(cast: Cast) -> None:
    """No unit, no category, no result, no rating and no paper's number, however far it has come."""
    life = Life(cast, is_confidential=True, by=cast.dispatcher).until("dispatch")
    actions.sign_for(life.assignment, by=cast.street_head, at=life.later())
    actions.accept(life.assignment, by=cast.street_head, handler=cast.street_handler, at=life.later())
    for step in ("handle", "draft_opinion", "issue_opinion", "deliver"):
        getattr(life, step)()
    rating = {"bureau": GOOD, "unit": GOOD, "act_secret": life.registered.act_secret}
    actions.evaluate(life.petition, **rating, by=PETITIONER, at=life.later())
    wrong = {"field": CorrectedField.CATEGORY, "new": "999900", "reason": "归错类"}
    actions.ask_correction(life.petition, **wrong, by=cast.bureau_head, at=life.later())
    told = {entry.act: set(entry.facts) for entry in Entry.objects.all()}
    assert len(told) == 15
    assert [(act, names) for act, names in told.items() if not names <= {"sealed", "organ", "from", "to", "rows"}] == []
