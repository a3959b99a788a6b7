"""An officer with every page, paper and export of the handling unit cannot act as the petitioner."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from tests.cast import Cast, Life
from tests.desk.hall import signed_in
from tests.portal.conftest import text
from tests.portal.test_acting import ACTS, FIELDS, written
from xinfang.documents.models import Paper
from xinfang.foundation.sealing import CODE_ALPHABET
from xinfang.petitions import policies
from xinfang.petitions.models import Evaluation

MOST_PAGES = 150
EIGHT = re.compile(f"[{CODE_ALPHABET}]{{8}}")


def walked(client: Client, begin: list[str]) -> Iterator[tuple[str, bytes]]:
    """Every page, paper and sheet that links lead to, from these on."""
    seen, ahead = set(begin), list(begin)
    while ahead and len(seen) <= MOST_PAGES:
        address = ahead.pop(0)
        answer = client.get(address)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield address, content
        if "html" not in answer.headers.get("Content-Type", ""):
            continue
        for link in html.document_fromstring(content or b"<p/>").iter("a"):
            href = (link.get("href") or "").split("#")[0]
            if href.startswith("?"):
                href = address.split("?")[0] + href
            if href.startswith("/desk/") and href not in seen and "sign-out" not in href:
                seen.add(href)
                ahead.append(href)


def unfolded(content: bytes) -> str:
    """Sheets and documents are packages."""
    if content.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(content)) as package:
                return "".join(package.read(name).decode(errors="replace") for name in package.namelist())
        except BadZipFile:
            pass
    return content.decode(errors="replace")


@pytest.fixture
def life(cast: Cast) -> Life:
    life = Life(cast)
    life.now = timezone.now() - timezone.timedelta(days=10)
    return life.until("deliver")


@pytest.mark.parametrize("who", ["street_head", "street_handler"])
def test_no_page_paper_or_export_of_the_unit_bears_the_codes(cast: Cast, life: Life, who: str) -> None:
    client, petition = signed_in(cast.officers[who]), life.petition
    given = [assignment.pk for assignment in petition.assignments.all()]
    papers = Paper.objects.filter(subject_id__in=[petition.pk, *given])
    begin = [
        reverse("desk:petition", args=[petition.number]),
        reverse("desk:slip", args=[petition.number]),
        *(reverse("desk:paper", args=[petition.number, paper.pk]) for paper in papers),
        reverse("desk:worklist"),
        reverse("desk:register"),
        reverse("desk:search"),
    ]
    secret, query_code = life.registered.act_secret, life.registered.query_code
    read, guesses = 0, set()
    for address, content in walked(client, begin):
        told = unfolded(content)
        assert secret not in told, address
        assert query_code not in told, address
        guesses |= set(EIGHT.findall(told.upper()))
        read += 1
    assert read > 20
    assert not [guess for guess in guesses if policies.is_secret_of(petition, guess)]


def test_printing_everything_bears_no_code_either(cast: Cast, life: Life) -> None:
    client = signed_in(cast.street_head)
    for name in ("desk:prints", "desk:envelopes"):
        answer = client.post(reverse(name), {"of": "petition", "row": str(life.petition.pk)}, follow=True)
        assert life.registered.act_secret not in unfolded(answer.content)
        assert life.registered.query_code not in unfolded(answer.content)


@pytest.mark.parametrize("act", [*ACTS, "evaluate"])
def test_with_number_and_query_code_alone_the_unit_does_nothing_as_the_petitioner(
    cast: Cast, life: Life, act: str
) -> None:
    """Suppose the slip was photographed while the secret was covered."""
    before = (written(), Evaluation.objects.count())
    address = reverse("portal:evaluate") if act == "evaluate" else reverse("portal:act", args=[act])
    fields: dict[str, Any] = (
        {"bureau": "satisfied", "unit": "satisfied", "reason": ""} if act == "evaluate" else FIELDS[act]
    )
    known = [life.registered.query_code, str(life.petition.number)[-8:], "", "AAAAAAAA", str(life.petition.pk)]
    for n, secret in enumerate(known):
        form = {"number": life.petition.number, "query_code": life.registered.query_code, "token": f"t{n}", **fields}
        page = text(signed_in(cast.street_head).post(address, {**form, "act_secret": secret}))
        assert "办事密码" in page
    assert (written(), Evaluation.objects.count()) == before


def test_the_units_own_account_enters_nothing_for_him(cast: Cast, life: Life) -> None:
    client = signed_in(cast.street_head)
    number = life.petition.number
    for name in ("desk:plea-enter", "desk:withdrawal-ask", "desk:petition-evaluate", "desk:access-list"):
        assert client.get(reverse(name, args=[number])).status_code in (403, 404, 409), name
    form = {"number": number, "name": "王桂兰", "id_no": "610115195401010020", "proof": "card", "once": ""}
    answer = client.post(reverse("desk:slip-renew"), form)
    assert answer.status_code == 422
    assert "办理单位不能" in text(answer)
