"""Message files become registered petitions: each row once, wrong rows refused with their line, whatever interrupts."""

import csv
import os
from collections import Counter
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from tests.cast import Cast
from xinfang.deadlines.models import Promise
from xinfang.documents.models import Series
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions, look_alikes, messages
from xinfang.petitions.codes import Purpose
from xinfang.petitions.messages import Ground, Row
from xinfang.petitions.models import Matter, Petition
from xinfang.trace.models import Entry

DATA = os.environ.get("XINFANG_DATA")
REAL = ("f2_raw.csv", "f2_contest_test_unlabelled.csv", "f3_messages.csv", "f4_replies.csv")
HEAD = "msg_id,user,time,title,detail\n"
GOOD = "7,U1,2019/12/30 17:06:14,路灯坏了,村口路灯坏了半年。请尽快修好。\n"
STREETS = ("610115001000", "610115004000", "610115005000")
NOW = timezone.make_aware(datetime(2026, 6, 1, 12, 0))
GROUND = Ground(STREETS, frozenset({"039900", "999900"}), NOW)


def row(**cells: str) -> Row:
    plain = {"msg_id": "7", "user": "U1", "time": "2019-02-28 11:25:05", "title": "路灯坏了", "detail": "请修好。"}
    return Row(2, {**plain, **cells})


def bring(file: str | Path, **options: Any) -> str:
    said = StringIO()
    call_command("import_messages", str(file), stdout=said, **options)
    return said.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "heard.csv"


