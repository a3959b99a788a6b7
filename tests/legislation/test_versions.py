"""Versions that follow one another, and what may not be."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import assemble
from tests.legislation.conftest import AT, BRIDGES, HAND, LATER, add, bring, draft_of
from xinfang.foundation.errors import Refused
from xinfang.legislation import actions, library, queries
from xinfang.legislation.errors import Overlapping
from xinfang.legislation.models import Article, Law, Version
from xinfang.organizations.errors import NotYourOffice
from xinfang.trace import sequencer, verify
from xinfang.trace.models import Entry

DAY = timedelta(days=1)


def test_a_version_is_in_force_from_its_first_day_until_the_day_before_its_repeal(bridges: Law) -> None:
    version = add(bridges, repealed_on=date(2024, 5, 1))
    assert queries.in_force(bridges, date(2020, 4, 30)) is None
    assert queries.in_force(bridges, date(2020, 5, 1)) == version
    assert queries.in_force(bridges, date(2024, 4, 30)) == version
    assert queries.in_force(bridges, date(2024, 5, 1)) is None


def test_a_new_version_that_replaces_the_one_in_force_ends_it(bridges: Law) -> None:
    old = add(bridges)
    new = add(bridges, draft=draft_of(LATER), code="bridges-2024", in_force_on=date(2024, 5, 1), replaces=True)
    assert queries.in_force(bridges, date(2024, 4, 30)) == old
    assert queries.in_force(bridges, date(2024, 5, 1)) == new


@pytest.mark.parametrize(
    ("since", "until"),
    [("2024-05-01", None), ("2019-01-01", "2020-05-02"), ("2018-01-01", None)],
)
def test_two_versions_on_one_day_are_refused(bridges: Law, since: str, until: str | None) -> None:
    add(bridges)
    end = date.fromisoformat(until) if until else None
    with pytest.raises(Overlapping, match="bridges-2020"):
        add(bridges, code="other", in_force_on=date.fromisoformat(since), repealed_on=end)


def test_an_earlier_version_that_ends_where_the_known_one_begins_is_taken(bridges: Law) -> None:
    add(bridges)
    add(bridges, code="bridges-2015", in_force_on=date(2015, 1, 1), repealed_on=date(2020, 5, 1))
    assert [one.code for one in bridges.versions.order_by("in_force_on")] == ["bridges-2015", "bridges-2020"]


def test_the_database_itself_refuses_a_second_open_version(bridges: Law) -> None:
    add(bridges)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.create(law=bridges, code="x", in_force_on=date(2025, 1, 1), source="", digest="")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"repealed_on": date(2020, 5, 1)}, "废止日期应当晚于施行日期。"),
        ({"in_force_on": date(1900, 1, 1)}, "1900-01-01不像是施行或者废止日期。"),
        ({"in_force_on": date(2090, 1, 1)}, "2090-01-01不像是施行或者废止日期。"),
    ],
)
def test_a_wrong_date_is_refused(bridges: Law, changes: dict[str, date], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        add(bridges, **changes)
    assert refused.value.sentence == sentence


def test_a_repeal_may_name_the_law_that_takes_its_place(bridges: Law, shelf_full: None) -> None:
    other = Law.objects.get(code="benji-zhidu")
    version = actions.repeal(add(bridges), on=date(2026, 1, 1), successor=other, by=HAND, at=AT)
    bridges.refresh_from_db()
    assert (version.repealed_on, bridges.succeeded_by) == (date(2026, 1, 1), other)
    with pytest.raises(Refused, match="已经写明废止日期"):
        actions.repeal(version, on=date(2026, 2, 1), by=HAND, at=AT)


def test_a_text_is_added_to_articles_that_are_known_and_only_once(shelf_full: None) -> None:
    text = "信访条例\n" + "\n".join(_line(row) for row in Article.objects.filter(version__code="tiaoli-2005"))
    version = bring(text, in_force_on=date(2005, 5, 1))
    assert version.code == "tiaoli-2005"
    assert queries.article("tiaoli-2005#33").text == "第33条的话。"  # type: ignore[union-attr]
    with pytest.raises(Refused, match="已经导入"):
        bring(text, in_force_on=date(2005, 5, 1))


def _line(row: Article) -> str:
    """A text of the same shape: as many clauses, as many items."""
    clauses = [
        "\n".join([f"第{row.number}条的话。", *(f"（{'一二三四五六七'[n]}）项；" for n in range(items))])
        for items in row.clauses
    ]
    return f"{row.label} " + "\n".join(clauses)


def test_a_text_of_another_shape_is_refused_with_its_line(shelf_full: None) -> None:
    with pytest.raises(Refused, match="这个版本有51条，文件里有6条"):
        bring(BRIDGES.replace("中华人民共和国某县桥梁管理办法", "信访条例"), in_force_on=date(2005, 5, 1))


def test_a_law_that_takes_the_place_of_another_repeals_it_on_its_first_day(bridges: Law) -> None:
    add(bridges)
    new = bring(LATER.replace("桥梁管理办法", "桥梁条例"), succeeds="bridges")
    old = Version.objects.get(code="bridges-2020")
    assert (old.repealed_on, old.law.succeeded_by) == (date(2024, 5, 1), new.law)


def test_only_the_administrator_keeps_the_laws(bridges: Law) -> None:
    cast = assemble()
    with pytest.raises(NotYourOffice):
        add(bridges, by=cast.registrar)
    assert add(bridges, by=cast.administrator).code == "bridges-2020"


def test_every_change_of_law_leaves_an_entry_and_the_trace_holds(shelf_full: None, bridges: Law) -> None:
    actions.repeal(add(bridges), on=date(2026, 1, 1), by=HAND, at=AT)
    acts = list(Entry.objects.filter(subject_id=bridges.pk).order_by("id").values_list("act", flat=True))
    assert acts == ["law.enter", "law.add_version", "law.repeal"]
    sequencer.place_all()
    assert verify.verify() is None
    Article.objects.filter(anchor="bridges-2020#4").update(clauses=[1])
    assert "law.add_version" in verify.verify().what  # type: ignore[union-attr]


def test_loading_again_changes_nothing(shelf_full: None) -> None:
    entries = Entry.objects.count()
    assert library.load(by=HAND, at=AT) == {"laws": 0, "versions": 0}
    assert Entry.objects.count() == entries
    assert (Version.objects.count(), Article.objects.count()) == (2, 101)


def test_a_line_that_was_put_better_reaches_the_shelf(shelf_full: None) -> None:
    Article.objects.filter(anchor="tiaoli-2022#34").update(gloss="旧的说明。")
    library.load(by=HAND, at=AT)
    assert Article.objects.get(anchor="tiaoli-2022#34").gloss.startswith("走信访程序的")
