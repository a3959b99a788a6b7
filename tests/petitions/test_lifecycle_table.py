"""The table of moves: whole, named, and the same as what the verbs do."""

import inspect
from collections.abc import Callable

import pytest

from tests.cast import STEPS, Cast, Life
from xinfang.deadlines.terms import Clock
from xinfang.documents.kinds import PaperKind
from xinfang.organizations.models import Duty
from xinfang.petitions import actions, openings
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.errors import NotOnTheRoad
from xinfang.petitions.lifecycle import (
    ENDED_ASSIGNMENT,
    ENDED_HEARING,
    ENDED_REVIEW,
    MOVES,
    AssignmentStatus,
    HearingStatus,
    PetitionStatus,
    ReviewStatus,
    Where,
    moves_of,
)
from xinfang.petitions.models import Petition
from xinfang.petitions.obstacles import table
from xinfang.trace.models import Entry

MACHINES = {
    "petition": PetitionStatus,
    "assignment": AssignmentStatus,
    "review": ReviewStatus,
    "hearing": HearingStatus,
}
# Born by a move of another machine: of the petition, of the work it is held in.
BORN = {
    "assignment": AssignmentStatus.AWAITING_SIGN,
    "review": ReviewStatus.APPLIED,
    "hearing": HearingStatus.PROPOSED,
}
ENDS = {
    "petition": {PetitionStatus.ARCHIVED, PetitionStatus.VOIDED},
    "assignment": {AssignmentStatus.DONE, AssignmentStatus.RETURNED, AssignmentStatus.CANCELLED},
    "review": set(ENDED_REVIEW),
    "hearing": set(ENDED_HEARING),
}
# Only a rating of 不满意 starts them.
OF_SOME_RATINGS = {Clock.D15, Clock.D15_RESULT}
# Acts that move nothing along the road.
BESIDE_THE_ROAD = {
    *("add_evidence", "reveal", "see_phone", "search_by_name", "look_for_repeats", "reprint_slip", "expire_evaluation"),
    *("ask_correction", "confirm_correction", "correct_start", "annotate_receipt"),
    *("appoint_custodian", "confirm_custodian", "relieve_custodian", "name_officer", "end_naming"),
    *("seal_repeat", "send_notice"),
    *("keep_original", "move_original", "lend_original", "take_back_original", "hand_back_original"),
    *("look", "look_into_each", "give_access_list", "open_inquiry", "close_inquiry", "erase"),
    *("ask_erasure", "approve_erasure", "refuse_erasure", "drop_erasure", "carry_out_erasure", "tell_erasure"),
    *("ask_to_correct", "renew_codes", "refuse_renewal", "answer_call", "reply_to", "urge"),
    *("carry_out", "check_commitment", "replace_commitments", "answer_referral", "load_help_lines"),
    "send_notice",
    *("add_phrase", "retire_phrase", "open_letter", "ask_withdrawal", "drop_withdrawal"),
}


def verbs() -> list[str]:
    return sorted(MOVES)


@pytest.mark.parametrize("verb", verbs())
def test_every_move_names_its_label_its_norm_its_article_and_its_hand(verb: str) -> None:
    move = MOVES[verb]
    assert str(move.label)
    assert str(move.norm).endswith("。")
    assert move.article
    assert move.duties or move.also
    assert move.duties <= set(Duty)
    assert move.also <= {"petitioner", "system"}
    assert (move.where is Where.SYSTEM) == (not move.duties)


@pytest.mark.parametrize("verb", verbs())
def test_every_move_stays_within_its_machine(verb: str) -> None:
    machine = verb.partition(".")[0]
    states = set(MACHINES[machine])
    move = MOVES[verb]
    assert move.start <= states
    assert move.to in states or (move.to == "" and move.start)
    assert set(move.stops) | set(move.starts) <= set(Clock)
    assert set(move.papers) <= set(PaperKind)


def test_every_move_has_an_action_and_every_action_a_move() -> None:
    public = {name for name in actions.__all__ if getattr(getattr(actions, name), "is_act", False)}
    assert public == set(actions.__all__)
    in_table = {verb.partition(".")[2] for verb in MOVES}
    assert in_table - public == set()
    assert public - in_table == BESIDE_THE_ROAD


@pytest.mark.parametrize("verb", verbs())
def test_every_action_names_its_hand_and_its_time(verb: str) -> None:
    parameters = inspect.signature(getattr(actions, verb.partition(".")[2])).parameters
    for name in ("by", "at"):
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY
        assert parameters[name].default is inspect.Parameter.empty


def closure(starts: set[str], machine: str, *, backwards: bool = False) -> set[str]:
    """Every state that moves lead to from these, or from which they lead there."""
    edges = {(start, move.to or start) for move in moves_of(machine).values() for start in move.start}
    reached, before = set(starts), set()
    while reached != before:
        before = set(reached)
        reached |= {(a if backwards else b) for a, b in edges if (b if backwards else a) in reached}
    return reached


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_is_reached(machine: str) -> None:
    born = {move.to for move in moves_of(machine).values() if not move.start}
    assert closure(born or {BORN[machine]}, machine) == set(MACHINES[machine])


