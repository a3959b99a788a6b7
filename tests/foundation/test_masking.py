"""What is shown without a reason (domain appendix A)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xinfang.foundation import masking


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("王桂兰", "王**"),
        ("王明", "王*"),
        ("王", "王"),
        ("欧阳建国", "欧**"),
        ("阿卜杜热合曼·买买提", "阿**"),
        ("𠮷田茂", "𠮷**"),
        ("㛃明", "㛃*"),
        ("䶮", "䶮"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname(value: str, shown: str) -> None:
    assert masking.name(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("610115195401010028", "610115**********28"),
        ("61011519540101002X", "610115**********2X"),
        ("610115540101002", "610115*******02"),
        ("E12345678", "*********"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_an_id_number_keeps_six_and_two(value: str, shown: str) -> None:
    assert masking.id_no(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13800001234", "138****1234"),
        ("029-83831234", "029****1234"),
        ("83831234", "********"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_telephone_number_keeps_its_ends(value: str, shown: str) -> None:
    assert masking.phone(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("wang@example.org", "w***@example.org"), ("@example.org", "***@example.org"), ("wang", "****"), ("", "")],
)
def test_an_address_of_mail_keeps_its_first_letter(value: str, shown: str) -> None:
    assert masking.email(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("骊山街道某村三组12号", "骊山街道某村***"),
        ("骊山街道文化路社区5号楼", "骊山街道文化路社区***"),
        ("骊山街道书院东路3号", "骊山街道***"),
        ("5号院2单元301，近胡王村", "***"),
        ("书院东路3号", "***"),
        ("", ""),
    ],
)
def test_a_dwelling_is_shown_down_to_the_village(value: str, shown: str) -> None:
    assert masking.address(value) == shown


@given(st.text(st.characters(categories=["Nd", "Lu"]), min_size=7, max_size=20))
def test_at_least_four_characters_of_a_number_stay_hidden(value: str) -> None:
    for shown in (masking.phone(value), masking.id_no(value)):
        assert shown.count("*") >= 4
        assert len(shown.replace("*", "")) <= len(value) - 4
