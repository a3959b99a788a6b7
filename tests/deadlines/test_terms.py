"""What the law gives, and where it says so."""

from dataclasses import replace
from datetime import date

import pytest

from xinfang.deadlines import terms
from xinfang.deadlines.terms import Clock, term

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("clock", "length", "working", "article"),
    [
        (Clock.D2, 15, False, "第二十二条"),
        (Clock.D3, 5, True, "第二十三条第三款"),
        (Clock.D4, 15, False, "第二十三条第三款"),
        (Clock.D5, 60, False, "第三十四条"),
        (Clock.D9, 30, False, "第三十五条"),
    ],
)
def test_the_terms_of_the_regulation(clock: Clock, length: int, working: bool, article: str) -> None:
    found = term(clock, TODAY)
    assert (found.length, found.working) == (length, working)
    assert found.article.startswith("《信访工作条例》")
    assert article in found.article


@pytest.mark.parametrize("clock", Clock)
def test_every_clock_says_what_starts_and_what_stops_it(clock: Clock) -> None:
    found = term(clock, TODAY)
    assert found.clock == clock
    assert str(found.starts).endswith("。")
    assert str(found.stops).endswith("。")
    assert found.name


def test_only_the_petitioners_windows_roll_past_holidays() -> None:
    assert {clock for clock in Clock if term(clock, TODAY).roll} == {Clock.D9, Clock.D11, Clock.D14}


def test_what_may_be_let_pass_is_a_window_and_everything_else_is_owed() -> None:
    windows = {clock for clock in Clock if term(clock, TODAY).is_window}
    assert windows == {Clock.D3, Clock.D9, Clock.D11, Clock.D14}


def test_a_day_before_the_first_version_takes_the_first() -> None:
    assert term(Clock.D2, date(2001, 1, 1)) == term(Clock.D2, date(2005, 5, 1))
    assert term(Clock.D3, date(2015, 1, 1)) == term(Clock.D3, TODAY)  # the old regulation knew no objection


OLD_AND_NEW = {
    Clock.D2: ("《信访条例》第二十一条第一款", "《信访工作条例》第二十二条第一款"),
    Clock.D4: ("《信访条例》第二十一条第二款", "《信访工作条例》第二十三条第三款"),
    Clock.D5: ("《信访条例》第三十三条", "《信访工作条例》第三十四条"),
    Clock.D9: ("《信访条例》第三十四条", "《信访工作条例》第三十五条"),
    Clock.D11: ("《信访条例》第三十五条第一款", "《信访工作条例》第三十六条第一款"),
}


@pytest.mark.parametrize(("clock", "articles"), OLD_AND_NEW.items())
def test_the_old_regulation_holds_until_the_last_of_april_2022(clock: Clock, articles: tuple[str, str]) -> None:
    old, new = term(clock, date(2022, 4, 30)), term(clock, date(2022, 5, 1))
    assert (old.article, new.article) == articles
    assert (old.length, old.working) == (new.length, new.working)


def test_only_the_handling_is_extended_by_law_and_by_thirty_days_at_most() -> None:
    extended = {clock: term(clock, TODAY).extension for clock in Clock}
    assert {clock for clock, found in extended.items() if found} == {
        Clock.D5,
        Clock.D7,
        Clock.D15_RESULT,
        Clock.D16,
    }
    found = extended[Clock.D5]
    assert found
    assert found.most == term(Clock.D6, TODAY).length == 30
    assert found.article == term(Clock.D6, TODAY).article


def test_only_a_hearing_in_final_review_is_not_counted() -> None:
    excluded = {clock: term(clock, TODAY).exclusion for clock in Clock}
    assert {clock for clock, found in excluded.items() if found} == {Clock.D12}
    found = excluded[Clock.D12]
    assert found
    assert found.grounds == {"hearing"}
    assert found.article == "《信访工作条例》第三十六条第二款"


def test_a_number_the_law_does_not_give_is_a_policy_or_a_norm() -> None:
    """及时 is no number; what is from memory or local custom is not called law."""
    assert all(term(clock, TODAY).mark == "policy" for clock in (Clock.D0, Clock.D1, Clock.D17, Clock.D21))
    assert all(term(clock, TODAY).mark == "norm" for clock in (Clock.D8A, Clock.D8B, Clock.D8C))


def test_the_version_in_force_on_the_day_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    today = term(Clock.D2, TODAY)
    tomorrow = replace(today, length=10, since=date(2027, 5, 1))
    monkeypatch.setitem(terms._VERSIONS, Clock.D2, (tomorrow, today))
    assert [term(Clock.D2, day).length for day in (date(2027, 4, 30), date(2027, 5, 1))] == [15, 10]
