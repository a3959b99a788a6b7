"""常用语: added and retired by the heads and the administrator."""

from datetime import datetime

from xinfang.foundation.errors import Refused
from xinfang.organizations.models import Duty, Officer
from xinfang.organizations.pinyin import initials
from xinfang.organizations.policies import seat_of
from xinfang.petitions import fitting
from xinfang.petitions.models import Phrase
from xinfang.petitions.models.phrase import PhraseUse
from xinfang.trace.acts import Hand, act, record

EDITORS = frozenset({Duty.ADMINISTRATOR, Duty.BUREAU_HEAD, Duty.UNIT_HEAD})


@act
def add_phrase(*, duty: Duty, use: PhraseUse, text: str, by: Officer | Hand, at: datetime) -> Phrase:
    """新增常用语, or take a retired one into use again."""
    hand = by if isinstance(by, Hand) else by.hand(seat_of(by, EDITORS))
    if not text.strip():
        raise Refused("请填写常用语。", field="text")
    fitting.refuse(Phrase(text=text.strip()), ["text"])
    phrase, _ = Phrase.objects.update_or_create(
        duty=duty, use=use, text=text.strip(), defaults={"is_retired": False, "initials": initials(text)[:60]}
    )
    record(
        "phrase.add",
        subject=("phrase", phrase.pk),
        by=hand,
        at=at,
        facts={"duty": duty, "use": use},
        rows=[phrase],
    )
    return phrase


@act
def retire_phrase(phrase: Phrase, *, by: Officer, at: datetime) -> Phrase:
    """停用常用语."""
    hand = by.hand(seat_of(by, EDITORS))
    phrase.is_retired = True
    phrase.save(update_fields=["is_retired"])
    record("phrase.retire", subject=("phrase", phrase.pk), by=hand, at=at, facts={"use": phrase.use})
    return phrase
