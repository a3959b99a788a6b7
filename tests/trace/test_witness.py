"""witness.pyz: signs what grew from what it saw, keeps what it saw, and raises the alarm at everything else."""

import http.client
import os
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.test import Client

from tests.cast import MORNING
from tests.trace.receipts import HOST
from tests.trace.test_tree import grown
from xinfang.trace import checkpoints, offline, signers, witnesses
from xinfang.trace.models import Checkpoint, Cosignature, Leaf, Node
from xinfang.trace.notes import Head
from xinfang.trace.offline import verify, witness

pytestmark = pytest.mark.django_db
NAME = "city.example/witness"


@pytest.fixture
def over_http(monkeypatch: pytest.MonkeyPatch) -> Client:
    """The wire between the two."""
    client = Client()

    def fetch(url: str) -> bytes:
        answer: Any = client.get(url.removeprefix("https://x.example"))
        if answer.status_code != 200:
            raise OSError(f"{answer.status_code} {url}")
        return bytes(answer.content)

    def bring(url: str, note: str) -> None:
        path = url.removeprefix("https://x.example")
        answer: Any = client.generic("POST", path, note.encode(), content_type="text/plain")
        if answer.status_code != 200:
            raise verify.Refused("对方没有收下签名：%(said)s", said=answer.content.decode())

    monkeypatch.setattr(witness, "fetch", fetch)
    monkeypatch.setattr(witness, "bring", bring)
    return client


@pytest.fixture
def folder(tmp_path: Path, over_http: Client, capsys: pytest.CaptureFixture[str]) -> Path:
    """Set up, and enrolled here."""
    place = tmp_path / "witness"
    key = signers.signer().verifier.vkey
    words = ["setup", "--name", NAME, "--log", "https://x.example/log/", "--key", key, "--folder", str(place)]
    assert witness.main(words) == 0
    vkey = capsys.readouterr().out.split("\n")[1]
    witnesses.enrol(vkey=vkey, operator="市信访局", is_independent=True, by=HOST, at=MORNING)
    return place


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], tuple[int, str]]:
    def once() -> tuple[int, str]:
        code = witness.main(["run", "--folder", str(folder)])
        return code, capsys.readouterr().out

    return once


Run = Callable[[], tuple[int, str]]


def test_it_signs_growth_and_only_once(run: Run, folder: Path) -> None:
    grown(3)
    for size, more in ((4, 0), (304, 300), (1000, 696)):  # its own enrolment is an entry too
        if more:
            grown(more)
        checkpoints.publish(MORNING)
        code, said = run()
        assert code == 0, said
        assert f"已签：{size} 条" in said
    assert run() == (0, run()[1])
    assert Cosignature.objects.count() == 3
    assert len(list((folder / "seen").glob("*.txt"))) == 3
    assert not list((folder / "seen").glob("ALARM*"))
    assert witnesses.is_independent()


def test_its_key_is_for_its_owner_alone_and_is_made_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    if sys.platform != "win32":
        assert (folder / "witness.json").stat().st_mode & 0o077 == 0
    before = (folder / "witness.json").read_text()
    key = signers.signer().verifier.vkey
    words = ["setup", "--name", NAME, "--log", "https://x.example/log", "--key", key, "--folder", str(folder)]
    assert witness.main(words) == 1
    assert "已经设置过" in capsys.readouterr().out
    assert (folder / "witness.json").read_text() == before


def test_a_log_that_became_shorter_raises_the_alarm(run: Run, folder: Path, unguarded: None) -> None:
    grown(10)
    checkpoints.publish(MORNING)
    assert run()[0] == 0
    Checkpoint.objects.get().cosignatures.all().delete()
    Checkpoint.objects.all().delete()
    Leaf.objects.filter(n__gt=8).delete()
    checkpoints.publish(MORNING)
    code, said = run()
    assert code == 2
    assert "日志变短了：上次 11 条，这次 8 条" in said
    evidence = next((folder / "seen").glob("ALARM*")).read_text(encoding="utf-8")
    assert evidence.count("\u2014 xinfang-610115/log ") == 2  # both promises, signed by the log


@pytest.mark.parametrize("more", [0, 1, 300])
def test_a_log_that_was_rewritten_raises_the_alarm_and_is_not_signed(run: Run, unguarded: None, more: int) -> None:
    """However well the new tree hangs together."""
    grown(300)
    checkpoints.publish(MORNING)
    assert run()[0] == 0
    Cosignature.objects.all().delete()
    Checkpoint.objects.all().delete()
    Leaf.objects.filter(n=7).update(data=bytes(32))
    Node.objects.all().delete()
    Node.objects.create(pk=Node.key(1, 0), hash=bytes(verify_root()))
    if more:
        grown(more)
    checkpoints.publish(MORNING)
    code, said = run()
    assert (code, "日志改写过" in said) == (2, True)
    assert not Cosignature.objects.exists()


def verify_root() -> bytes:
    from xinfang.trace import merkle, tree

    return merkle.full_root(tree.tile(0, 0))


