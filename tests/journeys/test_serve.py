"""One command runs pages and background work; neither goes on alone."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tools.throwaway import KEYS
from xinfang.desk import serving

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 180


def environment(home: Path, **more: str) -> dict[str, str]:
    """Of a house of its own, on SQLite, that measures no coverage."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("XINFANG", "DATABASE", "COV"))}
    return {**ours, **KEYS, "XINFANG_HOME": str(home), "XINFANG_WEB_WORKERS": "1", **more}


def xinfang(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xinfang", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment(home, **more), capture_output=True, text=True, timeout=PATIENCE, check=False
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    assert xinfang(folder, "migrate", "-v0").returncode == 0
    return folder


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as line:
        return int(line.getsockname()[1])


def status(port: int, path: str = "/") -> int:
    """0 while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def until(holds: Callable[[], Any]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def children(pid: int) -> dict[str, int]:
    """The two processes under `serve`, by what they are."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    words = {int(child): Path(f"/proc/{child}/cmdline").read_text() for child in listed}
    return {"web" if "gunicorn" in said else "worker": child for child, said in words.items()}


class House:
    """A running `xinfang serve`."""

    def __init__(self, home: Path) -> None:
        self.port = free_port()
        command = [sys.executable, "-m", "xinfang", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment(home), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        until(lambda: status(self.port) or self.process.poll() is not None)

    def ended(self) -> tuple[int, str]:
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, out + err


@pytest.fixture
def house(home: Path) -> Iterator[House]:
    house = House(home)
    yield house
    if house.process.poll() is None:
        house.process.terminate()
        house.process.communicate()


def is_gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_pages_answer_and_a_word_stops_both(house: House, word: signal.Signals) -> None:
    assert status(house.port) == 200
    both = children(house.process.pid)
    assert both.keys() == {"web", "worker"}
    house.process.send_signal(word)
    code, said = house.ended()
    assert (code, all(map(is_gone, both.values()))) == (0, True)
    assert f"http://127.0.0.1:{house.port}/desk/" in said
    assert "Traceback" not in said


@pytest.mark.parametrize(("dies", "named"), [("worker", "后台进程"), ("web", "网页服务")])
def test_when_one_dies_the_other_is_stopped_and_the_command_fails(house: House, dies: str, named: str) -> None:
    both = children(house.process.pid)
    os.kill(both[dies], signal.SIGKILL)
    code, said = house.ended()
    assert code == 1
    assert f"{named}自己停了" in said
    assert all(map(is_gone, both.values()))
    assert status(house.port) == 0


def test_a_port_in_use_is_said_so_at_once(house: House, home: Path) -> None:
    second = xinfang(home, "serve", "--port", str(house.port))
    assert second.returncode == 1
    assert f"端口 {house.port} 不能用" in second.stderr


def test_a_demonstration_refuses_an_address_that_others_reach(home: Path) -> None:
    done = xinfang(home, "serve", "--host", "0.0.0.0", XINFANG_DEMO="1")
    assert done.returncode == 1
    assert "只能在本机使用" in done.stderr


def test_without_tables_it_says_what_to_do_first(tmp_path: Path) -> None:
    done = xinfang(tmp_path, "serve", "--port", str(free_port()))
    assert done.returncode == 1
    assert "xinfang migrate" in done.stderr


# What is under it, without a house.

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [sys.executable, "-c", "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"]


def test_whoever_ends_by_itself_is_named_with_its_exit_code() -> None:
    said: list[str] = []
    assert serving.run({"甲": SLEEPS, "乙": [sys.executable, "-c", "raise SystemExit(3)"]}, say=said.append) == 1
    assert said == ["乙自己停了（退出码 3），其余部分也已停止。"]


def test_whoever_will_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GRACE", 1.0)
    began = time.monotonic()
    assert serving.run({"甲": STUBBORN, "乙": [sys.executable, "-c", ""]}, say=str) == 1
    assert time.monotonic() - began < 30


def test_numbers_of_processes_and_threads_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINFANG_WEB_WORKERS", "7")
    monkeypatch.setenv("XINFANG_WEB_THREADS", "9")
    words = serving.commands("::1", 80)["网页服务"]
    assert words[words.index("--workers") + 1] == "7"
    assert words[words.index("--threads") + 1] == "9"
    assert words[words.index("--bind") + 1] == "[::1]:80"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_a_demonstration_is_refused_before_anything_starts(
    settings: Any, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    settings.DEMO = True
    monkeypatch.setattr(serving, "run", lambda *words, **options: pytest.fail("it started"))
    with pytest.raises(CommandError, match="只能在本机使用"):
        call_command("serve", host=host)


@pytest.mark.django_db
def test_the_command_hands_host_and_port_on_and_fails_when_a_part_ended(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEMO = True
    given: list[Any] = []
    monkeypatch.setattr("xinfang.desk.management.commands.serve.connections.close_all", lambda: None)
    monkeypatch.setattr(serving, "run", lambda words, *, say: given.append(words) or 1)
    port = free_port()
    with pytest.raises(CommandError, match="服务已停止"):
        call_command("serve", host="localhost", port=port)
    assert f"localhost:{port}" in given[0]["网页服务"]


def test_a_port_is_free_until_someone_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as line:
        port = line.getsockname()[1]
        assert not serving.is_free("127.0.0.1", port)
    assert serving.is_free("127.0.0.1", port)
