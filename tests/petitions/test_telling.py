"""告知方式: at each move that has a notice the petitioner hears, in the way he chose, that there is something new."""

from typing import Any

import pytest
from pytest_django import Settings

from tests.cast import WANG, Cast, Life
from tests.petitions.facts import refused
from xinfang.documents.models import Paper
from xinfang.notices import outbox
from xinfang.notices.models import Message
from xinfang.notices.words import Means
from xinfang.petitions import actions
from xinfang.petitions.codes import MatterKind, Purpose, Way
from xinfang.petitions.intake import Person
from xinfang.petitions.models import Petition
from xinfang.petitions.models.petitioner import Identity
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

MAIL = "wang@example.cn"
BY_MAIL = {"notify_by": Means.EMAIL, "people": (Person(Identity(name="王桂兰", email=MAIL)),)}


@pytest.fixture(autouse=True)
def _connected(settings: Settings) -> None:
    settings.SMS_URL, settings.MAIL_FROM = "https://sms.example/send", "notice@example.cn"


def told() -> int:
    return Message.objects.count()


def test_he_is_told_at_each_move_that_has_a_notice_and_at_no_other(cast: Cast) -> None:
    life, heard = Life(cast, notify_by=Means.SMS), []
    for step in ("check_duplicate", "propose", "approve", "dispatch", "sign_for", "accept", "handle", "draft_opinion"):
        before = told()
        getattr(life, step)()
        heard += [step] * (told() - before)
    assert heard == ["dispatch", "accept"]
    life.issue_opinion()
    assert told() == 2
    life.deliver()
    assert told() == 3


@pytest.mark.parametrize("end", ["propose_reply", "propose_decline", "propose_out"])
def test_he_is_told_how_it_ended_otherwise(cast: Cast, end: str) -> None:
    life = Life(cast, notify_by=Means.SMS).until(end)
    verb = {"propose_reply": "reply_direct", "propose_decline": "decline", "propose_out": "route_out"}[end]
    words: dict[str, Any] = {"text": "答复。"} if verb == "reply_direct" else {"right_road": "向法院起诉。"}
    getattr(actions, verb)(life.petition, **words, by=cast.dispatcher, at=life.later())
    assert told() == 1


def test_an_extension_is_news(cast: Cast) -> None:
    life = Life(cast, notify_by=Means.SMS).until("ask_extension")
    before = told()
    actions.extend(life.assignment, answer="同意。", by=cast.street_head, at=life.later())
    assert told() == before + 1


def test_it_goes_to_his_telephone_or_his_mailbox_and_says_no_name(cast: Cast) -> None:
    for choice, to in ((Means.SMS, WANG.phone), (Means.EMAIL, MAIL)):
        changes = BY_MAIL if choice == Means.EMAIL else {"notify_by": Means.SMS}
        petition = Life(cast, **changes).until("dispatch").petition
        message = Message.objects.get(subject="petition", subject_id=petition.pk)
        assert (message.means, message.template, outbox.address_of(message)) == (choice, "progress", to)


@pytest.mark.parametrize("choice", [Means.PAPER, Means.NONE])
def test_who_chose_paper_or_nothing_gets_his_papers_and_no_message(cast: Cast, choice: Means) -> None:
    petition = Life(cast, notify_by=choice).until("dispatch").petition
    assert told() == 0
    assert Paper.objects.filter(kind="routing_notice", subject_id=petition.pk).exists()


def test_who_chose_an_sms_gets_his_papers_all_the_same(cast: Cast) -> None:
    petition = Life(cast, notify_by=Means.SMS).until("dispatch").petition
    assert Paper.objects.filter(kind="routing_notice", subject_id=petition.pk).exists()


def test_of_a_confidential_petition_the_message_says_as_little(cast: Cast) -> None:
    life = Life(cast, notify_by=Means.SMS, is_confidential=True)
    actions.name_officer(life.petition, officer=cast.dispatcher, by=cast.bureau_head, at=life.later())
    for step in ("check_duplicate", "propose", "approve", "dispatch"):
        getattr(life, step)()
    message = Message.objects.get()
    assert (message.template, message.count, message.means) == ("progress", 0, "sms")


def test_of_an_accusation_the_message_says_as_little(cast: Cast) -> None:
    life = Life(cast, notify_by=Means.SMS, purpose=Purpose.ACCUSE)
    cast.officers["dispatcher"] = cast.registrar  # who entered it
    life.check_duplicate()
    life.propose(
        kind=MatterKind.ACCUSATION, way=Way.ROUTE_OUT, lead_unit=None, ground="accusation", destination="区纪委监委"
    )
    life.agree_to_route_out()
    actions.route_out(life.petition, right_road="", by=cast.registrar, at=life.later())
    message = Message.objects.get()
    assert (message.template, message.count) == ("progress", 0)


@pytest.mark.parametrize(
    ("choice", "identity", "field"),
    [
        (Means.SMS, Identity(name="王桂兰"), "notify_by"),
        (Means.SMS, Identity(name="王桂兰", phone="029-83812345"), "notify_by"),
        (Means.EMAIL, Identity(name="王桂兰", phone=WANG.phone), "lead_email"),
        (Means.EMAIL, Identity(name="王桂兰", email="wang"), "lead_email"),
    ],
)
def test_a_choice_without_an_address_for_it_is_refused(
    cast: Cast, choice: Means, identity: Identity, field: str
) -> None:
    with refused("", field=field):
        Life(cast, notify_by=choice, people=(Person(identity),))
    assert not Petition.objects.exists()


def test_who_gave_no_name_is_told_nothing(cast: Cast) -> None:
    with refused("没有署名", field="notify_by"):
        Life(cast, notify_by=Means.SMS, people=())


def test_the_choice_is_vouched_for_by_the_entry_of_registration(cast: Cast) -> None:
    petition = Life(cast, notify_by=Means.SMS).petition
    assert "notify_by" not in Entry.objects.get(act="petition.register").facts
    sequencer.place_all()
    assert verify() is None
    Petition.objects.filter(pk=petition.pk).update(notify_by=Means.NONE)
    lie = verify()
    assert lie is not None
    assert "与库中内容不符" in lie.what
