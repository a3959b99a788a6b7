"""What waits in the outbox goes out after the commit, with growing waits, and leaves an entry and no address."""

import socket
import threading
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from tests.notices.conftest import Post
from tests.notices.sms import Box
from xinfang.notices import gateway, outbox, sending
from xinfang.notices.models import Message
from xinfang.notices.words import Means
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

pytestmark = pytest.mark.django_db
PHONE, MAIL = "13800001234", "wang@example.cn"
TEXT = "您的信访件有新的进展，请凭编号和查询码查询"
AT = timezone.make_aware(datetime(2026, 6, 15, 10, 0))
ABOUT = ("petition", 77)


def write(means: Means = Means.SMS, to: str = PHONE, at: datetime = AT) -> Message:
    message = outbox.write(means, to, "progress", subject=ABOUT, at=at)
    assert message is not None
    return message


def test_an_sms_says_that_there_is_something_new_and_nothing_more(carrier: Box) -> None:
    write()
    assert carrier.messages == []
    assert sending.send_due(AT) == 1
    assert carrier.messages == [(PHONE, TEXT)]


def test_a_letter_by_mail_says_the_same(post: Post) -> None:
    write(Means.EMAIL, MAIL)
    assert sending.send_due(AT) == 1
    [letter] = post.letters
    assert (letter["To"], letter["Subject"]) == (MAIL, "信访件进展提醒")
    assert letter.get_content().strip() == TEXT
    assert letter["Auto-Submitted"] == "auto-generated"


def test_what_an_act_took_back_is_never_sent(carrier: Box) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert sending.send_due(AT) == 0
    assert carrier.messages == []


def test_what_was_sent_leaves_its_entry_and_no_address(carrier: Box) -> None:
    message = write()
    assert PHONE.encode() not in bytes(message.to_sealed)
    sending.send_due(AT)
    message.refresh_from_db()
    assert (message.is_sent, bytes(message.to_sealed), bytes(message.key_wrapped)) == (True, b"", b"")
    entry = Entry.objects.get(act="notice.send")
    assert (entry.subject_kind, entry.subject_id, entry.hand) == (*ABOUT, "system")
    assert entry.facts == {"means": "sms", "template": "progress", "tries": 1}
    sequencer.place_all()
    assert verify() is None
    assert sending.send_due(AT + timedelta(days=1)) == 0


def test_a_carrier_that_is_away_is_tried_with_growing_waits_and_then_given_up(carrier: Box) -> None:
    message, at, waits = write(), AT, []
    carrier.is_down = True
    while True:
        assert sending.send_due(at) == 0
        message.refresh_from_db()
        if message.ended_at:
            break
        assert sending.send_due(message.next_at - timedelta(seconds=1)) == 0
        waits.append(message.next_at - at)
        at = message.next_at
    assert waits == sorted(waits)
    assert (len(waits), message.tries, message.is_sent) == (6, 7, False)
    assert at - AT > timedelta(days=1)
    entry = Entry.objects.get(act="notice.give_up")
    assert entry.facts == {"means": "sms", "template": "progress", "tries": 7, "why": "unreached"}
    assert bytes(message.to_sealed) == b""


def test_a_carrier_that_comes_back_gets_it_once(carrier: Box) -> None:
    write()
    carrier.is_down = True
    sending.send_due(AT)
    carrier.is_down = False
    assert sending.send_due(AT + timedelta(seconds=30)) == 0
    assert sending.send_due(AT + timedelta(minutes=1)) == 1
    assert len(carrier.messages) == 1
    assert Entry.objects.get(act="notice.send").facts["tries"] == 2


def test_a_number_that_is_refused_for_good_is_not_tried_again(carrier: Box) -> None:
    write(to="029-83812345")
    sending.send_due(AT)
    assert Entry.objects.get(act="notice.give_up").facts["why"] == "refused"
    assert not Message.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(("answer", "acts"), [("550 no such user", ["notice.give_up"]), ("451 later", [])])
def test_a_mail_server_refuses_for_good_or_for_now(post: Post, answer: str, acts: list[str]) -> None:
    write(Means.EMAIL, MAIL)
    post.answer = answer
    sending.send_due(AT)
    assert list(Entry.objects.values_list("act", flat=True)) == acts
    assert Message.objects.filter(ended_at=None).exists() is not bool(acts)


