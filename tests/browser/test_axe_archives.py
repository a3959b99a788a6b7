"""The archive, the case pack, publishing and what the public reads: nothing axe complains of, nothing off a narrow screen."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from tests.archives.shelves import archived, bound, bound_long_ago, hand_in_many, worker_reads
from tests.archives.test_borrow import lend
from tests.archives.test_destroy import propose
from tests.browser.test_axe import look
from tests.cast import Cast, Life, registered
from tests.publishing.texts import BODY, drafted, released
from xinfang.archives import actions, checking
from xinfang.publishing import actions as publishing
from xinfang.publishing.models import Column

SitDown = Callable[[str], Page]


@pytest.fixture(autouse=True)
def _own_ground(settings: Any, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "files"
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": tmp_path / "cache"}}


def test_the_archive(sit_down: SitDown, cast: Cast) -> None:
    life = Life(cast, title="反映某小区屋顶多年漏水多次报修无人处理请求维修并赔偿损失")
    hand_in_many(life, 60)
    file = bound(life.until("archive"), place="三号柜二层")
    volume, waiting = file.volumes.get(), archived(cast).petition
    actions.note_volume(volume, text="第3页右下角破损，已修补。", by=cast.archivist, at=timezone.now())
    actions.check_volume(volume, checking.read_through(volume), by=cast.archivist, at=timezone.now())
    for place in ("二楼库房甲区第十二列密集架左三格", "五号柜"):
        actions.move_volume(volume, place=place, by=cast.archivist, at=timezone.now())
    other = bound_long_ago(archived(cast))
    late = lend(cast, bound(archived(cast)).volumes.get())
    late.volume.borrowings.update(due_on=timezone.localdate() - timedelta(days=3))
    listed = propose(cast, bound_long_ago(archived(cast)))
    worker_reads()
    paths = [
        "/desk/archives/",
        "/desk/archives/?list=unbound",
        "/desk/archives/?list=out",
        f"/desk/archives/bind/{waiting.number}/",
        f"/desk/archives/files/{file.pk}/",
        f"/desk/archives/files/{other.pk}/term/",
        f"/desk/archives/volumes/{volume.pk}/",
        f"/desk/archives/volumes/{volume.pk}/lend/",
        "/desk/archives/destructions/",
        "/desk/archives/destructions/propose/",
        f"/desk/archives/destructions/{listed.pk}/",
        f"/desk/petitions/{waiting.number}/pack/",
    ]
    page = sit_down("archivist")
    found = [one for n, path in enumerate(paths) for one in look(page, path, f"archive-{n:02}")]
    head = sit_down("bureau_head")
    found += look(head, f"/desk/archives/destructions/{listed.pk}/refuse/", "archive-refuse")
    assert found == []


def test_publishing_at_the_desk(sit_down: SitDown, cast: Cast) -> None:
    for n in range(12):
        released(cast, title=f"第{n}个问题：材料交了很长时间没有回音应当找哪个单位？")
    publication = drafted(cast)
    page, home = sit_down("registrar"), f"/desk/publications/{publication.pk}/"
    found = (
        look(page, "/desk/publications/") + look(page, "/desk/publications/draft/") + look(page, home, "publication")
    )
    publishing.submit(publication, by=cast.dispatcher, at=timezone.now())
    head = sit_down("bureau_head")
    found += look(head, f"{home}approve/", "publication-approve")
    assert found == []


def test_what_the_public_reads(window: BrowserContext, cast: Cast) -> None:
    for column in Column:
        for n in range(7):
            shown = released(cast, column, title=f"{column.label}第{n}篇：给住户的一则提示和说明", body=BODY * 4)
    gone = released(cast)
    publishing.withdraw(gone, reason="政策已经调整，以新的一篇为准。", by=cast.bureau_head, at=timezone.now())
    for _n in range(6):
        registered(cast, people=())
    paths = ["/news/", "/news/guide/", f"/news/{shown.pk}/", f"/news/{gone.pk}/", "/news/search/?words=提示"]
    paths += ["/news/search/?words=没有", "/news/figures/?by=month"]
    page = window.new_page()
    assert [one for n, path in enumerate(paths) for one in look(page, path, f"news-{n}")] == []
    page.set_viewport_size({"width": 320, "height": 600})
    for path in paths:
        page.goto(path)
        assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"), path
