"""The slip prints where the public site is, when the county has told."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.cast import Cast, registered
from tests.desk.hall import words

ADDRESS = "https://xinfang.example.cn"


def test_the_slip_tells_where_to_look_it_up(at_desk: Callable[[str], Client], cast: Cast, settings: Any) -> None:
    page = f"/desk/petitions/{registered(cast).petition.number}/slip/again/"
    client = at_desk("dispatcher")
    assert "查询网站：" not in words(client.post(page))
    settings.SITE = ADDRESS
    assert f'查询网站：<span class="code">{ADDRESS}</span>' in words(client.post(page))
