"""邮件提醒: an officer's bells by e-mail, each time or once a day, if he asked for it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast
from tests.notices.conftest import Post
from xinfang.foundation.errors import Refused
from xinfang.notices import actions, bells, digest, sending
from xinfang.notices.models import MailChoice, Message
from xinfang.notices.words import Kind, Mail
from xinfang.organizations.models import Officer
from xinfang.trace.models import Entry

MORNING = timezone.make_aware(datetime(2026, 6, 15, 9, 0))
HERE = "handler@example.cn"


def ring(cast: Cast, n: int = 1, **more: int) -> None:
    bells.hang([bells.ring(Kind.ARRIVED, unit=cast.street.pk, petition=7, at=MORNING, **more) for _ in range(n)])


def choose(officer: Officer, mail: Mail, address: str = HERE) -> None:
    actions.choose_mail(officer, mail=mail, address=address, by=officer, at=MORNING)


def mailed(at: datetime) -> int:
    digest.mail_bells(at)
    return sending.send_due(at)


def test_nobody_is_mailed_who_did_not_ask(cast: Cast, post: Post) -> None:
    ring(cast)
    assert mailed(MORNING) == 0


def test_each_time_means_one_letter_for_what_came_since_the_last(cast: Cast, post: Post) -> None:
    choose(cast.street_handler, Mail.EACH)
    ring(cast, 2)
    assert (mailed(MORNING), mailed(MORNING)) == (1, 0)
    ring(cast)
    assert mailed(MORNING + timedelta(minutes=5)) == 1
    assert [letter["To"] for letter in post.letters] == [HERE, HERE]
    assert post.letters[0].get_content().strip() == "您有新的待办提醒，请登录网上信访办公大厅查看"


def test_before_its_hour_no_message_is_looked_for_and_after_it_by_the_index(
    cast: Cast, post: Post, settings: Settings
) -> None:
    settings.DIGEST_AT = "08:30"
    choose(cast.street_handler, Mail.DIGEST)
    with CaptureQueriesContext(connection) as early:
        digest.mail_bells(MORNING - timedelta(hours=2))
    assert not [one for one in early if "notices_message" in one["sql"]]
    with CaptureQueriesContext(connection) as asked:
        digest.mail_bells(MORNING)
    [looked] = [one["sql"] for one in asked if "notices_message" in one["sql"] and one["sql"].startswith("SELECT")]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(("EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ") + looked)
        assert "message_of_a_subject_today" in str(cursor.fetchall())


def test_the_digest_comes_once_a_day_and_only_counts(cast: Cast, post: Post) -> None:
    choose(cast.street_handler, Mail.DIGEST)
    ring(cast, 3)
    assert mailed(MORNING - timedelta(hours=2)) == 0
    assert mailed(MORNING) == 1
    ring(cast)
    assert mailed(MORNING + timedelta(hours=5)) == 0
    assert mailed(MORNING + timedelta(days=1)) == 1
    assert "3 条" in post.letters[0].get_content()
    assert "1 条" in post.letters[1].get_content()


def test_what_he_read_in_the_desk_is_not_mailed(cast: Cast, post: Post) -> None:
    choose(cast.street_handler, Mail.EACH)
    ring(cast)
    bells.mark_read(cast.street_handler, bells.of(cast.street_handler).get().pk)
    assert mailed(MORNING) == 0


def test_another_units_bells_are_not_his(cast: Cast, post: Post) -> None:
    choose(cast.dept_handler, Mail.EACH)
    ring(cast)
    assert mailed(MORNING) == 0


def test_it_is_set_by_himself_alone_and_the_trace_has_no_address(cast: Cast) -> None:
    with pytest.raises(Refused, match="只能由本人设置"):
        actions.choose_mail(cast.street_handler, mail=Mail.EACH, address=HERE, by=cast.street_head, at=MORNING)
    choose(cast.street_handler, Mail.EACH)
    entry = Entry.objects.get()
    assert (entry.act, entry.subject_kind, entry.facts) == ("officer.choose_mail", "officer", {"mail": "each"})


@pytest.mark.parametrize("address", ["", "   ", "handler", "a@b@c.cn", "x" * 300 + "@example.cn"])
def test_an_address_that_is_none_is_refused_beside_its_field(cast: Cast, address: str) -> None:
    with pytest.raises(Refused) as refused:
        choose(cast.street_handler, Mail.EACH, address)
    assert refused.value.field == "address"
    assert not MailChoice.objects.exists()


def test_who_wants_no_mail_needs_no_address(cast: Cast) -> None:
    choose(cast.street_handler, Mail.EACH)
    choose(cast.street_handler, Mail.NONE, "")
    assert MailChoice.objects.get().address == ""


def test_old_bells_and_old_messages_go_and_their_entries_stay(cast: Cast, post: Post) -> None:
    choose(cast.street_handler, Mail.EACH)
    ring(cast)
    mailed(MORNING)
    later = MORNING + bells.KEPT + timedelta(days=1)
    assert (bells.drop_old(later), digest.drop_old(later)) == (1, 1)
    assert not Message.objects.exists()
    assert Entry.objects.filter(act="notice.send").count() == 1
