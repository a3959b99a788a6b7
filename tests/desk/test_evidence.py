"""附件: added by who may see the petition, read as a clean copy, never run, never under its own name."""

import uuid
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from tests.cast import Cast, Life
from tests.desk.hall import words
from xinfang.files.errors import Damaged
from xinfang.petitions.models import Evidence

Desk = Callable[[str], Client]


def picture() -> bytes:
    file, exif = BytesIO(), Image.Exif()
    exif[0x010F] = "camera of 王桂兰"
    Image.new("RGB", (8, 8), "red").save(file, "JPEG", exif=exif)
    return file.getvalue()


def add(client: Client, life: Life, *files: tuple[str, bytes], **form: str):
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    path = f"/desk/petitions/{life.petition.number}/evidence/"
    return client.post(path, {"label": "房屋照片", "attachments": uploads, **form})


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("dispatch")


@pytest.fixture
def path(at_desk: Desk, life: Life) -> str:
    add(at_desk("registrar"), life, ("王桂兰的房子.jpg", picture()))
    return f"/desk/petitions/{life.petition.number}/evidence/{Evidence.objects.get().pk}/"


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_several_files_are_taken_at_once(at_desk: Desk, life: Life) -> None:
    answer = add(at_desk("street_handler"), life, ("a.jpg", picture()), ("b.txt", "说明".encode()))
    assert answer.url == f"/desk/petitions/{life.petition.number}/"
    assert Evidence.objects.count() == 2


def test_a_unit_gets_the_copy_without_hidden_data(at_desk: Desk, path: str) -> None:
    answer = at_desk("street_handler").get(path)
    assert answer.headers["Content-Type"] == "image/jpeg"
    content = body(answer)
    assert int(answer.headers["Content-Length"]) == len(content)
    assert b"camera of" not in content


def test_the_original_goes_to_those_who_keep_originals(at_desk: Desk, path: str) -> None:
    for name in ("registrar", "dispatcher", "bureau_head"):
        assert b"camera of" in body(at_desk(name).get(path, {"original": "1"}))
    for name in ("street_handler", "street_head", "leader", "supervisor"):
        assert at_desk(name).get(path, {"original": "1"}).status_code == 404


def test_a_picture_is_shown_in_a_box_of_its_own_and_the_rest_is_saved(at_desk: Desk, life: Life, path: str) -> None:
    client = at_desk("dispatcher")
    shown = client.get(path)
    assert shown.headers["Content-Disposition"].startswith("inline;")
    add(client, life, ("b.txt", "说明".encode()))
    saved = client.get(f"/desk/petitions/{life.petition.number}/evidence/{Evidence.objects.latest('id').pk}/")
    assert saved.headers["Content-Disposition"].startswith("attachment;")
    for answer in (shown, saved):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "王桂兰" not in str(answer.headers)
        assert "no-store" in answer.headers["Cache-Control"]


def test_who_may_not_know_of_the_petition_reads_no_file(at_desk: Desk, path: str) -> None:
    assert at_desk("dept_handler").get(path).status_code == 404
    assert at_desk("auditor").get(path).status_code == 404


def test_a_file_of_another_petition_is_not_here(at_desk: Desk, cast: Cast, path: str, life: Life) -> None:
    other = path.replace(life.petition.number, Life(cast).petition.number)
    assert at_desk("dispatcher").get(other).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("空.txt", b"", "是空的"),
        ("page.html", b"<html><script>alert(1)</script>", "这种文件不能上传"),
        ("photo.jpg", b"MZ\x00\x01", "这种文件不能上传"),
        ("broken.jpg", b"\xff\xd8\xff\xe0" + b"\x00" * 40, "打不开"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_beside_its_field(
    at_desk: Desk, life: Life, name: str, content: bytes, sentence: str
) -> None:
    answer = add(at_desk("registrar"), life, ("good.txt", "好".encode()), (name, content))
    assert answer.status_code == 422
    assert sentence in str(answer.context["form"].errors["attachments"])
    assert 'value="房屋照片"' in words(answer)
    assert not Evidence.objects.exists()


def test_without_a_file_it_asks_for_one(at_desk: Desk, life: Life) -> None:
    assert add(at_desk("registrar"), life).context["form"].errors["attachments"] == ["请选择文件。"]


def test_more_files_than_one_form_takes_are_refused(at_desk: Desk, life: Life) -> None:
    answer = add(at_desk("registrar"), life, *((f"{n}.txt", b"x") for n in range(21)))
    assert "一次最多上传 20 个文件。" in words(answer)


def test_a_form_sent_twice_keeps_its_files_once(at_desk: Desk, life: Life) -> None:
    client, once = at_desk("registrar"), str(uuid.uuid4())
    for _ in range(2):
        add(client, life, ("a.txt", b"a"), ("b.txt", b"b"), once=once)
    assert Evidence.objects.count() == 2


def test_an_auditor_hands_nothing_in(at_desk: Desk, life: Life) -> None:
    assert add(at_desk("auditor"), life, ("a.txt", b"a")).status_code == 403


def test_a_file_damaged_in_the_store_is_told_and_not_given(at_desk: Desk, path: str) -> None:
    for file in Path(settings.STORE).rglob("*"):
        if file.is_file():
            file.chmod(0o600)
            file.write_bytes(b"damaged")
    answer = at_desk("dispatcher").get(path)
    assert answer.status_code == 500
    assert Damaged().sentence in words(answer)