def test_two_readers_that_are_shown_two_logs_hold_the_proof(run: Run, folder: Path, settings: Any) -> None:
    """A fork: what this witness was shown, and what the log signed for somebody else, do not fit."""
    grown(10)
    checkpoints.publish(MORNING)
    assert run()[0] == 0
    other = signers.signed(str(Head(settings.LOG_ORIGIN, 11, bytes(32))))
    state = witness.State.read(folder)
    assert witness.read_head(other.text, state.key) == (11, bytes(32))
    with pytest.raises(witness.Alarm, match="改写过"):
        witness.require_growth(state, 11, bytes(32))


def test_an_unreachable_log_is_said_and_changes_nothing(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grown(3)
    checkpoints.publish(MORNING)
    assert run()[0] == 0
    before = (folder / "witness.json").read_text()

    def away(url: str) -> bytes:
        raise OSError("unreachable")

    monkeypatch.setattr(witness, "fetch", away)
    code, said = run()
    assert code == 1
    assert "这一次没有办成" in said
    assert (folder / "witness.json").read_text() == before


AWAY = {
    "nobody answers": (urllib.error.URLError(ConnectionRefusedError(111, "refused")), "连不上日志"),
    "it takes too long": (TimeoutError("timed out"), "连不上日志"),
    "no page": (urllib.error.HTTPError("https://x.example", 503, "", Message(), None), "日志没有给.*503"),
    "no HTTP": (http.client.BadStatusLine("SSH-2.0"), "连不上日志.*SSH-2.0"),
    "half a page": (http.client.IncompleteRead(b"half"), "连不上日志"),
}


@pytest.mark.parametrize(("error", "sentence"), AWAY.values(), ids=AWAY)
def test_whatever_is_wrong_with_the_wire_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    """And never the end of a witness that runs for years."""

    def away(*_asked: object, **_how: object) -> None:
        raise error

    monkeypatch.setattr(urllib.request, "urlopen", away)
    with pytest.raises(verify.Refused, match=sentence):
        witness.fetch("https://x.example/log/checkpoint")
    if not isinstance(error, urllib.error.HTTPError):
        with pytest.raises(verify.Refused, match=sentence):
            witness.bring("https://x.example/log/cosignature", "")


def test_what_is_served_and_is_no_text_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "fetch", lambda url: b"\xff\xfe\n\n\xff\n")
    code, said = run()
    assert (code, "检查点上没有日志的签名，或者格式不对。" in said) == (1, True)


@pytest.mark.parametrize("spoilt", ["", "[]", '{"name": "x"}', "SIZE", "ROOT"])
def test_a_memory_that_somebody_spoilt_signs_nothing(run: Run, folder: Path, spoilt: str) -> None:
    grown(3)
    checkpoints.publish(MORNING)
    assert run()[0] == 0
    file = folder / "witness.json"
    whole = file.read_text(encoding="utf-8")
    other = {"SIZE": whole.replace('"size": 4', '"size": "four"'), "ROOT": re.sub('"root": "..', '"root": "', whole)}
    assert whole not in other.values()
    file.write_text(other.get(spoilt, spoilt), encoding="utf-8")
    grown(3)
    checkpoints.publish(MORNING)
    code, said = run()
    assert (code, "读不出来。请从备份恢复" in said) == (1, True)
    assert Cosignature.objects.count() == 1


def test_two_of_them_in_one_folder_do_not_sign_at_once(run: Run, folder: Path) -> None:
    """Each would hold the log to what the other had not yet written down."""
    grown(3)
    checkpoints.publish(MORNING)
    with witness.alone(folder):
        code, said = run()
    assert (code, "另一个见证程序正在用这个文件夹" in said) == (1, True)
    assert run()[0] == 0


