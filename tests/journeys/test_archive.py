"""A petition after its end, over HTTP: archived, bound, borrowed and returned, its index printed; and a sealed one."""

from collections.abc import Iterator
from unittest import mock

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.archives.shelves import confidential
from tests.cast import Cast, Life, assemble
from tests.desk.hall import BACKEND
from tests.journeys.town import Clock
from tests.journeys.visitor import Visitor
from xinfang.archives.models import CaseFile
from xinfang.trace import sequencer
from xinfang.trace.verify import verify


@pytest.fixture
def clock(settings: Settings, tmp_path: object) -> Iterator[Clock]:
    settings.STORE = tmp_path / "files"
    clock = Clock("2026-11-02 09:00")
    with mock.patch.object(timezone, "now", clock):
        yield clock


@pytest.fixture
def cast(db: None, clock: Clock) -> Cast:
    return assemble()


def at_desk(cast: Cast, name: str) -> Visitor:
    visitor = Visitor()
    visitor.client.force_login(cast.officers[name], backend=BACKEND)
    visitor.open("/desk/")
    return visitor


def test_a_closed_petition_is_archived_bound_borrowed_and_returned(cast: Cast, clock: Clock) -> None:
    petition = Life(cast).until("evaluate").petition
    desk = at_desk(cast, "archivist")
    desk.follow(str(petition.number))
    desk.follow("归档")
    desk.press("归档")
    assert desk.sees("已办理：归档。"), desk.text("error")
    desk.follow("案卷")
    desk.fill(place="三号柜")
    desk.press("立卷")
    file = CaseFile.objects.get()
    assert desk.sees(f"已立卷：{file.number}。"), desk.text("error")

    desk.follow("第 1 卷")
    for words in ("案卷封面", "卷内目录", "备考表", "信访事项处理意见书", petition.number or ""):
        assert desk.sees(words), words
    desk.follow("借出")
    desk.fill(to="street_handler", purpose="复核答复意见", due_on="2026-11-09")
    desk.press("借出案卷")
    assert desk.sees("已借出。"), desk.text("error")

    clock.set("2026-11-10 09:00")
    desk = at_desk(cast, "archivist")
    desk.follow("档案")
    desk.follow("借出未还")
    assert desk.sees("超期未还")
    desk.follow(f"归还：{file.number}")
    desk.press("归还案卷")
    assert desk.sees("已归还。")
    desk.follow("检查案卷")
    desk.press("检查案卷")
    assert desk.sees("检查完毕，全部材料和立卷时一样。")
    sequencer.place_all()
    assert verify() is None


def test_a_sealed_one_is_bound_by_who_was_named_and_found_by_nobody_else(cast: Cast) -> None:
    petition = confidential(cast).petition
    desk = at_desk(cast, "archivist")
    desk.open(f"/desk/archives/bind/{petition.number}/")
    desk.press("立卷")
    file = CaseFile.objects.get()
    assert desk.sees(file.number), desk.text("error")
    assert "密档" in file.number
    desk.open(f"/desk/archives/volumes/{file.volumes.get().pk}/lend/")
    desk.fill(to="leader", purpose="查阅", due_on="2026-11-09")
    desk.press("借出案卷")
    assert desk.sees("借阅人看不到这件信访件。")
    other = at_desk(cast, "dept_head")
    other.open("/desk/archives/")
    assert not other.sees(file.number)
    other.open(f"/desk/archives/files/{file.pk}/")
    assert other.status == 404
