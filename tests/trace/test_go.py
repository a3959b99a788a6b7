"""An implementation that nobody here wrote accepts the log: Debian's golang-golang-x-mod-dev.

`make test` installs it. Where it cannot be installed this fails and says so; it is never skipped.
"""

import base64
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from tests.cast import MORNING, Cast, registered
from tests.trace.receipts import entry_of
from tests.trace.test_tree import grown
from xinfang.trace import checkpoints, receipts, signers, tree
from xinfang.trace.merkle import WIDTH
from xinfang.trace.offline.witness import spelled

GOCODE = Path("/usr/share/gocode")
NEEDED = GOCODE / "src" / "golang.org" / "x" / "mod" / "sumdb" / "tlog"
ADVICE = "Go's tlog is not on this machine: apt-get install golang-go golang-golang-x-mod-dev (make test does it)."


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compiled once, without the network: the libraries are Debian's."""
    assert shutil.which("go"), ADVICE
    assert NEEDED.exists(), ADVICE
    place = tmp_path_factory.mktemp("go")
    source = Path(__file__).parent / "go" / "main.go"
    environment = {
        **os.environ,
        "GO111MODULE": "off",
        "GOPATH": str(GOCODE),
        "GOFLAGS": "",
        "GOPROXY": "off",
        "GOCACHE": str(place / "cache"),
        "CGO_ENABLED": "0",
    }
    command = ["go", "build", "-o", str(place / "main"), str(source)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    return place / "main"


def write(folder: Path, path: str, body: bytes) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body)


@pytest.fixture
def log(cast: Cast, client: Client, tmp_path: Path) -> Path:
    """Everything the public can fetch of a log of 600 entries, as files; and one receipt."""
    grown(300)
    number = registered(cast).petition.number or ""
    old = checkpoints.publish(MORNING)
    grown(299)
    new = checkpoints.publish(MORNING)
    assert old is not None
    assert new is not None
    receipt = receipts.receipt(entry_of(number), number)
    proof = [base64.b64encode(one).decode() for one in tree.consistency(old.size, new.size)]
    write(tmp_path, "vkey", signers.signer().verifier.vkey.encode())
    write(tmp_path, "checkpoint", client.get("/log/checkpoint").content)
    write(tmp_path, "checkpoint.old", old.note.encode())
    write(tmp_path, "receipt.tlog-proof", (receipt.proof or "").encode())
    write(tmp_path, "consistency", "\n".join(proof).encode())
    for kind, level in (("entries", 0), ("0", 0), ("1", 1)):
        count = new.size >> 8 * level
        for i in range(-(-count // WIDTH)):
            width = min(WIDTH, count - i * WIDTH)
            path = f"log/tile/{kind}/{spelled(i)}" + ("" if width == WIDTH else f".p/{width}")
            write(tmp_path, path, client.get(f"/{path}").content)
    return tmp_path


def run(program: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([program, folder], capture_output=True, text=True, timeout=60)


@pytest.mark.django_db
def test_go_accepts_signatures_receipt_growth_and_every_tile(program: Path, log: Path) -> None:
    done = run(program, log)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "accepted 600 entries, receipt 300, growth from 300\n"


ALTERED = ["checkpoint", "checkpoint.old", "receipt.tlog-proof", "consistency", "log/tile/0/001", "log/tile/1/000.p/2"]
ALTERED += ["log/tile/entries/002.p/88", "vkey"]


@pytest.mark.django_db
def test_go_refuses_each_of_them_altered(program: Path, log: Path) -> None:
    """So that its acceptance says something."""
    for name in ALTERED:
        whole = (log / name).read_bytes()
        at = len(whole) // 2
        (log / name).write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert run(program, log).returncode == 1, name
        (log / name).write_bytes(whole)
    assert run(program, log).returncode == 0
