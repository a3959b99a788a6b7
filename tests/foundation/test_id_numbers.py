"""The number of an identity card checks itself."""

import pytest

from xinfang.foundation import id_numbers

SOUND = "11010519491231002X"  # the example of the standard


def test_the_example_of_the_standard_is_sound() -> None:
    assert id_numbers.is_sound(SOUND)


@pytest.mark.parametrize("place", range(17))
def test_one_wrong_digit_is_found(place: int) -> None:
    wrong = f"{SOUND[:place]}{(int(SOUND[place]) + 1) % 10}{SOUND[place + 1 :]}"
    assert not id_numbers.is_sound(wrong)


def test_two_neighbours_swapped_are_found() -> None:
    assert not id_numbers.is_sound("11010519491213002X")


@pytest.mark.parametrize(
    "typed", ["11010519491231002x", "１１０１０５１９４９１２３１００２Ｘ", " 110105 19491231 002X "]
)
def test_slips_of_the_keyboard_are_not_mistakes(typed: str) -> None:
    assert id_numbers.plain(typed) == SOUND


def test_an_old_number_has_no_check_and_is_taken() -> None:
    assert id_numbers.has_length("110105491231002")
    assert id_numbers.is_sound("110105491231002")


@pytest.mark.parametrize("number", ["E12345678", "H0123456789", ""])
def test_a_passport_is_not_ours_to_check(number: str) -> None:
    assert not id_numbers.looks_like_one(number)
    assert id_numbers.is_sound(number)
