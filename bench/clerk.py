"""`python -m bench.clerk`: the registrar gets a password and phrases, and someone has been there before. For `bench.intake`."""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xinfang.settings")
if __name__ == "__main__":
    django.setup()

from django.utils import timezone

from bench import county
from bench.callers import PHRASES
from bench.county import HAND, County
from bench.visits import PASSWORD, admitted
from xinfang.organizations.models import Duty
from xinfang.petitions import actions
from xinfang.petitions.codes import Channel
from xinfang.petitions.intake import Intake, Person
from xinfang.petitions.models.petitioner import Identity
from xinfang.petitions.models.phrase import PhraseUse

EARLIER = Identity(name="陈桂兰", id_no="61011518000101002X", phone="10000000104")


def prepare(here: County) -> dict[str, str]:
    at, registrar = timezone.now(), here.desk(Duty.REGISTRAR)
    for text in PHRASES:
        actions.add_phrase(duty=Duty.REGISTRAR, use=PhraseUse.SUMMARY, text=text, by=HAND, at=at)
    before = Intake(
        channel=Channel.VISIT,
        received_at=at,
        petition_date=timezone.localdate(at),
        title="反映低保申请没有答复",
        text="低保申请半年没有答复。",
        demands=("尽快书面答复",),
        division=here.divisions[0],
        people=(Person(EARLIER),),
    )
    actions.register(before, organ=here.bureau, by=registrar, at=at)
    return {"username": admitted(registrar), "password": PASSWORD}


if __name__ == "__main__":
    print(json.dumps(prepare(county.read())))
