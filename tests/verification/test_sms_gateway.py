"""One contract for both sides of the SMS seam: the fake that other tests use, and the HTTP adapter against a real server."""

from collections.abc import Iterator

import pytest

from tests.notices import sms
from xinfang.notices.gateway import Gateway, HttpGateway, NotSent

TEXT = "您的信访件有新的进展，请凭编号和查询码查询"
Side = tuple[Gateway, sms.Box]


@pytest.fixture(params=["fake", "http"])
def side(request: pytest.FixtureRequest) -> Iterator[Side]:
    if request.param == "fake":
        fake = sms.FakeGateway()
        yield fake, fake.box
        return
    with sms.carrier() as (address, box):
        yield HttpGateway(address, sms.TOKEN), box


def test_a_message_arrives_as_it_was_said(side: Side) -> None:
    gateway, box = side
    gateway.send("13800001234", TEXT, reference="1")
    assert box.messages == [("13800001234", TEXT)]


def test_the_same_message_tried_twice_arrives_once(side: Side) -> None:
    gateway, box = side
    for _again in range(2):
        gateway.send("13800001234", TEXT, reference="1")
    assert len(box.messages) == 1


@pytest.mark.parametrize("number", ["", "029-83812345", "1380000123", "abc"])
def test_what_is_no_mobile_number_is_refused_for_good(side: Side, number: str) -> None:
    gateway, box = side
    with pytest.raises(NotSent) as refused:
        gateway.send(number, TEXT, reference="1")
    assert refused.value.is_final
    assert box.messages == []


def test_a_carrier_that_is_away_is_tried_again_later(side: Side) -> None:
    gateway, box = side
    box.is_down = True
    with pytest.raises(NotSent) as failed:
        gateway.send("13800001234", TEXT, reference="1")
    assert not failed.value.is_final
    box.is_down = False
    gateway.send("13800001234", TEXT, reference="1")
    assert len(box.messages) == 1


def test_nobody_listening_is_not_for_now() -> None:
    with sms.carrier() as (address, _box):
        pass
    with pytest.raises(NotSent) as failed:
        HttpGateway(address, sms.TOKEN).send("13800001234", TEXT, reference="1")
    assert not failed.value.is_final


def test_a_wrong_token_is_refused_and_the_error_repeats_no_number() -> None:
    with sms.carrier() as (address, box), pytest.raises(NotSent) as refused:
        HttpGateway(address, "another").send("13800001234", TEXT, reference="1")
    assert "13800001234" not in repr(refused.value)
    assert box.messages == []
