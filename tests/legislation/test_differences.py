"""Two versions side by side."""

from datetime import date

from tests.legislation.conftest import LATER, add, draft_of
from xinfang.legislation.differences import differences, words_changed
from xinfang.legislation.models import Law, Version


def test_articles_come_go_move_and_change(bridges: Law) -> None:
    old = add(bridges, repealed_on=date(2024, 5, 1))
    new = add(bridges, draft=draft_of(LATER), code="bridges-2024", in_force_on=date(2024, 5, 1))
    found = [(one.kind, [row.key for row in one.earlier], one.later and one.later.key) for one in differences(old, new)]
    assert found == [
        ("same", ["1"], "1"),
        ("changed", ["2"], "2"),
        ("same", ["3"], "3"),
        ("added", [], "4"),
        ("dropped", ["3-1"], None),
        ("moved", ["4"], "5"),
        ("changed", ["5"], "6"),
    ]


def test_only_the_words_that_changed_are_marked() -> None:
    old, new = words_changed("适用于石桥、木桥。", "适用于石桥、木桥、铁桥。")
    assert [piece.text for piece in old if piece.is_changed] == []
    assert [piece.text for piece in new if piece.is_changed] == ["、铁桥"]
    assert "".join(piece.text for piece in new) == "适用于石桥、木桥、铁桥。"


def test_the_sixty_days_moved_from_article_33_to_34(shelf_full: None) -> None:
    old, new = (Version.objects.get(code=code) for code in ("tiaoli-2005", "tiaoli-2022"))
    found = {one.later.number: one for one in differences(old, new) if one.later}
    assert [row.number for row in found[34].earlier] == [33]
    assert found[34].is_moved
    assert found[33].kind == "added"
