"""`xinfang load laws` and `xinfang import law`."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.legislation.conftest import BRIDGES, LATER
from xinfang.legislation.models import Version

pytestmark = pytest.mark.django_db


def run(tmp_path: Path, text: str, **options: object) -> str:
    file, said = tmp_path / "law.md", StringIO()
    file.write_text(text, encoding="utf-8")
    call_command("import_law", file, stdout=said, **options)
    return said.getvalue().strip()


def test_a_file_becomes_a_law_and_a_second_run_changes_nothing(tmp_path: Path) -> None:
    said = run(tmp_path, BRIDGES, code="bridges")
    assert said == "《中华人民共和国某县桥梁管理办法》2020-05-01施行的版本：已导入6条。"
    assert (
        run(tmp_path, BRIDGES) == "《中华人民共和国某县桥梁管理办法》2020-05-01施行的版本：条文已经导入过，没有变化。"
    )
    assert Version.objects.get().code == "bridges-2020"


def test_a_dry_run_only_tells(tmp_path: Path) -> None:
    assert "将导入6条" in run(tmp_path, BRIDGES, dry_run=True)
    assert not Version.objects.exists()


def test_an_overlap_is_refused_with_what_is_possible_instead(tmp_path: Path) -> None:
    run(tmp_path, BRIDGES, code="bridges")
    with pytest.raises(CommandError, match=r"law.md：与bridges-2020的施行时间重叠.*接替现行版本"):
        run(tmp_path, LATER)
    assert "已导入6条" in run(tmp_path, LATER, replaces=True)


def test_a_file_that_is_refused_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="第11行"):
        run(tmp_path, BRIDGES.replace("第二条 本", "第四条 本"))
    with pytest.raises(CommandError, match="不是日期"):
        call_command("import_law", tmp_path / "law.md", "--version-date", "2020-02-30")
    assert not Version.objects.exists()


def test_the_library_is_loaded_with_one_word() -> None:
    said = StringIO()
    call_command("load_laws", stdout=said)
    assert said.getvalue().strip() == "法规库：新增38部法规、2个版本。"
