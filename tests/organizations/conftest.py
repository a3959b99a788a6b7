"""The cast of this room: a bureau, a street with a village, a department, and who sits in them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from tests.organizations.cast import LOADER
from xinfang.organizations.actions import officers, tenures, units
from xinfang.organizations.models import Duty, Officer, Post, Tenure, Unit, UnitKind

OPENED = date(2007, 5, 8)

Appoint = Callable[..., Officer]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def today(now: datetime) -> date:
    return timezone.localdate(now)


@pytest.fixture
def open_unit(db: None, now: datetime) -> Callable[..., Unit]:
    def open_unit(serial: int | None, name: str, kind: UnitKind, *duties: Duty, parent: Unit | None = None) -> Unit:
        code = f"610115{Unit.objects.count():013d}"
        posts = [(duty, str(duty.label)) for duty in duties]
        return units.open(
            code=code,
            serial=serial,
            name=name,
            kind=kind,
            opened_on=OPENED,
            parent=parent,
            posts=posts,
            by=LOADER,
            at=now,
        )

    return open_unit


@pytest.fixture
def county(open_unit: Callable[..., Unit]) -> SimpleNamespace:
    """Four units with their posts; noise beside whatever a test looks at."""
    bureau_duties = (Duty.BUREAU_HEAD, Duty.REGISTRAR, Duty.DISPATCHER, Duty.ADMINISTRATOR)
    street = open_unit(1, "骊山街道办事处", UnitKind.STREET, Duty.UNIT_HEAD, Duty.CASE_HANDLER)
    return SimpleNamespace(
        street=street,
        village=open_unit(None, "试验村", UnitKind.VILLAGE, Duty.VILLAGE_COLLECTOR, parent=street),
        bureau=open_unit(35, "临潼区信访局", UnitKind.BUREAU, *bureau_duties),
        department=open_unit(48, "临潼区住房和城乡建设局", UnitKind.DEPT, Duty.UNIT_HEAD, Duty.CASE_HANDLER),
    )


@pytest.fixture
def post_of() -> Callable[[Unit, Duty], Post]:
    return lambda unit, duty: Post.objects.get(unit=unit, duty=duty)


@pytest.fixture
def appoint(county: SimpleNamespace, now: datetime, today: date) -> Appoint:
    """A fresh officer, as a request would load him, in the named posts since last month."""

    def appoint(name: str, *posts: Post) -> Officer:
        officer = officers.enrol(username=f"user{Officer.objects.count()}", name=name, by=LOADER, at=now)
        for post in posts:
            tenures.begin(post, officer=officer, since=today - timedelta(days=30), by=LOADER, at=now)
        return Officer.objects.get(pk=officer.pk)

    return appoint


@pytest.fixture
def cast(county: SimpleNamespace, appoint: Appoint, post_of: Callable[[Unit, Duty], Post]) -> SimpleNamespace:
    return SimpleNamespace(
        bureau_head=appoint("局长甲", post_of(county.bureau, Duty.BUREAU_HEAD)),
        administrator=appoint("管理员乙", post_of(county.bureau, Duty.ADMINISTRATOR)),
        registrar=appoint("登记员丙", post_of(county.bureau, Duty.REGISTRAR)),
        street_head=appoint("主任丁", post_of(county.street, Duty.UNIT_HEAD)),
        street_clerk=appoint("专干戊", post_of(county.street, Duty.CASE_HANDLER)),
        department_head=appoint("局长己", post_of(county.department, Duty.UNIT_HEAD)),
        newcomer=appoint("新人庚"),
    )


@pytest.fixture
def tenure_of() -> Callable[[Officer], Tenure]:
    return lambda officer: officer.tenures.get()


@pytest.fixture
def no_other_loaders(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rooms above load their own files in their own tests."""
    monkeypatch.setattr("xinfang.organizations.management.commands.load_county.get_commands", dict)
