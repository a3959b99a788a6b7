"""Always: what can be reached by keyboard and is no control says what it is and how it is called (WCAG 4.1.2)."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
STOP = re.compile(r'<(?!a |button|input|select|textarea|summary)\w+ (?:[^<>]|{%.*?%})*?tabindex="0"(?:[^<>]|{%.*?%})*>')
NAMED = re.compile(r"aria-label(?:ledby)?=")


def test_the_pattern_finds_them() -> None:
    assert STOP.search('<div class="scroll" tabindex="0">')
    assert not STOP.search('<button tabindex="0">')


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda file: str(file.relative_to(TEMPLATES)))
def test_every_stop_of_the_keyboard_has_a_role_and_a_name(file: Path) -> None:
    for stop in STOP.findall(file.read_text()):
        assert NAMED.search(stop), stop
        assert "role=" in stop or stop.startswith("<section"), stop
