"""`python -m bench.visits`: whom the pages are asked by and for what, as JSON for `bench.pages`, with the statements of each.

The officers get passwords by the verbs. Statements are counted by asking the same pages in this process.
"""

import argparse
import json
import os
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
if __name__ == "__main__":
    django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import county, words
from bench.county import HAND, County
from bench.figures import note
from xinfang.organizations.actions import officers
from xinfang.organizations.models import Duty, Officer
from xinfang.petitions import queries, worklists
from xinfang.petitions.models import Assignment, Petition

PASSWORD = "临潼-bench-2026-长"
Visit = dict[str, Any]


def admitted(officer: Officer) -> str:
    """Let in with a password of his own; returns his user name."""
    at = timezone.now()
    once = officers.reset_password(officer, by=HAND, at=at)
    officers.set_password(officer, raw=PASSWORD, old=once, by=officer, at=at)
    return officer.username


def audience(here: County) -> dict[str, Officer]:
    """The registrar registers, the busiest handler logs work, the dispatcher reads."""
    return {
        "registrar": here.desk(Duty.REGISTRAR),
        "dispatcher": here.desk(Duty.DISPATCHER),
        "handler": here.officer(_busiest(here), Duty.CASE_HANDLER),
    }


def _busiest(here: County) -> Any:
    open_work = Assignment.objects.filter(status="handling", due_on__isnull=False).values_list("unit_id", flat=True)
    counts = dict.fromkeys(here.units, 0)
    by_pk = {unit.pk: unit for unit in here.units}
    for pk in open_work.iterator():
        if pk in by_pk:
            counts[by_pk[pk]] += 1
    return max(counts, key=lambda unit: counts[unit])


def visits(here: County, who: dict[str, Officer], count: int, dice: random.Random) -> dict[str, list[Visit]]:
    """By operation. Each has its asker, its path, its fields and the status that says it was done."""
    found = list(_some_petitions(who["dispatcher"], count, dice))
    at_work = (
        worklists.assignments_waiting(who["handler"]).filter(status="handling").values_list("pk", flat=True)[:count]
    )
    numbers = [petition.number for petition in found]
    return {
        "register": [_register(here, dice) for _ in range(count)],
        "act": [_log_work(dice.choice(list(at_work))) for _ in range(count)],
        "petition": [_read("dispatcher", f"/desk/petitions/{number}/") for number in numbers],
        "worklist_20": [_read("dispatcher", "/desk/?size=20")] * count,
        "worklist_100": [_read("dispatcher", "/desk/?size=100")] * count,
        "status": [_status(petition) for petition in found],
    }


def _some_petitions(officer: Officer, count: int, dice: random.Random) -> Iterator[Petition]:
    """Of all years; found by their ids, which are times."""
    first, last = (Petition.objects.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    visible = queries.visible_to(officer).exclude(number=None).order_by("pk")
    while count:
        if petition := visible.filter(pk__gte=dice.randint(first, last)).first():
            yield petition
            count -= 1


def _register(here: County, dice: random.Random) -> Visit:
    received = timezone.localtime() - timedelta(hours=dice.randrange(1, 48))
    person = words.person(dice.randrange(700_000))
    fields = {
        "channel": dice.choice(("letter", "online", "phone")),
        "received_at": received.strftime("%Y-%m-%dT%H:%M"),
        "source": "direct",
        "petition_date": received.strftime("%Y-%m-%d"),
        "title": words.title(dice),
        "text": words.story(dice),
        "demands": "\n".join(words.DEMANDS[:2]),
        "division": here.divisions[0],
        "category": dice.choice(here.categories),
        "purpose": "claim",
        "lead_name": person.name,
        "lead_id_no": person.id_no,
        "lead_phone": person.phone,
        "lead_address": person.address,
        "persons_count": "1",
        "persons_involved": "1",
        "organ": here.bureau.code,
    }
    return {"who": "registrar", "path": "/desk/intake/", "fields": {**fields, "once": str(uuid4())}, "expect": 302}


def _log_work(assignment: int) -> Visit:
    happened = timezone.localtime() - timedelta(hours=1)
    fields = {"kind": "site_visit", "happened_at": happened.strftime("%Y-%m-%dT%H:%M"), "text": words.WORK[0]}
    path = f"/desk/assignments/{assignment}/log_work/"
    return {
        "who": "handler",
        "path": path,
        "fields": {**fields, "once": str(uuid4()), "seen": "handling"},
        "expect": 302,
    }


def _read(who: str, path: str) -> Visit:
    return {"who": who, "path": path, "fields": None, "expect": 200}


def _status(petition: Petition) -> Visit:
    fields = {"number": petition.number, "query_code": petition.query_code}
    return {"who": "", "path": "/query/", "fields": fields, "expect": 200}


def statements(who: dict[str, Officer], visit: Visit) -> int:
    """Everything the page sends to the database, the limits of transactions included."""
    client = Client(SERVER_NAME="localhost")
    if visit["who"]:
        client.force_login(who[visit["who"]], backend="django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(visit["path"]) if visit["fields"] is None else client.post(visit["path"], visit["fields"])
    assert answer.status_code == visit["expect"], answer.content.decode()[:3000]
    return len(captured)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, required=True)
    count = parser.parse_args().count
    here, dice = county.read(), random.Random(count)
    who = audience(here)
    names = {role: admitted(officer) for role, officer in who.items()}
    found = visits(here, who, count + 2, dice)
    counted = {}
    for operation, (first, second, *rest) in found.items():
        statements(who, first)  # what a process reads once
        counted[operation] = statements(who, second)
        found[operation] = rest
    note(f"Statements: {counted}")
    print(json.dumps({"names": names, "password": PASSWORD, "visits": found, "statements": counted}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
