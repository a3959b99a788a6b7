"""案卷包: opens and verifies on a machine without this software; no byte of it can be altered."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.archives.shelves import archived, confidential, hand_in, hand_in_many, officers_who_may
from tests.cast import WANG, Cast, Life
from tests.petitions.facts import refused
from xinfang.archives import offline, packing
from xinfang.archives.models import Pack, PackPurpose
from xinfang.archives.offline import pack as zipped
from xinfang.archives.offline.pack import check_pack
from xinfang.desk import packs
from xinfang.petitions.codes import LookKind
from xinfang.petitions.models import Delivery, Look
from xinfang.trace import receipts, sequencer, signers
from xinfang.trace.acts import Hand
from xinfang.trace.models import Entry
from xinfang.trace.offline.verify import Refused
from xinfang.trace.verify import verify

HAND = Hand.system("console")


def made(life: Life, **changes: Any) -> bytes:
    sequencer.place_all()
    facts: dict[str, Any] = {"purpose": PackPurpose.COURT, "note": "", "by": HAND, "at": timezone.now()}
    found = packs.make(life.petition, **(facts | changes))
    whole = b"".join(found.pieces)
    assert len(whole) == found.size
    return whole


def said(whole: bytes, keys: list[str] | None = None) -> dict[str, Any]:
    return check_pack(io.BytesIO(whole), keys)


def bare(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Python alone: no site packages, no environment, an empty folder."""
    run = [sys.executable, "-I", "-S", *words]
    return subprocess.run(run, cwd=folder, capture_output=True, text=True, env={"PYTHONUTF8": "1"}, timeout=60)


def repacked(whole: bytes, change: Any) -> bytes:
    """Rewritten with sound headers and sums, as a forger would."""
    files = {one.filename: zipfile.ZipFile(io.BytesIO(whole)).read(one) for one in _names(whole)}
    change(files)
    parts = [packing.Part.holding(name, body) for name, body in sorted(files.items())]
    return b"".join(packing.written(parts))


def _names(whole: bytes) -> Iterator[zipfile.ZipInfo]:
    yield from zipfile.ZipFile(io.BytesIO(whole)).infolist()


def listed_again(files: dict[str, bytes]) -> None:
    digests = {name: hashlib.sha256(body).hexdigest() for name, body in files.items()}
    files["digests.txt"] = zipped.listed(digests).encode()


def test_it_opens_and_verifies_with_a_bare_python_in_an_empty_folder(cast: Cast, tmp_path: Path) -> None:
    life = archived(cast)
    (tmp_path / "p.zip").write_bytes(made(life))
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        assert archive.testzip() is None
        (tmp_path / "verify.py").write_bytes(archive.read("verify.py"))
        (tmp_path / "keys.txt").write_bytes(archive.read("keys.txt"))
    done = bare(tmp_path, "verify.py", "p.zip")
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"成立：{life.petition.number} 的案卷包" in done.stdout
    ours = Entry.objects.filter(subject_kind__in=["petition", "assignment"]).exclude(act="case_pack.ask")
    assert f"{ours.count()} 条痕迹都在日志里" in done.stdout
    assert "用的是包里的公钥" in done.stdout
    assert "用的是包里的公钥" not in bare(tmp_path, "verify.py", "p.zip", "keys.txt").stdout
    whole = (tmp_path / "p.zip").read_bytes()
    (tmp_path / "p.zip").write_bytes(whole.replace("漏水".encode(), "渗水".encode(), 1))
    done = bare(tmp_path, "verify.py", "p.zip")
    assert (done.returncode, done.stdout[:4]) == (1, "不成立：")


def test_what_it_cannot_open_is_told_in_a_sentence(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "p.zip").write_bytes(made(Life(cast)))
    (tmp_path / "verify.py").write_text(offline.verifier(), encoding="utf-8")
    (tmp_path / "keys.txt").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(receipts.public_keys()).encode())
    (tmp_path / "a.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    for words, sentence in (
        (("p.zip", "keys.txt"), "成立：6101152026LX000001 的案卷包"),  # as an editor of Windows saves it
        (("keys.txt", "p.zip"), "个文件，一个字节也没有改动"),
        ((receipts.public_keys()[0], "p.zip"), "+08:00 制作"),
        (("nothing.zip",), "不成立： 打不开文件：nothing.zip。"),
        (("p.zip", "nothing.txt"), "不成立： 打不开文件：nothing.txt。"),
        (("p.zip", "a.jpg"), "不成立： 里面有读不出来的文字。"),
        (("a.jpg",), "不成立： 这不是案卷包。"),
        ((".",), "不成立： 打不开文件"),
    ):
        done = bare(tmp_path, "verify.py", *words)
        assert (sentence in done.stdout, done.stderr) == (True, ""), done.stdout
        assert done.returncode == int(sentence.startswith("不"))


