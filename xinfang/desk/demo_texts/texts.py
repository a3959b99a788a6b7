"""A folder of demo texts in memory: petitions without end, and words for every step of them."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from xinfang.desk.demo_texts.heroes import Hero, Question
from xinfang.desk.demo_texts.templates import LOCAL, NUMBERS, PLACES, Filled, Proposal, Template
from xinfang.petitions.codes import AssignmentKind, EvaluationValue, NoteKind

APART, TRIES = 1000, 40
"""No two titles are equal among so many in a row; so often a text is filled again before another one is taken."""


@dataclass(frozen=True)
class DemoTexts:
    """The whole folder, free of defects. `streets` are code and name, `offices` code and node number."""

    templates: tuple[Template, ...]
    names: Mapping[str, Mapping[str, int]]
    streets: Mapping[str, str]
    offices: Mapping[str, int]
    places: Mapping[str, Mapping[str, tuple[str, ...]]]
    notes: Mapping[NoteKind, tuple[str, ...]]
    proposals: tuple[Proposal, ...]
    ratings: Mapping[EvaluationValue, tuple[str, ...]]
    heroes: tuple[Hero, ...]
    questions: tuple[Question, ...]

    def petitions(self, *, seed: int) -> Iterator[Filled]:
        """Every text once before any comes again; the same seed gives the same petitions in the same order."""
        random, recent = Random(seed), deque[str](maxlen=APART)
        while True:
            for template in random.sample(self.templates, len(self.templates)):
                tries = (self.fill(template, random) for _ in range(TRIES))
                if petition := next((made for made in tries if made.title not in recent), None):
                    recent.append(petition.title)
                    yield petition

    def fill(self, template: Template, random: Random) -> Filled:
        street = random.choice(template.streets or tuple(self.streets))
        return template.fill(
            self._slots(street, random),
            channel=random.choice(template.channels),
            unit=template.unit or self.offices[street],
            street=street,
            name=self.name(random),
        )

    def _slots(self, street: str, random: Random) -> dict[str, str]:
        slots = {kind: random.choice(self.places[street][kind]) for kind in LOCAL}
        slots |= {"street": self.streets[street], "place": slots[random.choice(PLACES)]}
        return slots | {slot: draw(random) for slot, draw in NUMBERS.items()}

    def name(self, random: Random) -> str:
        """An invented name; those with rare characters come seldom."""
        return "".join(random.choices(list(part), list(part.values()))[0] for part in self.names.values())

    def note(self, kind: NoteKind, random: Random) -> str:
        return random.choice(self.notes[kind])

    def proposal(self, petition: Filled, way: AssignmentKind, unit: str, random: Random) -> str:
        """拟办意见 on this petition; half the time a sentence made for its kind, when there is one."""
        fitting = [proposal for proposal in self.proposals if proposal.way == way and proposal.suits(petition)]
        made_for_it = [proposal for proposal in fitting if proposal.fits]
        chosen = random.choice(made_for_it if made_for_it and random.random() < 0.5 else fitting)
        return chosen.text.format(unit=unit)

    def rating(self, value: EvaluationValue, random: Random) -> str:
        return random.choice(self.ratings[value])
