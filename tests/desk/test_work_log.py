"""办理记录 from a phone: the note and its photographs in one step."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, Life
from tests.desk.hall import words
from tests.files import samples
from xinfang.files import store
from xinfang.petitions.models import Evidence, WorkNote
from xinfang.trace import sequencer
from xinfang.trace.models import Entry
from xinfang.trace.verify import verify

Desk = Callable[[str], Client]


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("handle")


def photo(name: str = "王桂兰的屋顶.jpg", content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or samples.jpeg(), "image/jpeg")


def note(client: Client, life: Life, **changes: Any) -> Any:
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    form = {"kind": "investigation", "happened_at": now, "place": "3号楼", "text": "屋顶漏水，已拍照。"}
    return client.post(f"/desk/assignments/{life.assignment.pk}/log_work/", form | changes)


def test_a_visit_and_its_photographs_are_kept_in_one_step(at_desk: Desk, life: Life) -> None:
    answer = note(at_desk("street_handler"), life, photos=[photo()], album=[photo("b.jpg"), photo("c.jpg")])
    assert answer.url == f"/desk/petitions/{life.petition.number}/"
    kept = WorkNote.objects.get(kind="investigation")
    assert (kept.place, kept.text) == ("3号楼", "屋顶漏水，已拍照。")
    assert [one.label for one in kept.photos.order_by("id")] == ["调查核实1", "调查核实2", "调查核实3"]
    acts = Entry.objects.filter(act__in=["assignment.log_work", "petition.add_evidence"]).count()
    assert acts == 1 + 1 + 3  # one of the note the cast wrote before
    sequencer.place_all()
    assert verify() is None


def test_the_note_becomes_the_log_with_its_photographs(at_desk: Desk, life: Life) -> None:
    client = at_desk("street_handler")
    note(client, life, photos=[photo()])
    page = words(client.get(f"/desk/petitions/{life.petition.number}/"))
    file = Evidence.objects.get()
    assert "调查核实 · 3号楼" in page
    assert f"/evidence/{file.pk}/?small=1" in page
    assert "没有附件。" in page


def test_the_small_picture_is_small_and_tells_nothing(at_desk: Desk, life: Life) -> None:
    client = at_desk("street_handler")
    note(client, life, photos=[photo()])
    path = f"/desk/petitions/{life.petition.number}/evidence/{Evidence.objects.get().pk}/?small=1"
    answer = client.get(path)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert samples.MAKER not in answer.content
    assert at_desk("dept_handler").get(path).status_code == 404


def test_a_phones_own_picture_is_looked_into_by_the_house_and_taken(at_desk: Desk, life: Life) -> None:
    assert note(at_desk("street_handler"), life, album=[photo("a.heic", samples.heic())]).status_code == 302
    kept = Evidence.objects.select_related("original", "copy").get()
    assert (kept.original.media_type, kept.copy.media_type) == ("image/heic", "image/jpeg")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (("a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(40)), "这个文件已损坏"),
        (("a.jpg", b"MZ\x90\x00" + bytes(40)), "这种文件不能上传"),
        (("a.txt", "说明".encode()), "这不是照片"),
    ],
)
def test_what_is_no_photograph_is_told_by_its_name_and_nothing_is_half_written(
    at_desk: Desk, life: Life, file: tuple[str, bytes], sentence: str
) -> None:
    before = WorkNote.objects.count()
    answer = note(at_desk("street_handler"), life, photos=[photo()], album=[photo(*file)])
    assert answer.status_code == 422
    complaint = str(answer.context["form"].errors["photos"])
    assert sentence in complaint
    assert file[0] in complaint
    assert "屋顶漏水，已拍照。" in words(answer)
    assert "照片没有保留，请重新拍或者重新选。" in words(answer)
    assert (WorkNote.objects.count(), Evidence.objects.count()) == (before, 0)


def test_more_photographs_than_one_note_takes_are_refused(at_desk: Desk, life: Life) -> None:
    taken, chosen = ([photo(f"{n}.jpg") for n in range(11)] for _ in range(2))
    answer = note(at_desk("street_handler"), life, photos=taken, album=chosen)
    assert answer.context["form"].errors["photos"] == ["一次最多 20 张照片，请分两次记。"]


def test_photographs_too_heavy_together_are_refused(at_desk: Desk, life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xinfang.desk.forms.visit.MOST_TOGETHER", 1024 * 1024)
    heavy = [photo(f"{n}.jpg", samples.jpeg() + bytes(600_000)) for n in range(2)]
    answer = note(at_desk("street_handler"), life, album=heavy)
    assert answer.context["form"].errors["photos"] == ["照片合计超过 1 MB，请分两次记。"]


def test_a_note_sent_again_after_a_lost_line_is_kept_once(at_desk: Desk, life: Life) -> None:
    client, once = at_desk("street_handler"), str(uuid.uuid4())
    for _ in range(2):
        answer = note(client, life, once=once, photos=[photo()])
        assert answer.url == f"/desk/petitions/{life.petition.number}/"
    assert WorkNote.objects.filter(kind="investigation").count() == 1
    assert Evidence.objects.count() == 1


def test_when_the_act_is_refused_no_row_of_a_photograph_stays(at_desk: Desk, life: Life) -> None:
    late = (timezone.localtime() + timezone.timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    answer = note(at_desk("street_handler"), life, happened_at=late, photos=[photo()])
    assert "办理时间不能晚于现在。" in words(answer)
    assert not Evidence.objects.exists()


def test_photographs_are_cleaned_before_the_act_begins(
    at_desk: Desk, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    take = store.take

    def watched(stream: Any) -> store.Taken:
        seen.append(WorkNote.objects.filter(kind="investigation").exists())
        return take(stream)

    monkeypatch.setattr(store, "take", watched)
    note(at_desk("street_handler"), life, photos=[photo(), photo()])
    assert seen == [False, False]
