"""A file of terms is taken whole or refused with its line and the reason; a county changes only its own policies."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from xinfang.deadlines import term_file, terms
from xinfang.deadlines.clocks import Clock, Term
from xinfang.deadlines.errors import TermRefused

WHOLE = term_file.FILE.read_text(encoding="utf-8")
LOCAL = """\
[[term]]
clock = "D19"
since = 2027-01-01
length = 3
article = "区信访局工作规程第八条"
"""
Change = Callable[[str], str]


def put(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


def local(text: str) -> list[Term]:
    return term_file.local(text, terms.packaged())


def test_the_packaged_file_names_every_clock() -> None:
    assert {term.clock for term in term_file.packaged()} == set(Clock)


def test_versions_of_a_clock_do_not_overlap_and_leave_no_gap() -> None:
    for clock in Clock:
        dated = sorted((term.since, term.until) for term in term_file.packaged() if term.clock == clock)
        assert all(end and (begin - end).days == 1 for (_, end), (begin, _) in pairwise(dated))
        assert dated[-1][1] is None


def test_an_overlapping_version_is_refused_with_its_line() -> None:
    text = WHOLE.replace("until = 2022-04-30", "until = 2022-05-01", 1)
    line = text[: text.index('clock = "D1"\nsince = 2022')].count("\n")
    with pytest.raises(TermRefused) as refused:
        term_file.read(text)
    assert refused.value.sentence == f"期限第{line}行“D1”：与2005-05-01起施行的版本重叠。"


def test_a_version_without_an_end_overlaps_every_later_one() -> None:
    with pytest.raises(TermRefused, match="重叠"):
        term_file.read(WHOLE.replace("until = 2022-04-30\n", "", 1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (put('clock = "D16"', 'clock = "D99"'), "clock应当是"),
        (put('clock = "D16"', 'clock = "D15"'), "重叠"),
        (put("length = 0", "length = -1"), "length应当是"),
        (put("length = 60", "length = 600"), "length应当是"),
        (put("length = 60", "length = true"), "length应当是"),
        (put("length = 60", 'length = "60"'), "length应当是"),
        (put('days = "working"', 'days = "week"'), "days应当是calendar、working之一"),
        (put('mark = "norm"', 'mark = "habit"'), "mark应当是"),
        (put("until = 2022-04-30", "until = 2002-04-30"), "until不能早于since"),
        (put("since = 2022-05-01", 'since = "2022-05-01"'), "since应当是日期"),
        (put("since = 2022-05-01", "since = 2022-05-01T00:00:00"), "since应当是日期"),
        (put("出具处理意见书。", "出具处理意见书"), "以句号结尾"),
        (put("《信访条例》第三十三条", " "), "article应当写明"),
        (put("roll = true", 'roll = "yes"'), "roll应当是true或false"),
        (put("most = 30", "most = 0"), "most应当是"),
        (put("most = 30", "least = 30"), "extension应当写明"),
        (put('["hearing"]', '["appraisal"]'), "excludes应当写明"),
        (put("length = 60", "length = 60\ncolour = 1"), "不认识colour"),
        (put('mark = "practice"\n', ""), "缺少mark"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line_and_the_reason(change: Change, reason: str) -> None:
    with pytest.raises(TermRefused, match=reason) as refused:
        term_file.read(change(WHOLE))
    assert refused.value.sentence.startswith("期限第")


@pytest.mark.parametrize("text", ["", "term = 1", "[term]\nclock = 'D1'", "[[terms]]\nclock = 'D1'"])
def test_a_file_of_another_shape_is_refused(text: str) -> None:
    with pytest.raises(TermRefused, match="期限文件：应当只有"):
        term_file.read(text)


def test_what_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(TermRefused, match="期限第2行“”：不是有效的TOML"):
        term_file.read("[[term]]\nclock = D5\n")


def test_a_clock_without_a_term_is_refused() -> None:
    begin, end = (WHOLE.index(f'[[term]]\nclock = "{clock}"') for clock in ("D18", "D19"))
    with pytest.raises(TermRefused, match="没有写期限D18"):
        term_file.read(WHOLE[:begin] + WHOLE[end:])


def test_a_county_sets_its_own_policy_from_a_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_VERSIONS", dict(terms._VERSIONS))
    terms.use(local(LOCAL))
    before, after = (terms.term(Clock.D19, day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (before.length, after.length) == (5, 3)
    assert after.working
    assert after.article == "区信访局工作规程第八条"
    terms.use([])
    assert terms.term(Clock.D19, date(2027, 1, 1)) == before


def test_a_countys_policy_ends_on_its_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "_VERSIONS", dict(terms._VERSIONS))
    terms.use(local(LOCAL + "until = 2027-06-30\n"))
    assert [terms.term(Clock.D19, date(2027, month, 1)).length for month in (6, 7)] == [3, 5]


@pytest.mark.parametrize("clock", ["D2", "D3", "D5", "D6", "D9", "D12", "D8A", "D16"])
def test_a_county_cannot_change_what_is_not_its_policy(clock: str) -> None:
    with pytest.raises(TermRefused) as refused:
        local(LOCAL.replace("D19", clock))
    assert "本级不能另行规定" in refused.value.sentence
    assert refused.value.sentence.startswith(f"期限第1行“{clock}”")


@pytest.mark.parametrize(
    ("more", "reason"),
    [("roll = true\n", "不认识roll"), ("length = 2\n", "不是有效的TOML"), ("mark = 'law'\n", "不认识mark")],
)
def test_a_county_names_length_and_days_and_no_more(more: str, reason: str) -> None:
    with pytest.raises(TermRefused, match=reason):
        local(LOCAL + more)


def test_a_countys_own_versions_must_not_overlap_either() -> None:
    with pytest.raises(TermRefused, match="重叠"):
        local(LOCAL + LOCAL.replace("2027", "2028"))
