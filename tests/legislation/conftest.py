"""A small invented law in two versions, and the library as it comes."""

from datetime import date, datetime
from typing import Any

import pytest
from django.utils import timezone

from xinfang.legislation import actions, importing, library
from xinfang.legislation.importing import Said
from xinfang.legislation.models import Kind, Law, Level, Version
from xinfang.legislation.packaged import LawEntry
from xinfang.legislation.reading import Draft, read
from xinfang.trace.acts import Hand

HAND = Hand.system("test")
AT = timezone.make_aware(datetime(2026, 6, 15, 9, 0))

BRIDGES = """# 中华人民共和国某县桥梁管理办法

2020年3月1日 某县人民政府公布

<!-- INFO END -->

## 第一章 总 则

第一条 为了管好桥梁，制定本办法。

第二条 本办法适用于本县的石桥、木桥。

桥的主人叫桥主。

## 第二章 过桥

第三条 过桥应当遵守下列规定：

（一）不跑；

（二）不跳。

跳了的，按本办法第四条办理。

这样的人不少。

（三）不烧火。

第三条之一 夜里过桥要点灯。

第四条 违反规定的，罚扫桥3日。

第五条 本办法自2020年5月1日起施行。
"""
LATER = (
    BRIDGES.replace("2020年3月1日", "2024年3月1日")
    .replace("2020年5月1日", "2024年5月1日")
    .replace("石桥、木桥", "石桥、木桥、铁桥")
    .replace("第三条之一 夜里过桥要点灯。", "第四条 桥主每年修桥一次，并向县里报告。")
    .replace("第四条 违反规定的", "第五条 违反规定的")
    .replace("第五条 本办法自", "第六条 本办法自")
)


def draft_of(text: str = BRIDGES) -> Draft:
    return read(list(enumerate(text.splitlines(), start=1)))


@pytest.fixture
def bridges(db: None) -> Law:
    """A law that is known by name."""
    entry = LawEntry("bridges", "某县桥梁管理办法", Kind.POLICY, Level.COUNTY, "某县人民政府")
    return actions.enter_laws([entry], by=HAND, at=AT)[0]


def add(law: Law, **changes: Any) -> Version:
    facts: dict[str, Any] = {
        "code": "bridges-2020",
        "in_force_on": date(2020, 5, 1),
        "source": "公报",
        "by": HAND,
        "at": AT,
    }
    return actions.add_version(law, changes.pop("draft", None) or draft_of(), **(facts | changes))


def bring(text: str, **said: Any) -> Version:
    """As the importer does."""
    planned = importing.plan(draft_of(text), Said(**said), source="a.md")
    return importing.carry_out(planned, by=HAND, at=AT)


@pytest.fixture
def shelf_full(db: None) -> None:
    """What comes with the system."""
    library.load(by=HAND, at=AT)
