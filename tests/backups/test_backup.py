"""备份、恢复、演练, with real dumps: what is restored is what was backed up, and what is broken, foreign or altered is told."""

import base64
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.backups.conftest import SERVER, Grounds, Installation
from tests.cast import assemble, registered
from xinfang.backups import manifest
from xinfang.backups.errors import Unusable
from xinfang.backups.making import place_of
from xinfang.backups.rebuilding import root_of_entries
from xinfang.backups.restoring import look_through
from xinfang.trace import sequencer, tree

LIST = "manifest.json"
DATABASE = "database.dump" if SERVER else "database.sqlite3"


def last_line(done: Any) -> str:
    return (done.stderr.strip().splitlines() or [""])[-1]


def refused(one: Installation, *words: str) -> str:
    done = one.run(*words)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return last_line(done)


def spoil(file: Path) -> None:
    """One bit, in the middle."""
    file.chmod(0o600)
    held = bytearray(file.read_bytes())
    held[len(held) // 2] ^= 1
    file.write_bytes(held)


def test_a_backup_holds_database_and_files_and_no_key(made: Path, living: Installation) -> None:
    said = json.loads((made / "manifest.json").read_text())
    assert said["files"] == 2  # the original and its copy
    assert said["entries"] > 0
    assert said["damaged"] == []
    assert place_of(made.parent / "files", living.more["FILED"]).is_file()
    held = [file.read_bytes() for file in made.parent.rglob("*") if file.is_file()]
    master = living.env["XINFANG_MASTER_KEY"]
    for key in (master.encode(), base64.b64decode(master), living.env["XINFANG_SECRET_KEY"].encode()):
        assert not any(key in one for one in held)


def test_what_is_restored_verifies_and_holds_the_files(made: Path, living: Installation, grounds: Grounds) -> None:
    other = grounds.new()
    done = other.run("restore", str(made))
    assert done.returncode == 0, done.stderr
    assert place_of(other.home / "files", living.more["FILED"]).is_file()
    assert "痕迹完好" in other.run("trace", "verify").stdout
    assert "已经有数据" in refused(other, "restore", str(made))


def test_a_drill_passes_and_is_recorded_with_what_would_be_lost(made: Path, living: Installation) -> None:
    done = living.run("drill", str(made.parent))
    assert done.returncode == 0, done.stderr
    assert "演练通过" in done.stdout
    asked = "from xinfang.backups.models import Drill as D; d = D.objects.get(is_sound=True); "
    told = living.script(
        "-c", f"import django; django.setup(); {asked}print(d.entries, d.lost_entries, d.files, d.lost_seconds >= 0)"
    )
    entries, lost, files, has_span = told.split()
    assert int(entries) > 0
    assert (files, has_span) == ("2", "True")
    assert int(lost) == 0
    assert "痕迹完好" in living.run("trace", "verify").stdout


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13])
def test_the_tree_is_rebuilt_from_the_entries_as_the_log_has_it(size: int) -> None:
    cast = assemble()
    while tree.size() < size:
        registered(cast)
        sequencer.place_all()
    assert root_of_entries(size) == tree.root(size)


def test_a_drill_that_fails_is_recorded_too(copy: Path, living: Installation) -> None:
    spoil(copy / DATABASE)
    assert "演练没有通过：数据库文件被改动过" in refused(living, "drill", str(copy.parent))
    asked = "from xinfang.backups.models import Drill as D; print(D.objects.filter(is_sound=False).latest('id').said)"
    assert "数据库文件被改动过" in living.script("-c", f"import django; django.setup(); {asked}")


def truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


SPOILT: dict[str, Callable[[Path, Path], object]] = {
    "数据库文件不完整：应有": lambda folder, _file: truncate(folder / DATABASE),
    "数据库文件被改动过": lambda folder, _file: spoil(folder / DATABASE),
    "备份的清单被改动过": lambda folder, _file: rewrite(folder / LIST, '"entries": ', '"entries": 1'),
    "备份的清单被改动过，这份": lambda folder, _file: rewrite(folder / LIST, '"entries"', '"extra": 1, "entries"'),
    "不是一份完整的备份": lambda folder, _file: (folder / LIST).unlink(),
    "清单读不出来": lambda folder, _file: (folder / LIST).write_text("["),
    "没有清单": lambda folder, _file: (folder / LIST).write_text("[]"),
    "不是这一版认识的": lambda folder, _file: rewrite(folder / LIST, '"format": 1', '"format": 99'),
    "备份里的附件": lambda _folder, file: spoil(file),
    "备份里缺少附件": lambda _folder, file: file.unlink(),
    "附件目录缺失或者被改动过": lambda folder, _file: (folder / "files.txt").write_text(""),
}


@pytest.mark.parametrize("sentence", SPOILT)
def test_a_spoilt_backup_is_refused_in_a_sentence(copy: Path, living: Installation, sentence: str) -> None:
    SPOILT[sentence](copy, place_of(copy.parent / "files", living.more["FILED"]))
    with pytest.raises(Unusable, match=sentence):
        look_through(copy)


def test_a_backup_under_other_keys_is_refused(copy: Path, settings: Any) -> None:
    settings.MASTER_KEY = base64.b64encode(bytes(32)).decode()
    with pytest.raises(Unusable, match="密钥不对"):
        look_through(copy)


def test_a_backup_of_the_other_database_is_refused(copy: Path) -> None:
    said = manifest.read(copy)
    manifest.write(copy, replace(said, vendor={"sqlite": "postgresql", "postgresql": "sqlite"}[said.vendor]))
    with pytest.raises(Unusable, match="不能恢复"):
        look_through(copy)


def test_where_there_is_no_backup_the_drill_says_so(living: Installation, tmp_path: Path) -> None:
    assert "里没有备份" in refused(living, "drill", str(tmp_path))


def test_a_file_that_is_damaged_in_the_store_is_named_and_the_rest_is_backed_up(
    living: Installation, tmp_path: Path
) -> None:
    here = place_of(living.home / "files", living.more["FILED"])
    aside = tmp_path / "aside"
    shutil.move(here, aside)
    try:
        assert "1 个附件缺失或者损坏" in refused(living, "backup", str(tmp_path / "target"))
        [folder] = (tmp_path / "target").glob("xinfang-*")
        assert json.loads((folder / "manifest.json").read_text())["damaged"] == [living.more["FILED"]]
    finally:
        shutil.move(aside, here)


def test_keys_are_copied_on_request_and_never_beside_the_backup(living: Installation, tmp_path: Path) -> None:
    (living.home / "keys.env").write_text("XINFANG_MASTER_KEY=x\n")
    target, apart = tmp_path / "target", tmp_path / "keys.env"
    assert "不能和备份放在一处" in refused(living, "backup", str(target), "--keys", str(target / "keys.env"))
    assert living.run("backup", str(target), "--keys", str(apart)).returncode == 0
    assert apart.read_text() == "XINFANG_MASTER_KEY=x\n"
    assert apart.stat().st_mode & 0o777 == 0o600
    assert not list(target.rglob("keys.env"))
