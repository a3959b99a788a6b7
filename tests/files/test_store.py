import os
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import transaction
from django.utils import timezone

from tests.files import samples
from xinfang.files import chunks, kinds, store
from xinfang.files.chunks import CHUNK, HEADER, TAG
from xinfang.files.errors import Damaged, TooLarge, WrongKind
from xinfang.files.models import Blob
from xinfang.foundation import sealing

pytestmark = pytest.mark.django_db
SEALED = CHUNK + TAG


def put(content: bytes, key: bytes) -> Blob:
    return put_stream(BytesIO(content), key)


def put_stream(stream: Any, key: bytes) -> Blob:
    """One file with its row, so that a test has one thing to look at."""
    stream.seek(0)
    blob = store._stored(stream, kinds.kind_of(stream.read(kinds.HEAD), stream), key)
    blob.save(force_insert=True)
    return blob


def read(blob: Blob, key: bytes) -> bytes:
    return b"".join(store.open_blob(blob.address, key=key))


def files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def text(size: int) -> bytes:
    return (b"0123456789abcdef" * (size // 16 + 1))[:size]


@pytest.mark.parametrize("size", [1, 15, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5])
def test_what_is_put_comes_back(size: int, key: bytes) -> None:
    blob = put(text(size), key)
    assert read(blob, key) == text(size)
    assert (blob.size, blob.media_type, blob.kind) == (size, "text/plain", kinds.TEXT)


def test_the_row_says_what_the_file_is(key: bytes) -> None:
    blob = Blob.objects.get(address=put(samples.pdf(), key).address)
    assert (blob.size, blob.kind) == (len(samples.pdf()), kinds.PDF)
    assert timezone.now() - blob.stored_at < timedelta(minutes=1)


def test_the_address_is_the_digest_of_what_lies_there(key: bytes, store_folder: Path) -> None:
    blob = put(b"one", key)
    [file] = files(store_folder)
    assert file == store_folder / blob.address[:2] / blob.address[2:4] / blob.address
    assert sealing.fingerprint(file.read_bytes()) == blob.address


def test_nothing_readable_lies_in_the_store(key: bytes, store_folder: Path) -> None:
    put("王桂兰反映的问题".encode(), key)
    [file] = files(store_folder)
    assert "王桂兰".encode() not in file.read_bytes()


def test_a_stored_file_is_closed_to_others_and_to_writing(key: bytes, store_folder: Path) -> None:
    put(b"one", key)
    [file] = files(store_folder)
    assert file.stat().st_mode & 0o777 == 0o400


def test_a_file_is_on_the_disk_before_it_has_its_address(
    key: bytes, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[bool, int]] = []
    monkeypatch.setattr(store.os, "fsync", lambda handle: synced.append(state(handle)))

    def state(handle: int) -> tuple[bool, int]:
        settled = [file for file in files(store_folder) if file.parent.name != "arriving"]
        return bool(settled), os.fstat(handle).st_size if not settled else 0

    put(text(1000), key)
    assert (False, HEADER + 1000 + TAG) in synced
    assert synced[-1] == (True, 0)


def test_one_content_under_two_keys_has_two_addresses_and_two_digests(key: bytes) -> None:
    here, there = put(b"the same", key), put(b"the same", sealing.new_key())
    assert here.address != there.address
    assert here.plain_digest_salted != there.plain_digest_salted


def test_one_content_twice_under_one_key_shows_as_equal(key: bytes) -> None:
    first, second = put(b"the same", key), put(b"the same", key)
    assert first.address != second.address
    assert first.plain_digest_salted == second.plain_digest_salted


def test_a_name_is_never_asked(key: bytes) -> None:
    taken = store.take(SimpleUploadedFile("petition.pdf", samples.png(), "application/pdf"))
    assert store.seal(taken, key=key).original.kind is kinds.PNG


def test_an_upload_on_disk_is_taken_and_left_open(key: bytes) -> None:
    with TemporaryUploadedFile("x", "text/plain", 3, None) as upload:
        upload.write(b"abc")
        assert read(store.seal(store.take(upload), key=key).original, key) == b"abc"
        assert not upload.closed


@pytest.mark.parametrize("kind", [kinds.PDF, kinds.DOCX, kinds.XLSX, kinds.JPEG, kinds.PNG, kinds.WEBP])
def test_an_upload_gives_its_original_and_then_its_copy(kind: kinds.Kind, key: bytes) -> None:
    content = getattr(samples, kind.extension.replace("jpg", "jpeg"))()
    upload = SimpleUploadedFile("x", content)
    file = store.seal(store.take(upload), key=key)
    original, copy = file.original, file.copy
    assert read(original, key) == content
    assert samples.AUTHOR.encode() not in read(copy, key)
    assert kinds.kind_of(read(copy, key)[: kinds.HEAD], BytesIO(read(copy, key))) is kind


def test_the_copy_of_a_text_is_the_text(key: bytes) -> None:
    upload = BytesIO("原文".encode())
    assert read(store.seal(store.take(upload), key=key).copy, key) == "原文".encode()
    assert not upload.closed


def test_a_stream_that_gives_little_at_a_time_is_stored_whole(key: bytes) -> None:
    class Trickle(RawIOBase):
        inside = BytesIO(text(CHUNK + 100))

        def read(self, size: int = -1) -> bytes:
            return self.inside.read(min(size, 1000) if size > 0 else 1000)

        def seek(self, to: int, whence: int = 0) -> int:
            return self.inside.seek(to, whence)

    blob = put_stream(Trickle(), key)
    assert read(blob, key) == text(CHUNK + 100)


def test_thirty_megabytes_pass_through_one_chunk_of_memory(key: bytes, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.write(b"%PDF-1.7\n")
        for _ in range(30):
            file.write(os.urandom(1024) * 1024)
    tracemalloc.start()
    try:
        with large.open("rb") as file:
            blob = put_stream(file, key)
        assert sum(len(piece) for piece in store.open_blob(blob.address, key=key)) == large.stat().st_size
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2 * 1024 * 1024


def test_a_refused_file_leaves_nothing_behind(store_folder: Path) -> None:
    with pytest.raises(WrongKind):
        store.take(BytesIO(b"MZ\x90\x00" + bytes(100)))
    with pytest.raises(TooLarge):
        store.take(BytesIO(text(kinds.TEXT.limit + 1)))
    assert files(store_folder) == []
    assert not Blob.objects.exists()


def test_a_stream_that_breaks_off_leaves_nothing_behind(
    key: bytes, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(plain: Iterator[bytes], key: bytes) -> Iterator[bytes]:
        yield b"header"
        raise OSError("the disk went away")

    monkeypatch.setattr(chunks, "seal", broken)
    with pytest.raises(OSError, match="went away"):
        put(b"abc", key)
    assert files(store_folder) == []
    assert not Blob.objects.exists()


# What follows alters files in the store. `content` gives three full chunks and a rest.


def flip(at: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def swapped(data: bytes) -> bytes:
    head, first, second = data[:HEADER], data[HEADER:][:SEALED], data[HEADER + SEALED :][:SEALED]
    return head + second + first + data[HEADER + 2 * SEALED :]


REST = HEADER + 3 * SEALED
ALTERATIONS: dict[str, Callable[[bytes], bytes]] = {
    "mark": flip(0),
    "version": flip(3),
    "nonce": flip(4),
    "end of the header": flip(HEADER - 1),
    "first byte": flip(HEADER),
    "tag of the first chunk": flip(HEADER + CHUNK),
    "second chunk": flip(HEADER + SEALED + 500),
    "last chunk": flip(REST),
    "last byte": flip(-2),
    "last chunk cut off": lambda data: data[:REST],
    "two chunks cut off": lambda data: data[: REST - SEALED],
    "cut within a chunk": lambda data: data[: REST - 100],
    "cut within the last chunk": lambda data: data[:-1],
    "header only": lambda data: data[:HEADER],
    "half a header": lambda data: data[:5],
    "nothing": lambda data: b"",
    "a byte more": lambda data: data + b"x",
    "a chunk more": lambda data: data + data[HEADER:][:SEALED],
    "last chunk twice": lambda data: data + data[REST:],
    "chunks swapped": swapped,
    "first chunk dropped": lambda data: data[:HEADER] + data[HEADER + SEALED :],
    "chunk repeated": lambda data: data[: HEADER + SEALED] + data[HEADER:],
}


def alter(blob: Blob, change: Callable[[bytes], bytes]) -> None:
    [file] = [file for file in files(store_root()) if file.name == blob.address]
    file.chmod(0o600)
    file.write_bytes(change(file.read_bytes()))


def store_root() -> Path:
    from django.conf import settings

    return Path(settings.STORE)


@pytest.mark.parametrize("name", ALTERATIONS)
def test_an_altered_file_is_damaged_for_the_cipher_alone(name: str, key: bytes) -> None:
    sealed = b"".join(chunks.seal(chunks.pieces(BytesIO(text(3 * CHUNK + 100))), key))
    list(chunks.unseal(BytesIO(sealed), key))
    with pytest.raises(Damaged):
        list(chunks.unseal(BytesIO(ALTERATIONS[name](sealed)), key))


@pytest.mark.parametrize("name", ["nonce", "second chunk", "last chunk cut off", "chunks swapped", "nothing"])
def test_an_altered_file_in_the_store_is_damaged(name: str, key: bytes) -> None:
    blob = put(text(3 * CHUNK + 100), key)
    alter(blob, ALTERATIONS[name])
    with pytest.raises(Damaged):
        read(blob, key)
    assert not store.verify(blob)


@pytest.mark.parametrize("same_key", [True, False])
def test_a_chunk_of_another_file_is_damaged(same_key: bool, key: bytes) -> None:
    content = text(3 * CHUNK + 100)
    other_key = key if same_key else sealing.new_key()
    one, other = (b"".join(chunks.seal(chunks.pieces(BytesIO(content)), k)) for k in (key, other_key))
    mixed = one[: HEADER + SEALED] + other[HEADER + SEALED :][:SEALED] + one[HEADER + 2 * SEALED :]
    assert len(mixed) == len(one)
    with pytest.raises(Damaged):
        list(chunks.unseal(BytesIO(mixed), key))


@pytest.mark.parametrize("size", [10, 3 * CHUNK])
def test_a_whole_other_file_at_the_address_is_damaged_before_its_end(size: int, key: bytes) -> None:
    blob, other = put(text(size), key), put(text(size)[::-1], key)
    there = b"".join(path.read_bytes() for path in files(store_root()) if path.name == other.address)
    alter(blob, lambda data: there)
    got: list[bytes] = []
    with pytest.raises(Damaged):
        got.extend(store.open_blob(blob.address, key=key))
    assert len(b"".join(got)) < size


def test_the_wrong_key_is_refused_before_the_first_byte(key: bytes) -> None:
    blob = put(b"abc", key)
    with pytest.raises(Damaged) as refused:
        store.open_blob(blob.address, key=sealing.new_key())
    assert refused.value.sentence == "这份文件在保存处已损坏或者缺失，不能打开，请联系系统管理员。"


@pytest.mark.parametrize("address", ["0" * 64, "", "../../etc/passwd", "0" * 63 + "/", "A" * 64])
def test_what_is_not_there_is_refused(address: str, key: bytes) -> None:
    with pytest.raises(Damaged):
        store.open_blob(address, key=key)


def test_a_sound_file_verifies_without_its_key(key: bytes) -> None:
    assert store.verify(put(b"abc", key))


def test_a_missing_file_does_not_verify(key: bytes) -> None:
    blob = put(b"abc", key)
    for file in files(store_root()):
        file.unlink()
    assert not store.verify(blob)


def test_sealing_writes_files_and_saving_writes_rows(key: bytes, store_folder: Path) -> None:
    file = store.seal(store.take(BytesIO(samples.jpeg())), key=key)
    assert len(files(store_folder)) == 2
    assert not Blob.objects.exists()
    file.save()
    assert Blob.objects.count() == 2


def put_and_roll_back(key: bytes) -> None:
    with transaction.atomic():
        put(b"never meant", key)
        transaction.set_rollback(True)


def test_what_a_rolled_back_act_left_is_swept_after_a_day(key: bytes, store_folder: Path) -> None:
    kept = put(b"kept", key)
    put_and_roll_back(key)
    assert len(files(store_folder)) == 2
    assert store.sweep_orphans(at=timezone.now() + timedelta(hours=23)) == 0
    assert store.sweep_orphans(at=timezone.now() + timedelta(hours=25)) == 1
    assert [file.name for file in files(store_folder)] == [kept.address]
    assert read(kept, key) == b"kept"


def test_what_a_crash_left_half_written_is_swept(key: bytes, store_folder: Path) -> None:
    put(b"kept", key)
    (store_folder / "arriving" / "tmpx").write_bytes(b"half")
    assert store.sweep_orphans(at=timezone.now() + timedelta(days=2)) == 1


def test_sweeping_a_store_that_was_never_used_does_nothing() -> None:
    assert store.sweep_orphans(at=timezone.now()) == 0


def test_an_address_that_is_taken_is_never_written_again(
    key: bytes, store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fixed: Any = lambda size: b"7" * size  # noqa: E731
    monkeypatch.setattr(chunks.os, "urandom", fixed)
    put(b"abc", key)
    [file] = files(store_folder)
    before = file.stat()
    Blob.objects.all().delete()
    put(b"abc", key)
    assert files(store_folder) == [file]
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_phone_photo_is_kept_as_it_came_and_copied_as_a_jpeg() -> None:
    key = sealing.new_key()
    taken = store.seal(store.take(BytesIO(samples.heic())), key=key)
    assert (taken.original.media_type, taken.copy.media_type) == ("image/heic", "image/jpeg")
    assert b"".join(store.open_blob(taken.original.address, key=key)) == samples.heic()