def test_no_byte_of_a_small_pack_can_be_altered(cast: Cast) -> None:
    """Every one is tried: contents, names, sums, headers, the directory at the end."""
    whole = bytearray(made(Life(cast, title="短", text="短", demands=("短",), people=())))
    keys, slips = receipts.public_keys(), []
    assert said(bytes(whole), keys)
    for at in range(len(whole)):
        whole[at] ^= 1 << at % 8
        try:
            said(bytes(whole), keys)
            slips.append(at)
        except Refused:
            pass
        whole[at] ^= 1 << at % 8
    assert slips == []


@pytest.mark.parametrize("name", ["case.json", "index.html", "verify.py", "keys.txt", "checkpoint.txt"])
def test_a_file_that_was_rewritten_with_sound_sums_is_found(cast: Cast, name: str) -> None:
    whole, keys = made(Life(cast)), receipts.public_keys()

    def change(files: dict[str, bytes]) -> None:
        files[name] += b" "

    def change_and_list(files: dict[str, bytes]) -> None:
        change(files)
        listed_again(files)

    with pytest.raises(Refused, match="文件和清单不符"):
        said(repacked(whole, change), keys)
    with pytest.raises(Refused, match="清单和签名不符"):
        said(repacked(whole, change_and_list), keys)
    assert said(repacked(whole, lambda files: None), keys)


def test_a_file_that_was_added_or_taken_away_is_found(cast: Cast) -> None:
    whole, keys = made(Life(cast)), receipts.public_keys()

    def add(files: dict[str, bytes]) -> None:
        files["files/999.pdf"] = b"%PDF"

    def remove(files: dict[str, bytes]) -> None:
        del files[next(name for name in files if name.endswith(".record"))]

    for change in (add, remove):
        with pytest.raises(Refused, match="文件和清单不符"):
            said(repacked(whole, change), keys)