def refused(file: Path, content: str | bytes, tmp_path: Path) -> list[dict[str, str]]:
    """The rows of the report, after this content was brought in."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    bring(file, report=tmp_path / "report.csv")
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as report:
        return list(csv.DictReader(report))


# What a row becomes.


@pytest.mark.parametrize("written", ["2019/12/30 17:06:14", "2019-12-30 17:06:14"])
def test_both_ways_of_writing_a_time_are_read_as_the_countys(written: str) -> None:
    intake = messages.intake_of(row(time=written), GROUND)
    assert intake.received_at.isoformat() == "2019-12-30T17:06:14+08:00"
    assert intake.petition_date.isoformat() == "2019-12-30"


def test_the_day_is_the_countys_day_and_not_greenwichs() -> None:
    intake = messages.intake_of(row(time="2020/1/8 4:15:00"), GROUND)
    assert intake.petition_date.isoformat() == "2020-01-08"


def test_a_message_without_a_time_was_received_when_it_came() -> None:
    assert messages.intake_of(row(time=""), GROUND).received_at == NOW


def test_a_long_title_is_cut_and_kept_whole_at_the_head_of_the_text() -> None:
    title = "路" * 60
    intake = messages.intake_of(row(title=title), GROUND)
    assert intake.title == "路" * 50
    assert intake.text == f"{title}\n请修好。"


def test_a_message_without_a_title_takes_its_first_sentence() -> None:
    assert messages.intake_of(row(title="", detail="路灯坏了。请修好。"), GROUND).title == "路灯坏了。"


@pytest.mark.parametrize(
    ("text", "demand"),
    [
        ("路灯坏了半年。村里说没有经费。请尽快修好！谢谢。", "请尽快修好！"),
        ("多次申请没有结果。\n要求公开账目；", "要求公开账目；"),
        ("路灯坏了半年。", "路灯坏了"),
    ],
)
def test_the_demand_is_the_sentence_that_asks_else_the_title(text: str, demand: str) -> None:
    assert messages.intake_of(row(detail=text), GROUND).demands == (demand,)


@pytest.mark.parametrize(
    ("title", "text", "purpose"),
    [
        ("咨询高龄津贴", "何时发放", Purpose.CONSULT),
        ("建议增设斑马线", "人多车多", Purpose.SUGGESTION),
        ("投诉物业乱收费", "请退还", Purpose.CLAIM),
        ("举报某人占道", "请处理", Purpose.CLAIM),
        ("举报某人贪污", "请调查", Purpose.ACCUSE),
        ("反映账目不清", "举报有人受贿", Purpose.ACCUSE),
        ("廉政宣传的建议", "讲讲受贿的案例", Purpose.SUGGESTION),
    ],
)
def test_the_purpose_is_read_from_plain_words(title: str, text: str, purpose: Purpose) -> None:
    assert messages.purpose_of(title, text) == purpose


def test_a_label_gives_the_category_and_an_unknown_one_gives_other() -> None:
    assert messages.intake_of(row(label="城乡建设"), GROUND).category == "039900"
    assert messages.intake_of(row(label="天文"), GROUND).category == "999900"


def test_rows_are_spread_over_the_streets_the_same_way_every_time() -> None:
    places = [messages.intake_of(row(msg_id=str(n)), GROUND).division for n in range(300)]
    assert places == [messages.intake_of(row(msg_id=str(n)), GROUND).division for n in range(300)]
    assert min(Counter(places)[street] for street in STREETS) > 60


def test_who_gave_no_name_is_anonymous() -> None:
    assert messages.intake_of(row(user=""), GROUND).is_anonymous
    assert not messages.intake_of(row(), GROUND).is_anonymous


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"detail": " "}, "没有正文"),
        ({"detail": "坏" * 20_001}, "超过 20000 字"),
        ({"msg_id": ""}, "没有编号"),
        ({"time": "去年冬天"}, "不认识"),
        ({"time": "2019-02-30 10:00:00"}, "不认识"),
        ({"time": "2026-06-01 12:00:01"}, "晚于现在"),
        ({"time": "0001-01-01 00:00:00"}, "早于 2000 年"),
    ],
)
def test_a_wrong_row_is_refused_with_its_reason(cells: dict[str, str], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        messages.intake_of(row(**cells), GROUND)


def test_a_key_is_never_longer_than_the_column_that_holds_it() -> None:
    assert messages.token("heard", row()) == "import:heard:7"
    assert len(messages.token("名" * 200, row())) == 64
    assert messages.token("名" * 200, row()) != messages.token("名" * 200, row(msg_id="8"))


# A file.


@pytest.fixture
def sample_files() -> list[tuple[str, int]]:
    return [(str(Path(DATA, name)), 50) for name in REAL] if DATA else [("sample", 60)]


def test_real_messages_are_registered_through_the_same_verb(cast: Cast, sample_files: list[tuple[str, int]]) -> None:
    """Fifty rows of each file where XINFANG_DATA says they are, the synthetic sample elsewhere."""
    for name, count in sample_files:
        before = Petition.objects.count()
        assert f"登记 {count} 件" in bring(name, limit=count)
        assert Petition.objects.count() == before + count
    entries = Entry.objects.filter(act="petition.register")
    assert set(entries.values_list("hand", "post")) == {("system", "importer")}


def test_the_sample_is_registered_when_it_happened_and_recorded_now(cast: Cast) -> None:
    bring("sample", limit=1)
    entry, petition = Entry.objects.get(act="petition.register"), Petition.objects.get()
    assert petition.registered_at == petition.received_at == entry.at
    assert petition.number == "6101152025WX000001"
    assert timezone.now() - entry.recorded_at < timedelta(minutes=1)


def test_the_same_user_is_found_again_through_the_blind_index(cast: Cast) -> None:
    bring("sample")
    first, second = Petition.objects.filter(title="代王街道某村组路灯坏了半年无人修").order_by("pk")
    assert [candidate.petition for candidate in look_alikes.repeat_candidates(second, cast.dispatcher)] == [first]


def test_only_an_accusation_of_corruption_is_sealed(cast: Cast) -> None:
    bring("sample")
    assert [petition.title[:2] for petition in Petition.objects.all() if petition.is_sealed] == ["举报"]


def test_a_second_run_registers_nothing_twice(cast: Cast) -> None:
    bring("sample", limit=30)
    assert "登记 30 件，以前已登记 30 件" in bring("sample")
    assert "登记 0 件，以前已登记 60 件" in bring("sample")
    assert Petition.objects.count() == Entry.objects.filter(act="petition.register").count() == 60


def test_what_is_registered_already_is_looked_up_by_the_batch(cast: Cast, django_assert_max_num_queries: Any) -> None:
    bring("sample")
    with django_assert_max_num_queries(6):
        bring("sample")


def test_an_interrupted_run_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = actions.register, iter(range(60))

    def cut_short(*args: Any, **kwargs: Any) -> Any:
        if next(calls) == 10:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(actions, "register", cut_short)
    with pytest.raises(CommandError, match="接着登记"):
        bring("sample")
    assert Petition.objects.count() == 10
    monkeypatch.undo()
    assert "登记 50 件，以前已登记 10 件" in bring("sample")


def test_another_file_with_the_same_numbers_is_another_dataset(cast: Cast, file: Path) -> None:
    file.write_text(HEAD + GOOD)
    bring(file)
    assert "登记 0 件" in bring(file)
    assert "登记 1 件" in bring(file, dataset="六月")


def test_a_wrong_row_is_reported_with_its_line_and_the_right_ones_are_registered(
    cast: Cast, file: Path, tmp_path: Path
) -> None:
    content = HEAD + '6,U1,2019/12/30 17:06:14,两行,"一行\n又一行"\n' + "8,U1,昨天,路灯,坏了\n" + GOOD
    rows = refused(file, content, tmp_path)
    assert [(row["行"], row["编号"]) for row in rows] == [("4", "8")]
    assert "不认识" in rows[0]["原因"]
    assert Petition.objects.count() == 2


def test_a_refused_row_leaves_nothing_behind(cast: Cast, file: Path, tmp_path: Path) -> None:
    future = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S")
    assert refused(file, f"{HEAD}9,U1,{future},路灯,坏了\n", tmp_path)[0]["行"] == "2"
    assert not any(model.objects.exists() for model in (Petition, Matter, Series, Promise))
    assert not Entry.objects.filter(act="petition.register").exists()


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("8,U1,2019/12/30 17:06:14,路灯,坏了,多,了\n".encode(), "实有 7 列"),
        (b"8,U1,2019/12/30 17:06:14,\xc2\xb7\xb5\xc6,x\n", "不是 UTF-8"),
        (b"8,U1,2019/12/30 17:06:14,a,b\0c\n", "空字符"),
        (b"8,U1\n", "没有正文"),
        (GOOD.encode(), "与第 2 行重复"),
    ],
)
def test_a_row_that_cannot_be_read_is_refused_alone(
    cast: Cast, file: Path, tmp_path: Path, bad: bytes, reason: str
) -> None:
    rows = refused(file, (HEAD + GOOD).encode() + bad + b"10" + GOOD[1:].encode(), tmp_path)
    assert [row["行"] for row in rows] == ["3"]
    assert reason in rows[0]["原因"]
    assert Petition.objects.count() == 2


def test_a_quote_that_never_closes_does_not_lose_the_rows_before_it(cast: Cast, file: Path, tmp_path: Path) -> None:
    rows = refused(file, HEAD + GOOD + '8,U1,2019/12/30 17:06:14,路灯,"坏了。\n' + GOOD, tmp_path)
    assert "第 3 至 4 行不合 CSV 格式" in rows[0]["原因"]
    assert Petition.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0\0", "姓名,电话\n甲,1\n".encode()])
def test_a_file_of_another_kind_is_refused_whole(cast: Cast, file: Path, content: bytes) -> None:
    file.write_bytes(content)
    with pytest.raises(CommandError, match="不是信访留言的 CSV 文件"):
        bring(file)


def test_a_file_that_is_not_there_says_so(cast: Cast) -> None:
    with pytest.raises(CommandError, match="没有这个文件"):
        bring("nowhere.csv")


def test_without_a_county_it_says_what_to_do_first(db: None) -> None:
    with pytest.raises(CommandError, match="请先装载区县文件"):
        bring("sample")


def test_the_sample_is_whole_and_says_that_it_is_synthetic() -> None:
    rows = list(messages.read(messages.SAMPLE))
    assert len(rows) == 60
    assert not any(row.fault for row in rows)
    assert "Synthetic" in messages.SAMPLE.with_name("README.md").read_text()


def test_labels_name_categories_of_the_countys_tree() -> None:
    tree = Path(__file__).resolve().parents[2] / "counties" / "lintong" / "categories.csv"
    with tree.open(encoding="utf-8-sig", newline="") as lines:
        known = {line["code"] for line in csv.DictReader(lines)}
    assert set(messages.CATEGORY_OF_LABEL.values()) | {"999900"} <= known
