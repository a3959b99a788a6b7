"""导出案卷, at the desk and on the host."""

import io
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from tests.archives.shelves import hand_in
from tests.cast import Cast, Life
from tests.desk.hall import words
from xinfang.archives.models import Pack
from xinfang.archives.offline.pack import check_pack
from xinfang.petitions.models import Evidence
from xinfang.trace import sequencer
from xinfang.trace.models import Entry

Desk = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.STORE = tmp_path / "files"


@pytest.fixture
def life(cast: Cast) -> Life:
    life = Life(cast).until("dispatch")
    sequencer.place_all()
    return life


def test_the_head_asks_says_what_for_and_saves_it(at_desk: Desk, life: Life) -> None:
    client, path = at_desk("bureau_head"), f"/desk/petitions/{life.petition.number}/pack/"
    assert "导出案卷" in words(client.get(f"/desk/petitions/{life.petition.number}/"))
    answer = client.post(path, {"purpose": ""})
    assert answer.status_code == 422
    assert not Pack.objects.exists()
    answer = client.post(path, {"purpose": "court", "note": "某法院调卷函"})
    whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{life.petition.number}.zip"'
    assert int(answer.headers["Content-Length"]) == len(whole)
    assert check_pack(io.BytesIO(whole))["number"] == life.petition.number
    assert Entry.objects.filter(act="case_pack.ask").count() == 1
    assert "导出案卷" in words(client.get(f"/desk/petitions/{life.petition.number}/"))


def test_a_file_that_is_damaged_is_said_before_anything_is_sent(at_desk: Desk, life: Life, settings: Any) -> None:
    one = hand_in(life, b"a line", by=life.cast.registrar)
    [file] = Path(settings.STORE).rglob(Evidence.objects.get(pk=one.pk).original_id)
    file.unlink()
    answer = at_desk("bureau_head").post(f"/desk/petitions/{life.petition.number}/pack/", {"purpose": "court"})
    assert answer.status_code == 422
    assert "损坏" in words(answer)


def test_the_host_writes_it_to_a_file(life: Life, tmp_path: Path) -> None:
    out, said = tmp_path / "case.zip", StringIO()
    call_command("pack", life.petition.number.lower(), "--purpose", "court", "--out", str(out), stdout=said)
    assert check_pack(io.BytesIO(out.read_bytes()))["number"] == life.petition.number
    assert str(out) in said.getvalue()
    assert [path.name for path in tmp_path.glob("*.part")] == []
    entry = Entry.objects.get(act="case_pack.ask")
    assert (entry.hand, entry.post) == ("system", "console")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("9999992026LX000001", "--purpose", "court"), "没有编号为 9999992026LX000001 的信访件。"),
        (("{number}", "--purpose", "other"), "请写明用途。"),
        (("{number}", "--purpose", "court", "--out", "/nowhere/at/all.zip"), "不能写入"),
    ],
)
def test_what_the_host_asks_wrongly_is_told(life: Life, words: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("pack", *(word.format(number=life.petition.number) for word in words))