def test_a_mail_server_that_is_not_there_is_tried_again(post: Post, settings: Settings) -> None:
    settings.EMAIL_PORT = 1
    message = write(Means.EMAIL, MAIL)
    assert sending.send_due(AT) == 0
    message.refresh_from_db()
    assert (message.tries, message.ended_at) == (1, None)


def test_one_that_fails_does_not_keep_the_others(carrier: Box) -> None:
    write(to="029-83812345")
    write()
    assert sending.send_due(AT) == 1
    assert len(carrier.messages) == 1


def test_one_that_cannot_be_carried_at_all_is_tried_again_and_does_not_keep_the_others(
    carrier: Box, caplog: pytest.LogCaptureFixture
) -> None:
    broken = write()
    Message.objects.filter(pk=broken.pk).update(to_sealed=b"nothing that opens")
    write()
    assert sending.send_due(AT) == 1
    broken.refresh_from_db()
    assert (broken.tries, broken.held_until, broken.next_at > AT) == (1, None, True)
    assert str(broken.pk) in caplog.text
    assert PHONE not in caplog.text


def test_a_gateway_that_answers_no_http_is_tried_again(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_says_nonsense, args=(server,))
        thread.start()
        sender = gateway.HttpGateway(f"http://127.0.0.1:{server.getsockname()[1]}/sms")
        with pytest.raises(gateway.NotSent) as failure:
            sender.send(PHONE, TEXT, reference="1")
        thread.join()
    assert not failure.value.is_final


def _says_nonsense(server: socket.socket) -> None:
    with server.accept()[0] as peer:
        peer.recv(65536)
        peer.sendall(b"220 this is a mail server\r\n\r\n")


def test_a_message_another_worker_holds_is_left_to_it_until_the_hold_ends(carrier: Box) -> None:
    message = write()
    Message.objects.filter(pk=message.pk).update(held_until=AT + timedelta(minutes=5))
    assert sending.send_due(AT) == 0
    assert sending.send_due(AT + timedelta(minutes=5)) == 1


def test_a_run_that_has_used_up_its_time_leaves_the_rest_free_for_the_next(
    carrier: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    with monkeypatch.context() as hurried:
        hurried.setattr(sending, "BUDGET", -1)
        assert sending.send_due(AT) == 0
    assert Message.objects.get().held_until is None
    assert sending.send_due(AT) == 1


def test_at_night_it_waits_for_the_morning(carrier: Box, settings: Settings) -> None:
    settings.QUIET_HOURS = "21:00-07:30"
    night = timezone.make_aware(datetime(2026, 6, 15, 23, 10))
    write(at=night)
    assert sending.send_due(night) == 0
    assert sending.send_due(timezone.make_aware(datetime(2026, 6, 16, 7, 30))) == 1


def test_nor_does_a_retry_or_a_worker_that_starts_late_wake_anybody(carrier: Box, settings: Settings) -> None:
    settings.QUIET_HOURS = "21:00-07:30"
    evening, morning = (timezone.make_aware(datetime(2026, 6, *when)) for when in ((15, 20, 59, 30), (16, 7, 30)))
    message = write(at=evening)
    late = write(at=evening)
    Message.objects.filter(pk=late.pk).update(next_at=evening + timedelta(minutes=30))
    carrier.is_down = True
    assert sending.send_due(evening) == 0
    message.refresh_from_db()
    assert message.next_at == morning
    carrier.is_down = False
    assert sending.send_due(evening + timedelta(hours=2)) == 0
    assert sending.send_due(morning) == 2


def test_a_county_that_is_not_connected_writes_nothing(settings: Settings) -> None:
    settings.SMS_URL = settings.MAIL_FROM = ""
    for means in (Means.SMS, Means.EMAIL):
        assert outbox.write(means, PHONE, "progress", subject=ABOUT, at=AT) is None
    assert not Message.objects.exists()


def test_another_language_is_kept_with_the_message(carrier: Box) -> None:
    outbox.write(Means.SMS, PHONE, "progress", subject=ABOUT, at=AT, language="en")
    sending.send_due(AT)
    [(_to, text)] = carrier.messages
    assert "petition" in text
