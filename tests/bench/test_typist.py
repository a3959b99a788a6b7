"""How a text is counted in keys."""

import pytest

from bench.typist import keys_of


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("13800001234", 11),
        ("lsjd", 4),
        ("LX", 4),  # each with Shift
        ("修好屋顶", len("xiuhaowuding") + 2),
        ("修好，", len("xiuhao") + 1 + 1),
        ("䶮", len("yan") + 1),
        ("", 0),
    ],
)
def test_chinese_costs_its_pinyin_and_a_choice_after_two_characters(text: str, keys: int) -> None:
    assert keys_of(text) == keys


def test_a_name_costs_a_choice_for_each_character() -> None:
    assert keys_of("王桂兰", per_choice=1) == len("wangguilan") + 3