@pytest.mark.parametrize("every", ["-5", "0", "x", "1.5"])
def test_a_pause_that_is_none_is_refused_with_a_sentence(
    folder: Path, every: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        witness.main(["run", "--folder", str(folder), f"--every={every}"])
    assert "间隔应当是多少秒" in capsys.readouterr().err


def test_a_signature_that_did_not_arrive_is_brought_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(3)
    checkpoints.publish(MORNING)
    brings = witness.bring

    def lost(url: str, note: str) -> None:
        raise OSError("away")

    monkeypatch.setattr(witness, "bring", lost)
    assert run()[0] == 1
    monkeypatch.setattr(witness, "bring", brings)
    assert run()[0] == 0
    assert Cosignature.objects.count() == 1


def test_a_log_without_a_checkpoint_and_another_log_are_not_signed(run: Run, folder: Path, settings: Any) -> None:
    assert run()[0] == 1
    grown(1)
    settings.LOG_ORIGIN = "xinfang-610116/log"
    checkpoints.publish(MORNING)
    code, said = run()
    assert (code, "检查点上没有日志的签名" in said) == (1, True)


WINDOWS = """
import argparse, base64, dataclasses, http.client, json, secrets, ssl, urllib.request
import os, runpy, signal, sys, types
locked = []
sys.modules["msvcrt"] = types.SimpleNamespace(LK_NBLCK=2, locking=lambda *asked: locked.append(asked))
for name in ("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"):
    sys.modules[name] = None
for name in "fork fchmod fchown chown getuid geteuid getpgid mkfifo uname pread O_CLOEXEC O_NOFOLLOW".split():
    delattr(os, name)
for name in ("alarm", "SIGHUP"):
    delattr(signal, name)
sys.argv = ["witness.pyz", *sys.argv[1:]]
sys.platform = "win32"
try:
    runpy.run_path("witness.pyz", run_name="__main__")
finally:
    assert bool(locked) == ("run" in sys.argv)
"""


class _Wire(BaseHTTPRequestHandler):
    """The log as it was when somebody else looked."""

    pages: ClassVar[dict[str, bytes]] = {}
    brought: ClassVar[list[bytes]] = []

    def do_GET(self) -> None:
        self.send_response(200 if self.path in self.pages else 404)
        self.end_headers()
        self.wfile.write(self.pages.get(self.path, b""))

    def do_POST(self) -> None:
        self.brought.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nobody reads it."""


def test_it_needs_nothing_that_windows_lacks(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two rounds of the file over a wire, where what only POSIX has cannot be imported and each encoding must be named."""
    fetch = witness.fetch
    monkeypatch.setattr(witness, "fetch", lambda url: _kept(url.removeprefix("https://x.example"), fetch(url)))
    server = HTTPServer(("127.0.0.1", 0), _Wire)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    (tmp_path / "witness.pyz").write_bytes(offline.witness_pyz())
    (tmp_path / "windows.py").write_text(WINDOWS, encoding="utf-8")
    log, key = f"http://127.0.0.1:{server.server_port}/log", signers.signer().verifier.vkey

    def there(*words: str) -> str:
        strict = ["-X", "warn_default_encoding", "-W", "error::EncodingWarning"]
        command = [sys.executable, "-I", "-S", *strict, "windows.py", *words, "--folder", "kept"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, (done.stdout.decode(), done.stderr.decode())
        return done.stdout.decode("utf-8")

    try:
        vkey = there("setup", "--name", "other.example/witness", "--log", log, "--key", key).strip().splitlines()[-1]
        for more, size in ((3, 4), (600, 604)):
            grown(more)
            checkpoints.publish(MORNING)
            assert run()[0] == 0
            assert f"已签：{size} 条" in there("run")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert len(_Wire.brought) == 2
    for note in map(bytes.decode, _Wire.brought):
        _, seen = verify.open_note(note, [verify.read_key(key), verify.read_key(vkey)])
        assert [name for name, _ in seen] == ["other.example/witness"]
    assert b"\r" not in (tmp_path / "kept" / "witness.json").read_bytes()


def _kept(path: str, page: bytes) -> bytes:
    _Wire.pages[path] = page
    return page


@pytest.mark.parametrize(("name", "key"), [("a b", None), ("a+b", None), ("a", "x"), ("a", "a+00000000+AAAA")])
def test_a_setup_with_bad_words_is_refused(tmp_path: Path, name: str, key: str | None) -> None:
    key = key or signers.signer().verifier.vkey
    words = ["setup", "--name", name, "--log", "https://x.example/log", "--key", key, "--folder", str(tmp_path / "w")]
    assert witness.main(words) == 1
    assert not (tmp_path / "w").exists()


def test_it_is_one_file_that_runs_without_this_house(tmp_path: Path) -> None:
    (tmp_path / "witness.pyz").write_bytes(offline.witness_pyz())
    assert offline.witness_pyz() == offline.witness_pyz()
    command = [sys.executable, "-I", "-S", "witness.pyz", "setup", "--name", NAME, "--log", "http://127.0.0.1:9/log"]
    command += ["--key", signers.signer().verifier.vkey]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    assert verify.read_key(done.stdout.strip().split("\n")[-1])[0] == NAME
    again = subprocess.run(
        [sys.executable, "-I", "-S", "witness.pyz", "run"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert again.returncode == 1
    assert "这一次没有办成" in again.stdout
    assert "连不上日志" in again.stdout


def test_a_console_that_speaks_gbk_hears_it_too(tmp_path: Path) -> None:
    """As Windows in China has it, and a program that was told nothing of UTF-8."""
    (tmp_path / "witness.pyz").write_bytes(offline.witness_pyz())
    gbk = {**os.environ, "PYTHONIOENCODING": "cp936", "PYTHONUTF8": "0", "LC_ALL": "C"}
    for words in (["run"], ["setup", "--name", "市.example", "--log", "ftp://x", "--key", "x"], ["--help"]):
        done = subprocess.run(
            [sys.executable, "witness.pyz", *words], cwd=tmp_path, env=gbk, capture_output=True, timeout=60
        )
        assert b"Traceback" not in done.stderr, done.stderr
        assert done.stdout.decode("utf-8").strip()
