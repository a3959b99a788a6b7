"""The demonstration's heroes and whom they need, without the crowd: for tests of what only a demonstration shows."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone

from xinfang.desk import demo, roles
from xinfang.desk.demo_lives.heroes import Land
from xinfang.organizations.models import Duty, Officer, Post, UnitKind


def tell(settings: Any, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts for the cards alone; whoever else acts in a hero's life is enrolled when he does."""
    settings.DEMO, settings.HOME = True, home
    monkeypatch.setattr(demo, "FIRST", 0)
    monkeypatch.setattr(demo, "_enrol", _enrol)
    monkeypatch.setattr(demo, "_give_passwords", lambda at: Officer.objects.update(must_change_password=False))
    demo.prepare(at=timezone.now(), say=lambda sentence: None)
    assert len(roles.seated()) == len(roles.ROLES)


def _enrol(land: Land) -> None:
    at_a_card = Q(unit__kind=UnitKind.BUREAU) | Q(unit__serial=roles.STREET)
    for post in Post.objects.filter(at_a_card | Q(duty__in=[Duty.LEADER, Duty.DISCIPLINE, Duty.AUDITOR])):
        land.company.one(post.unit, Duty(post.duty))
