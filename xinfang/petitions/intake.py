"""What a face hands to `register`: one shape for the desk, the portal, an import and another system."""

from dataclasses import dataclass
from datetime import date, datetime

from xinfang.notices.words import Means
from xinfang.organizations.models import Officer, Unit
from xinfang.petitions.codes import Channel, PersonRole, Purpose, ReceptionOutcome, Source
from xinfang.petitions.models import Petition
from xinfang.petitions.models.category import OTHER
from xinfang.petitions.models.petitioner import Identity

MOST_REPRESENTATIVES = 5
"""条例 二十. Who came first speaks for the others too: he is one of them (docs/decisions/0033)."""
MOST_BESIDE_LEAD = MOST_REPRESENTATIVES - 1
GROUP_FROM = 5
MOST_PERSONS = 1_000_000


@dataclass(frozen=True)
class Person:
    """A petitioner as he gave himself."""

    identity: Identity
    role: PersonRole = PersonRole.LEAD


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One submission. Texts as handed in; codes as in the code lists; `division` and `category` are codes."""

    channel: Channel
    received_at: datetime
    petition_date: date
    title: str
    text: str
    demands: tuple[str, ...]
    division: str
    category: str = OTHER
    source: Source = Source.DIRECT
    purpose: Purpose = Purpose.OTHER
    summary: str = ""
    place: str = ""
    people: tuple[Person, ...] = ()
    persons_count: int = 1
    persons_involved: int = 1
    persons_present: int | None = None
    is_confidential: bool = False
    is_urgent: bool = False
    respondent_unit: Unit | None = None
    respondent_officer: Officer | None = None
    is_skip_level: bool = False
    reception_outcome: ReceptionOutcome | None = None
    related_to: Petition | None = None
    notify_by: Means = Means.PAPER

    @property
    def speakers(self) -> list[Person]:
        """代表: the lead, and whoever was elected beside him."""
        return [person for person in self.people if person.role in (PersonRole.LEAD, PersonRole.REPRESENTATIVE)]

    @property
    def visitors(self) -> int | None:
        """Who came, on a visit; all who petition where nobody was counted apart."""
        return (self.persons_present or self.persons_count) if self.channel == Channel.VISIT else self.persons_present

    @property
    def is_group(self) -> bool:
        """集体访: five or more who came on one matter, however many signed."""
        return self.channel == Channel.VISIT and (self.visitors or 0) >= GROUP_FROM

    @property
    def is_anonymous(self) -> bool:
        return not any(person.identity.name for person in self.people)


@dataclass(frozen=True)
class Beforehand:
    """What a face made before the act: files are sealed under the key outside the transaction, and a form that is sent
    again, because its answer was lost on the way, is told the same codes.
    """

    key: bytes
    query_code: str
    act_secret: str


@dataclass(frozen=True)
class Registered:
    """`query_code` reads, `act_secret` acts. The secret exists only here and on the petitioner's slip."""

    petition: Petition
    query_code: str
    act_secret: str
