"""heroes.toml and questions.toml: each life checked against the table of moves."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import time
from itertools import pairwise
from typing import Any

from xinfang.desk.demo_texts.ground import Ground, WrongRow
from xinfang.desk.demo_texts.heroes import Hero, Person, Question, Step, Told
from xinfang.desk.demo_texts.templates import Filled
from xinfang.petitions import openings
from xinfang.petitions.actions.opinion import AnswerText
from xinfang.petitions.codes import AssignmentKind, Channel, OpinionResult, PersonRole, Purpose

COUNTS = ("persons_count", "persons_involved", "persons_present")
STEP_WORDS = frozenset({"verb", "days", "time", "note", "answers"})


def question(said: Mapping[str, Any]) -> Question:
    return replace(_question(said), english=_question(said["en"]))


def _question(said: Mapping[str, Any]) -> Question:
    return Question(ask=said["ask"], answer=said["answer"], page=said["page"])


def hero(said: Mapping[str, Any], land: Ground) -> Hero:
    people = tuple(_person(one) for one in said.get("person", ()))
    petitions = tuple(_told(one, people, land) for one in said["petition"])
    told = Hero(
        **{word: said[word] for word in ("key", "life", "teaches", "light", "reached")},
        until=said.get("until", ""),
        people=people,
        petitions=petitions,
    )
    _refuse_story(told, petitions[0].steps)
    return told


def _refuse_story(told: Hero, steps: tuple[Step, ...]) -> None:
    """What is told today is on the road; what waits for a later part need not be."""
    road, verbs = openings.moves(), [step.verb for step in steps]
    if told.until and told.until not in verbs:
        raise WrongRow(f"until“{told.until}”不是它的步骤。")
    today = verbs[: verbs.index(told.until) + 1] if told.until else verbs
    if stray := next((verb for verb in today if verb not in road), ""):
        raise WrongRow(f"“{stray}”还不在路上，until 应为它的前一步。")
    reached = next(step.verb for step in reversed(steps) if step.days >= 0)
    if told.reached != reached:
        raise WrongRow(f"reached 应为“{reached}”：它是到今天为止的最后一步。")


def _person(said: Mapping[str, Any]) -> Person:
    return Person(said["name"], said["age"], PersonRole(said["role"]), said["phone"], said["address"])


def _told(said: Mapping[str, Any], people: tuple[Person, ...], land: Ground) -> Told:
    petition = _handed_in(said, people, land)
    counts = {word: said[word] for word in COUNTS if word in said}
    return Told(petition, AssignmentKind(said["way"]), counts, _steps(said["step"], len(petition.demands)))


def _handed_in(said: Mapping[str, Any], people: tuple[Person, ...], land: Ground) -> Filled:
    street, purpose = land.street(said["street"]), Purpose(said["purpose"])
    return Filled(
        key=said["key"],
        title=said["title"],
        text=said["text"],
        demands=tuple(said["demands"]),
        answers=(),
        category=land.category(said["category"]),
        purpose=purpose,
        supplement="",
        channel=Channel(said["channel"]),
        unit=land.unit(said["unit"], purpose),
        street=street,
        place=land.streets[street] + said["place"] if said["place"] else "",
        name=people[0].name if people else "",
    )


def _steps(said: Iterable[Mapping[str, Any]], demands: int) -> tuple[Step, ...]:
    steps = tuple(_step(n, one, demands) for n, one in enumerate(said, start=1))
    for n, (before, step) in enumerate(pairwise(steps), start=2):
        if (-step.days, step.at) < (-before.days, before.at):
            raise WrongRow(f"第 {n} 步早于前一步。")
    return steps


def _step(n: int, said: Mapping[str, Any], demands: int) -> Step:
    rows = said.get("answers", ())
    answers = {row["n"]: AnswerText(row["finding"], row["basis"], OpinionResult(row["result"])) for row in rows}
    if not answers.keys() <= set(range(1, demands + 1)):
        raise WrongRow(f"第 {n} 步答复了没有提出的诉求。")
    facts = {word: value for word, value in said.items() if word not in STEP_WORDS}
    return Step(said["verb"], said["days"], time.fromisoformat(said["time"]), said.get("note", ""), answers, facts)
