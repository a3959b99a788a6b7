"""The demonstration: a county at work in every state and under every light, on ground of its own."""

import os
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from xinfang.archives.models import Borrowing, CaseFile
from xinfang.deadlines import promises
from xinfang.deadlines.arithmetic import Level
from xinfang.deadlines.models import Promise
from xinfang.desk import demo, roles, serving
from xinfang.desk.demo_lives import crowd, loading, shelves
from xinfang.desk.demo_lives.heroes import Land
from xinfang.desk.demo_lives.keys import hero_petition
from xinfang.foundation import demonstration, keys
from xinfang.organizations.models import Duty, Officer, Tenure
from xinfang.petitions import openings
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Assignment, Petition
from xinfang.petitions.play.company import Company
from xinfang.petitions.play.parts import Part
from xinfang.publishing.models import Column
from xinfang.publishing.queries import in_hand, published
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

pytestmark = pytest.mark.django_db
# A Sunday at the end of a long holiday: nothing was done for nine days.
AFTER_HOLIDAYS = timezone.make_aware(datetime(2026, 2, 22, 10, 0))
FIRST = 46
LATER = timezone.make_aware(datetime(2026, 2, 23, 10, 0))


@pytest.fixture
def prepare(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    settings.HOME = tmp_path
    monkeypatch.setattr(demo, "FIRST", FIRST)
    monkeypatch.setattr(demo, "ALL", FIRST + 2)

    def prepare(at: datetime = AFTER_HOLIDAYS) -> list[str]:
        said: list[str] = []
        demo.prepare(at=at, say=said.append)
        return said

    return prepare


@pytest.mark.usefixtures("brought_in")
def test_every_state_and_every_light_is_there_and_everyone_can_sign_in(prepare: Callable[..., list[str]]) -> None:
    prepare()
    petitions, assignments = set(Petition.objects.values_list("status")), set(Assignment.objects.values_list("status"))
    assert {state for (state,) in petitions} == {
        *("registered", "triaged", "dispatched", "self_handling", "closed", "archived", "routed_out"),
    }
    assert {state for (state,) in assignments} == {
        *("awaiting_sign", "signed", "accepted", "handling", "opinion_issued", "delivered", "reported", "done"),
        "returned",
    }
    assert set(map(_light, Promise.objects.filter(stopped_at__isnull=True))) == set(Level)
    assert Petition.objects.exclude(confidentiality="normal").exists()
    assert verify() is None
    _the_heroes_stand_where_their_stories_say()
    _everyone_has_an_account()
    _the_shelf_and_the_public_pages_are_filled()
    _the_card_tells_them()
    _a_second_start_does_nothing(prepare)
    _the_rest_comes_behind()
    _what_is_the_bureaus_own_it_handles_itself()


def _light(promise: Promise) -> Level:
    return promises.warnings_of(promise).level(timezone.localdate(AFTER_HOLIDAYS))


def _the_heroes_stand_where_their_stories_say() -> None:
    road = openings.moves()
    for hero in demo.texts().heroes:
        petition = hero_petition(hero.key)
        assert petition is not None, hero.key
        told = Entry.objects.filter(once__startswith=f"demo:{hero.key}:first:").order_by("at").last()
        assert told is not None
        reached = hero.until or hero.reached
        assert told.act == reached
        assert reached in road
    again = hero_petition("roof", "again")
    assert again is not None
    assert again.repeat_of == hero_petition("roof")


def _the_shelf_and_the_public_pages_are_filled() -> None:
    files, texts = CaseFile.objects.count(), published()
    assert 0 < files <= shelves.MOST_BOUND
    assert Borrowing.objects.filter(returned_at=None).count() == 1
    assert set(texts.values_list("column", flat=True)) == set(Column.values)
    assert (texts.count(), in_hand().filter(standing="submitted").count()) == (12, 1)


def _everyone_has_an_account() -> None:
    duties = set(Tenure.objects.values_list("post__duty", flat=True))
    assert duties == set(Duty) - {Duty.VILLAGE_COLLECTOR}  # villages are opened by the county itself
    assert all(officer.check_password(demo.PASSWORD) for officer in Officer.objects.all())
    handlers = set(Assignment.objects.exclude(status="done").values_list("unit__short_name", flat=True))
    assert handlers <= set(Tenure.objects.values_list("post__unit__short_name", flat=True))


def _the_card_tells_them() -> None:
    card, roof = demo.card(8123), hero_petition("roof")
    assert "演示数据" in card
    assert "http://127.0.0.1:8123/desk/" in card
    assert len(roles.seated()) == len(roles.ROLES)
    assert all(one.officer.username in card for one in roles.seated())
    assert roof is not None
    assert str(roof.number) in card
    assert roof.query_code in card


def _a_second_start_does_nothing(prepare: Callable[..., list[str]]) -> None:
    entries = Entry.objects.count()
    assert prepare(LATER) == []
    Path(demo.settings.HOME, demo.FINISHED).unlink()
    assert prepare(LATER)
    assert Entry.objects.count() == entries


def _the_rest_comes_behind() -> None:
    """It waits while someone clicks, tells how far it is, and a second run finds all done."""
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        os.utime(Path(demo.settings.HOME, loading.CLICKED), (0, 0))

    loading.clicked()
    assert not loading.is_quiet()
    before, told = Petition.objects.count(), demo.texts()
    members = crowd.members(told, first=FIRST, count=FIRST + 2)
    land = Land(Company(at=AFTER_HOLIDAYS), AFTER_HOLIDAYS)
    loading.load(members, told, land, pause=pause)
    assert Petition.objects.count() == before + 2
    assert waited[0] == loading.QUIET / 3
    assert loading.progress() == loading.Progress(FIRST + 2, FIRST + 2)
    entries = Entry.objects.count()
    loading.note(FIRST, FIRST + 2)
    loading.load(members, told, land, pause=pause)
    assert Entry.objects.count() == entries


def _what_is_the_bureaus_own_it_handles_itself() -> None:
    land = Land(Company(at=AFTER_HOLIDAYS), AFTER_HOLIDAYS)
    told = crowd.members(demo.texts(), first=FIRST, count=demo.ALL * 20)
    own = next(one for one in told[FIRST + 2 :] if one.filled.unit == land.bureau.serial)
    crowd.live(replace(own, part=Part(9, ["sign_for"], AssignmentKind.TRANSFER)), demo.texts(), land)
    assert Assignment.objects.latest("id").kind == AssignmentKind.SELF


REAL = (
    *("XINFANG_SMTP", "XINFANG_MAIL_FROM", "XINFANG_SMS_URL", "XINFANG_SMS_TOKEN", "XINFANG_BACKUPS"),
    *("XINFANG_ELECTRONIC_SEAL", "XINFANG_CLAMD", "XINFANG_RETENTION", "XINFANG_LATER_SETTING"),
)


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment with a real installation in it."""
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(keys, "_fresh", {})
    os.environ.update(
        XINFANG_HOME=str(tmp_path),
        DATABASE_URL="postgres://real",
        XINFANG_MASTER_KEY="real",
        XINFANG_HOSTS="xinfang.example.org",
        XINFANG_WEB_WORKERS="1",
        **dict.fromkeys(REAL, "real"),
    )
    return tmp_path / "demo"


def test_it_stands_on_ground_of_its_own(ground: Path) -> None:
    demonstration.enter()
    assert os.environ["XINFANG_HOME"] == str(ground)
    assert os.environ["XINFANG_DEMO"] == "1"
    assert os.environ["XINFANG_MASTER_KEY"] != "real"
    assert {"DATABASE_URL", "XINFANG_HOSTS"}.isdisjoint(os.environ)
    assert stat.S_IMODE((ground / keys.FILE).stat().st_mode) == 0o600


def test_nothing_of_a_real_installation_reaches_into_it(ground: Path) -> None:
    demonstration.enter()
    assert not {name for name in REAL if os.environ.get(name)}
    assert os.environ["XINFANG_WEB_WORKERS"] == "1"


def test_an_empty_key_is_no_key(ground: Path) -> None:
    os.environ["XINFANG_MASTER_KEY"] = ""
    keys.prepare(ground.parent)
    assert os.environ["XINFANG_MASTER_KEY"]


def test_its_keys_are_made_once(ground: Path) -> None:
    demonstration.enter()
    made = (ground / keys.FILE).read_text()
    os.environ["XINFANG_HOME"] = str(ground.parent)
    demonstration.enter()
    assert (ground / keys.FILE).read_text() == made


def test_it_does_not_start_on_other_ground(settings: Any, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="xinfang demo"):
        call_command("demo", reset=True)
    settings.DEMO, settings.HOME = True, tmp_path
    with pytest.raises(CommandError, match="xinfang demo"):
        call_command("demo", reset=True)
    assert tmp_path.exists()


def test_reset_takes_its_home_away_and_starts_nothing(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DEMO, settings.HOME = True, tmp_path / "demo"
    settings.HOME.mkdir()
    monkeypatch.setattr(serving, "run", lambda *words, **options: pytest.fail("it started"))
    call_command("demo", reset=True)
    assert "已清除" in capsys.readouterr().out
    assert not settings.HOME.exists()


def test_a_port_in_use_is_said_before_anything_is_made(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO, settings.HOME = True, tmp_path / "demo"
    monkeypatch.setattr(serving, "is_free", lambda host, port: False)
    with pytest.raises(CommandError, match="端口 8000 不能用"):
        call_command("demo")
    assert not settings.HOME.exists()