def test_each_wrong_pack_is_told_in_a_sentence(cast: Cast, monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    whole = made(Life(cast))
    for part, sentence in (
        (whole[:-1], "案卷包不完整：文件末尾中断了。"),
        (whole[: len(whole) // 2], "案卷包不完整"),
        (whole[:20], "案卷包不完整：文件中断了。"),
        (b"", "这不是案卷包。"),
        (b"hello", "这不是案卷包。"),
        (whole + b"x", "案卷包被改动过：末尾的目录不对。"),
    ):
        with pytest.raises(Refused, match=sentence):
            said(part)
    keys = receipts.public_keys()
    settings.LOG_ORIGIN = "other.example/log"
    with pytest.raises(Refused, match=r"这是另一个日志的案卷包：other\.example/log。"):
        said(made(Life(cast)), keys)
    with pytest.raises(Refused, match="第一行应当是日志的公钥"):
        said(whole, [""])


def test_it_holds_the_case_and_its_files(cast: Cast) -> None:
    life = Life(cast)
    hand_in(life, "屋顶漏水".encode(), by=cast.registrar, label="照片说明")
    life.until("archive")
    archive = zipfile.ZipFile(io.BytesIO(made(life)))
    case = json.loads(archive.read("case.json"))
    assert (case["format"], case["number"], case["title"]) == (
        *("xinfang-case-pack/v1", life.petition.number),
        life.petition.title,
    )
    assert [person["name"] for person in case["people"]] == [WANG.name]
    assert [demand["text"] for demand in case["demands"]] == ["修好屋顶", "赔偿损失"]
    assert archive.read(case["files"][0]["file"]) == "屋顶漏水".encode()
    kinds = {paper["kind"] for paper in case["papers"]}
    assert {"registration_form", "transfer_letter", "handling_opinion"} <= kinds
    suffixes = {paper["kind"]: Path(paper["file"]).suffix for paper in case["papers"]}
    assert suffixes.pop("registration_form") == ".txt"
    assert set(suffixes.values()) == {".pdf"}
    assert all(archive.read(paper["file"])[:4] == b"%PDF" for paper in case["papers"][1:])
    assert life.petition.query_code.encode() not in b"".join(map(archive.read, archive.namelist()))
    assert [line["n"] for line in case["trace"]] == sorted(line["n"] for line in case["trace"])
    assert case["waiting"] == 1  # that it was asked for, a moment ago
    page = archive.read("index.html").decode()
    for word in (life.petition.title, WANG.name, "修好屋顶", "照片说明", "怎样验证"):
        assert word in page
    (answer, _other), (promise, *_) = case["opinions"][0]["answers"], case["commitments"]
    assert (answer["text"], answer["result_label"]) == ("修好屋顶", "支持")
    delivery = Delivery.objects.get(assignment=life.assignment)
    for word in ("结果：支持", delivery.get_mode_display(), delivery.proof, promise["what"], "办理记录", "满意度评价"):
        assert str(word) in page
    assert case["notes"][0]["text"] in page
    assert "对信访部门：" in page
    assert "2026-06-15 09:00" in page
    assert "T09:00" not in page
    assert "http" not in page.replace("http-equiv", "")


def test_two_packs_differ_by_their_moment_alone(cast: Cast) -> None:
    life, at = Life(cast), timezone.now()
    sequencer.place_all()
    first = made(life, at=at)
    assert zlib.crc32(first) != zlib.crc32(made(life, at=timezone.now()))
    names = [one.filename for one in _names(first)]
    assert names == sorted(names)
    assert {one.date_time for one in _names(first)} == {(1980, 1, 1, 0, 0, 0)}


def test_the_head_and_the_archivist_take_it_away_and_what_for_stands_in_the_trace_first(cast: Cast) -> None:
    life = archived(cast)
    assert officers_who_may(cast, lambda by: made(life, by=by)) == {"bureau_head", "archivist"}
    with refused("请写明用途。", field="note"):
        made(life, purpose=PackPurpose.OTHER, by=cast.bureau_head)
    made(life, purpose=PackPurpose.OTHER, note="区档案馆接收", by=cast.archivist)
    entry = Entry.objects.get(act="case_pack.ask", officer_id=cast.archivist.pk)
    assert entry.facts["purpose"] == "other"
    assert Look.objects.filter(petition=life.pk, officer=cast.archivist, kind=LookKind.EXPORT).exists()
    assert Pack.objects.latest("id").said(life.petition) == "区档案馆接收"
    sequencer.place_all()
    assert verify() is None


def test_the_archivist_gets_names_and_no_numbers_and_the_copies_that_units_read(cast: Cast) -> None:
    life = archived(cast)
    [person] = json.loads(zipfile.ZipFile(io.BytesIO(made(life, by=cast.archivist))).read("case.json"))["people"]
    assert person["name"] == WANG.name
    assert WANG.phone not in person["phone"]
    assert WANG.id_no not in person["id_no"]
    theirs = zipfile.ZipFile(io.BytesIO(made(life, by=cast.archivist))).read("case.json")
    assert [one["proof"] for one in json.loads(theirs)["opinions"]] == [""]  # it may name people
    [person] = json.loads(zipfile.ZipFile(io.BytesIO(made(life, by=cast.bureau_head))).read("case.json"))["people"]
    assert (person["phone"], person["id_no"]) == (WANG.phone, WANG.id_no)


def test_a_sealed_case_goes_to_its_insiders_alone(cast: Cast) -> None:
    life = confidential(cast)
    assert officers_who_may(cast, lambda by: made(life, by=by)) == {"bureau_head", "archivist"}
    made(life, by=cast.bureau_head)
    assert set(Entry.objects.get(act="case_pack.ask").facts) == {"rows"}


def test_printed_papers_are_read_in_one_statement(cast: Cast) -> None:
    life = archived(cast)
    made(life)
    with CaptureQueriesContext(connection) as asked:
        made(life)
    assert not [one for one in asked if 'FROM "documents_rendering"' in one["sql"]]


def test_three_hundred_files_go_in(cast: Cast) -> None:
    life = Life(cast)
    hand_in_many(life, 300)
    whole = made(life)
    found = said(whole, receipts.public_keys())
    archive = zipfile.ZipFile(io.BytesIO(whole))
    files = json.loads(archive.read("case.json"))["files"]
    assert len(files) == 300
    assert archive.read(files[299]["file"]) == b"a line"
    assert found["files"] > 300


def test_a_pack_that_no_zip_can_hold_is_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "MOST_BYTES", 1000)
    with refused("附件太多或者太大，一个案卷包装不下"):
        made(Life(cast))


def test_a_log_that_cannot_sign_now_is_told_before_anybody_took_it_away(cast: Cast, settings: Any) -> None:
    life = Life(cast)
    settings.LOG_VKEY, settings.LOG_SIGNER = signers.signer().verifier.vkey, "false"
    with refused("日志现在不能签名"):
        made(life)
    assert not Pack.objects.exists()


def test_the_verifier_is_one_file_that_names_no_room_of_this_house() -> None:
    code = offline.verifier()
    compile(code, "verify.py", "exec")
    assert "xinfang." not in code.replace("xinfang-", "")