@pytest.mark.parametrize("machine", MACHINES)
def test_every_state_has_a_way_to_the_end(machine: str) -> None:
    assert closure(ENDS[machine], machine, backwards=True) >= set(MACHINES[machine])


@pytest.mark.parametrize("machine", MACHINES)
def test_nothing_leaves_an_end(machine: str) -> None:
    for verb, move in moves_of(machine).items():
        assert not move.start & ENDS[machine], verb
    assert ENDS["assignment"] <= ENDED_ASSIGNMENT


def test_every_clock_that_is_started_is_stopped_by_another_move() -> None:
    for verb, move in MOVES.items():
        for clock in move.starts:
            stopped_by = {other for other, row in MOVES.items() if clock in row.stops and other != verb}
            assert stopped_by, f"{verb} starts {clock}, which nothing stops"


def test_every_clock_that_is_stopped_was_started() -> None:
    started = {clock for move in MOVES.values() for clock in move.starts}
    assert {clock for move in MOVES.values() for clock in move.stops} <= started | OF_SOME_RATINGS


def test_obstacles_stand_before_moves_of_the_table_only() -> None:
    assert set(table._RULES) <= set(MOVES)


def printed() -> str:
    """The table as a page, a handbook or a diagram prints it."""
    lines = []
    for verb, move in openings.moves().items():
        hands = "+".join(sorted({*move.duties, *move.also}))
        clocks = " ".join([*(f"-{clock.value}" for clock in move.stops), *(f"+{clock.value}" for clock in move.starts)])
        papers = " ".join(kind.value for kind in move.papers)
        lines.append(f"{verb}: {'|'.join(sorted(move.start)) or '·'} → {move.to or '='} [{hands}] {clocks} {papers}")
    return "\n".join(line.rstrip() for line in lines)


def test_the_table_prints_as_one_line_a_move() -> None:
    assert printed().splitlines()[5] == (
        "petition.transfer: triaged → dispatched [dispatcher] -D2 -D4 +D3 +D4 transfer_letter routing_notice"
    )
    assert len(printed().splitlines()) == len(MOVES)


# The verbs do what the table says.


@pytest.mark.parametrize("way", list(AssignmentKind))
def test_a_life_starts_stops_and_issues_what_the_table_says(cast: Cast, way: AssignmentKind) -> None:
    Life(cast, way=way).until("archive")
    for entry in Entry.objects.filter(act__in=MOVES):
        move = MOVES[entry.act]
        started = {Clock(clock) for clock in entry.facts.get("due", {})}
        assert started == set(move.starts), entry.act
        assert len(entry.facts.get("papers", [])) == len(move.papers), entry.act


Try = Callable[[Life], object]
TRIES: dict[str, Try] = {step: lambda life, step=step: getattr(life, step)() for step in STEPS if step != "handle"}  # type: ignore[misc]
TRIES["handle"] = lambda life: actions.handle(life.assignment, text="联系。", by=life.handler, at=life.later())
VERB_OF = {
    **{step: f"petition.{step}" for step in ("check_duplicate", "propose", "approve", "close", "evaluate", "archive")},
    **{step: f"assignment.{step}" for step in ("sign_for", "accept", "handle", "draft_opinion", "issue_opinion")},
    **{step: f"assignment.{step}" for step in ("deliver", "report", "check_result")},
    "dispatch": "petition.assign",
}


@pytest.mark.parametrize(
    "last", ["dispatch", "sign_for", "accept", "handle", "issue_opinion", "deliver", "report", "close"]
)
def test_from_a_state_the_table_does_not_name_nothing_moves(cast: Cast, last: str) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until(last)
    petition, assignment, acts = life.petition, life.assignment, Entry.objects.count()
    for step, attempt in TRIES.items():
        verb = VERB_OF[step]
        subject = petition if verb.startswith("petition") else assignment
        if subject.status not in MOVES[verb].start:
            with pytest.raises(NotOnTheRoad):
                attempt(life)
    assert (Petition.objects.get().status, life.assignment.status) == (petition.status, assignment.status)
    assert Entry.objects.count() == acts


# The buttons of a page are the moves of the table.


@pytest.mark.parametrize(
    "last", ["check_duplicate", "approve", "dispatch", "accept", "draft_opinion", "deliver", "close"]
)
def test_what_is_shown_is_what_is_allowed(cast: Cast, last: str) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until(last)
    subjects = [life.assignment] if Petition.objects.get().dispatched_at else []
    for name in cast.officers:
        officer = cast.again(name)
        for open_move in openings.open_moves(officer, life.petition, subjects, life.now.date()):
            assert open_move.subject.status in open_move.move.start
            assert {seat.duty for seat in officer.seats} & open_move.move.duties


def test_the_street_sees_sign_for_and_nobody_else_does(cast: Cast) -> None:
    life = Life(cast, way=AssignmentKind.ASSIGN).until("dispatch")

    def buttons(name: str) -> list[str]:
        found = openings.open_moves(cast.again(name), life.petition, [life.assignment], life.now.date())
        return [open_move.verb for open_move in found]

    assert {name for name in cast.officers if "assignment.sign_for" in buttons(name)} == {
        "street_head",
        "street_handler",
    }
