"""A scanned letter stands beside the form in which it is registered."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.desk.hall import words
from tests.files.handed_in import sealed
from xinfang.petitions import actions
from xinfang.petitions.actions.originals import Kept
from xinfang.petitions.models import Evidence, Petition

Desk = Callable[[str], Client]


def picture() -> bytes:
    held = BytesIO()
    Image.new("RGB", (60, 80), "white").save(held, "PNG")
    return held.getvalue()


@pytest.fixture
def draft(cast: Cast) -> Petition:
    """A letter, opened and waiting."""
    now, kept = timezone.now(), Kept(barcode="LX-0001", description="来信", place="一号柜")
    return actions.open_letter(kept, received_at=now, organ=cast.bureau, by=cast.registrar, at=now).petition


def scanned(draft: Petition, cast: Cast, name: str, content: bytes) -> Evidence:
    file, at = sealed(content, draft), timezone.now()
    return actions.add_evidence(draft, file=file, name=name, label="来信扫描件1", by=cast.registrar, at=at)


def test_a_picture_is_shown_and_another_file_is_linked(at_desk: Desk, cast: Cast, draft: Petition) -> None:
    shown, linked = scanned(draft, cast, "a.png", picture()), scanned(draft, cast, "b.txt", "信".encode())
    page = words(at_desk("registrar").get(f"/desk/drafts/{draft.pk}/register/"))
    address = f"/desk/drafts/{draft.pk}/evidence/"
    assert f'<img src="{address}{shown.pk}/" alt="来信扫描件1"' in page
    assert f'<img src="{address}{linked.pk}/"' not in page
    assert f'href="{address}{linked.pk}/"' in page
    assert at_desk("registrar").get(f"{address}{shown.pk}/").headers["Content-Type"] == "image/png"


def test_without_a_scan_the_form_stands_alone(at_desk: Desk, draft: Petition) -> None:
    assert "扫描件</h2>" not in words(at_desk("registrar").get(f"/desk/drafts/{draft.pk}/register/"))


def test_a_scan_of_another_draft_is_not_here(at_desk: Desk, cast: Cast, draft: Petition) -> None:
    mine = scanned(draft, cast, "a.png", picture())
    now, kept = timezone.now(), Kept(barcode="LX-0002", description="来信", place="一号柜")
    other = actions.open_letter(kept, received_at=now, organ=cast.bureau, by=cast.registrar, at=now).petition
    assert at_desk("registrar").get(f"/desk/drafts/{other.pk}/evidence/{mine.pk}/").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("registrar", 200), ("auditor", 404), ("street_handler", 404)])
def test_who_does_not_read_the_text_does_not_read_the_scan(
    at_desk: Desk, cast: Cast, draft: Petition, name: str, status: int
) -> None:
    scan = scanned(draft, cast, "a.png", picture())
    assert at_desk(name).get(f"/desk/drafts/{draft.pk}/evidence/{scan.pk}/").status_code == status


def test_ten_scans_cost_no_more_statements_than_one(
    at_desk: Desk, cast: Cast, draft: Petition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, address = at_desk("registrar"), f"/desk/drafts/{draft.pk}/register/"
    scanned(draft, cast, "a.txt", "一".encode())
    client.get(address)  # his first look in an hour is an entry
    with django_assert_num_queries(13):
        client.get(address)
    for n in range(9):
        scanned(draft, cast, f"{n}.txt", f"第{n}页".encode())
    with django_assert_num_queries(13):
        client.get(address)
