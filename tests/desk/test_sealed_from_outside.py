"""C9: whoever is outside a compartment gets the same pages and the same statements, with and without sealed petitions."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import WANG, Cast, Life, assemble, intake, registered
from tests.desk.hall import signed_in, words
from xinfang.legislation import library
from xinfang.notices import bells
from xinfang.petitions import actions, ringing
from xinfang.petitions.codes import Purpose
from xinfang.petitions.models import Petition
from xinfang.trace import followers, sequencer
from xinfang.trace.acts import PETITIONER, Hand

# No head of the bureau, no discipline organ, no custodian, nobody who entered or was named, not the unit it went to.
OUTSIDE = (
    *("registrar", "supervisor", "archivist", "review_office", "auditor", "administrator", "leader"),
    *("street_head", "street_handler", "dept_handler", "village_collector"),
)
NOBODYS = "6101152026LX999999"
_FRESH = re.compile(
    r'(name="csrfmiddlewaretoken" value=")[^"]+|(name="once" value=")[^"]+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}'
)


@dataclass
class Seen:
    """A page as an officer saw it, without what is fresh on every drawing, and what it cost."""

    status: int
    page: str
    statements: int


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble()


def addresses(ordinary: Petition, given: Petition) -> list[str]:
    return [
        "/desk/",
        "/desk/?size=100",
        "/desk/search/?words=漏水",
        "/desk/search/?words=&state=registered",
        f"/desk/search/?words=漏水&place={ordinary.division_id}",
        "/desk/register/",
        f"/desk/register/?day={ordinary.registered_at:%Y-%m-%d}",
        "/desk/receptions/",
        "/desk/letters/",
        "/desk/bells/",
        "/desk/laws/xinfang-gongzuo-tiaoli/citing/",
        f"/desk/petitions/{ordinary.number}/",
        f"/desk/petitions/{ordinary.number}/check_duplicate/",
        f"/desk/petitions/{given.number}/",
        "/desk/custodians/",
        "/",
    ]


def look(cast: Cast, name: str, pages: list[str], number: str) -> dict[str, Seen]:
    client = signed_in(cast.officers[name])
    found = {page: _seen(client, page) for page in pages}
    for path in (f"/desk/petitions/{number}/", f"/desk/find/?number={number}"):
        found[path.replace(number, "N")] = _seen(client, path, number)
    asked = {"name": WANG.name, "ground": "duplicate"}
    found["by name"] = _seen(client, "/desk/search/name/", number, asked)
    return found


def _seen(client: Any, page: str, number: str = NOBODYS, form: dict[str, str] | None = None) -> Seen:
    with CaptureQueriesContext(connection) as captured:
        answer = client.post(page, form) if form else client.get(page)
    drawn = _FRESH.sub(r"\1\2", words(answer)).replace(number, "N")
    return Seen(answer.status_code, drawn, len(captured))


def seal_some(cast: Cast) -> list[Petition]:
    """Confidential and accusing, at the bureau, from the portal, of the street, and one on its way to the department."""
    sealed = [
        registered(cast, by=cast.bureau_head, is_confidential=True).petition,
        registered(cast, by=PETITIONER, is_confidential=True).petition,
        registered(cast, by=PETITIONER, purpose=Purpose.ACCUSE, respondent_unit=cast.street).petition,
        actions.register(
            intake(purpose=Purpose.ACCUSE), organ=cast.village, by=cast.village_collector, at=timezone.now()
        ).petition,
    ]
    life = Life(cast, by=cast.dispatcher, is_confidential=True).until("check_duplicate")
    life.propose(lead_unit=cast.dept)
    life.dispatch()
    return [*sealed, life.petition]


def read_on() -> None:
    sequencer.place_all()
    followers.read_all()


def test_from_outside_every_page_is_as_if_sealed_petitions_were_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ringing, "NEW", timedelta(days=9999))  # the bells of these old lives ring too
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)  # what is written once an hour is written once
    library.load(by=Hand.system("test"), at=timezone.now())
    ordinary, given = registered(cast, by=PETITIONER).petition, Life(cast).until("dispatch").petition
    pages = addresses(ordinary, given)
    read_on()
    for name in OUTSIDE:
        look(cast, name, pages, NOBODYS)  # what is worked out once is worked out
    before = {name: look(cast, name, pages, NOBODYS) for name in OUTSIDE}
    sealed = seal_some(cast)
    read_on()
    assert bells.of(cast.again("dept_head")).filter(petition=sealed[-1].pk).exists()
    wrong = []
    for name in OUTSIDE:
        after = look(cast, name, pages, str(sealed[-1].number))
        wrong += [
            (name, page, seen.status, seen.statements, before[name][page].statements)
            for page, seen in after.items()
            if seen != before[name][page]
        ]
    assert wrong == []


def test_the_number_of_a_sealed_petition_answers_as_one_that_is_nobodys(cast: Cast) -> None:
    for petition in seal_some(cast):
        for name in OUTSIDE:
            client = signed_in(cast.officers[name])
            seen, nobodys = (client.get(f"/desk/find/?number={number}") for number in (petition.number, NOBODYS))
            assert seen.status_code == nobodys.status_code == 404
