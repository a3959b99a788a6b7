"""The written texts of a demo county, read whole or not at all; the same seed fills their slots with the same county."""

from xinfang.desk.demo_texts.heroes import Hero, Person, Question, Step, Told
from xinfang.desk.demo_texts.reading import read
from xinfang.desk.demo_texts.templates import Filled, Proposal, Template
from xinfang.desk.demo_texts.texts import DemoTexts

__all__ = ["DemoTexts", "Filled", "Hero", "Person", "Proposal", "Question", "Step", "Template", "Told", "read"]
