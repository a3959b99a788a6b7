"""Sealed bytes open with their key and their context, and with nothing else."""

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from xinfang.foundation import sealing
from xinfang.foundation.sealing import Unreadable

KEY = bytes(range(32))
OTHER_MASTER = "b3RoZXIgbWFzdGVyIGtleSBvZiB0aGlydHktdHdvIGI="


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_was_sealed_is_read_again(plain: bytes, context: str) -> None:
    assert sealing.unseal(KEY, sealing.seal(KEY, plain, context=context), context=context) == plain


def test_another_key_reads_nothing() -> None:
    sealed = sealing.seal(KEY, b"plain", context="a")
    with pytest.raises(Unreadable):
        sealing.unseal(sealing.new_key(), sealed, context="a")


def test_another_context_reads_nothing() -> None:
    sealed = sealing.seal(KEY, b"plain", context="petitioner:1")
    with pytest.raises(Unreadable, match="petitioner:2"):
        sealing.unseal(KEY, sealed, context="petitioner:2")


@given(st.integers(min_value=0, max_value=32), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_makes_it_unreadable(place: int, change: int) -> None:
    sealed = bytearray(sealing.seal(KEY, b"plain", context="a"))
    sealed[place] ^= change
    with pytest.raises(Unreadable):
        sealing.unseal(KEY, bytes(sealed), context="a")


@pytest.mark.parametrize("sealed", [b"", b"short", bytes(12), bytes(27)])
def test_what_was_never_sealed_is_unreadable(sealed: bytes) -> None:
    with pytest.raises(Unreadable):
        sealing.unseal(KEY, sealed, context="a")


def test_the_same_plain_is_never_sealed_alike() -> None:
    assert sealing.seal(KEY, b"plain", context="a") != sealing.seal(KEY, b"plain", context="a")


def test_a_key_is_wrapped_by_this_installation_only() -> None:
    wrapped = sealing.wrap(KEY)
    assert sealing.unwrap(wrapped) == KEY
    with override_settings(MASTER_KEY=OTHER_MASTER), pytest.raises(Unreadable):
        sealing.unwrap(wrapped)


def test_equal_values_are_found_by_equality_for_one_purpose_only() -> None:
    phone = sealing.keyed_hash("blind:phone", "13800001234")
    assert phone == sealing.keyed_hash("blind:phone", "13800001234")
    assert phone != sealing.keyed_hash("blind:id_no", "13800001234")
    assert phone != sealing.keyed_hash("blind:phone", "13800001235")
    with override_settings(MASTER_KEY=OTHER_MASTER):
        assert phone != sealing.keyed_hash("blind:phone", "13800001234")


def test_a_stored_code_is_matched_and_not_readable() -> None:
    stored = sealing.keyed_hash("act_secret", "ABCD2345")
    assert sealing.matches("act_secret", "ABCD2345", memoryview(stored).tobytes())
    assert not sealing.matches("act_secret", "ABCD2346", stored)
    assert not sealing.matches("query_code", "ABCD2345", stored)
    assert not sealing.matches("act_secret", "ABCD2345", b"")


def test_the_salt_of_an_entry_dies_with_the_key_and_is_its_own() -> None:
    assert sealing.salt_for(KEY, 1) == sealing.salt_for(KEY, 1)
    assert len({sealing.salt_for(KEY, 1), sealing.salt_for(KEY, 2), sealing.salt_for(sealing.house_key(), 1)}) == 3


def test_codes_have_their_length_and_no_letter_that_people_misread() -> None:
    codes = [sealing.new_code(10) for _ in range(200)]
    assert {len(code) for code in codes} == {10}
    assert len(set(codes)) == 200
    used = set("".join(codes))
    assert used <= set(sealing.CODE_ALPHABET)
    assert not used & set("0O1Iio l")
