"""A county's own terms, loaded from its file: only policies, never backwards over what runs."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from xinfang.deadlines import calendar, promises, terms
from xinfang.deadlines.models import LocalTerm
from xinfang.deadlines.terms import Clock, term
from xinfang.trace.models import Entry

pytestmark = pytest.mark.usefixtures("loaded")
OWN = """\
[[term]]
clock = "D19"
since = 2026-07-01
length = 3
article = "区信访局工作规程第八条"
"""


@pytest.fixture(autouse=True)
def _back_to_the_packaged_terms() -> Iterator[None]:
    yield
    terms.use([])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "terms.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def load(file: Path) -> None:
    call_command("load_terms", file, verbosity=0)


def start(on: date) -> None:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    promises.start(Clock.D19, subject="assignment", subject_id=1, unit="610115001001", at=at)


def test_a_countys_term_is_in_force_at_once_and_leaves_an_entry(own: Path) -> None:
    load(own)
    calendar.current()
    assert term(Clock.D19, date(2026, 8, 1)).length == 3
    assert Entry.objects.get(act="deadline.load_terms").facts["terms"] == [["D19", "2026-07-01", 3]]


def test_loading_again_changes_nothing(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_terms", own)
    call_command("load_terms", own)
    assert capsys.readouterr().out == "本级期限：已载入1项。\n本级期限：没有变化。\n"
    assert LocalTerm.objects.count() == 1


def test_a_new_policy_does_not_reach_back_to_what_runs(own: Path) -> None:
    start(date(2026, 7, 1))
    with pytest.raises(CommandError, match="不能追溯"):
        load(own)


def test_a_policy_that_stays_may_be_loaded_while_its_clocks_run(own: Path) -> None:
    load(own)
    start(date(2026, 7, 2))
    own.write_text(OWN + OWN.replace("D19", "D20").replace("2026", "2027"), encoding="utf-8")
    load(own)
    assert LocalTerm.objects.count() == 2


def test_a_policy_that_promises_were_made_under_is_neither_dropped_nor_changed_nor_ended_before_them(own: Path) -> None:
    load(own)
    start(date(2026, 7, 2))
    for other in ("", OWN.replace("length = 3", "length = 4"), OWN + "until = 2026-07-01\n"):
        own.write_text(other or OWN.replace("D19", "D20"), encoding="utf-8")
        with pytest.raises(CommandError, match="已有期限从2026-07-02或者以后起算"):
            load(own)
    assert LocalTerm.objects.get().length == 3


def test_a_policy_may_end_after_the_promises_that_run_and_another_follow(own: Path) -> None:
    load(own)
    start(date(2026, 7, 2))
    later = OWN.replace("2026-07-01", "2026-08-01").replace("length = 3", "length = 4")
    own.write_text(OWN + "until = 2026-07-31\n" + later, encoding="utf-8")
    load(own)
    calendar.current()
    assert [term(Clock.D19, day).length for day in (date(2026, 7, 2), date(2026, 8, 1))] == [3, 4]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="无法读取"):
        load(tmp_path / "none.toml")


def test_a_wrong_file_is_refused_with_its_line(own: Path) -> None:
    own.write_text(OWN.replace("D19", "D5"), encoding="utf-8")
    with pytest.raises(CommandError, match="期限第1行“D5”"):
        load(own)
