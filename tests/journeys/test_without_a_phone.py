"""S17: she is seventy-two, has no phone and does not read. She lives the whole road on paper, and no step asks for a phone."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.cast import Cast, Life, assemble
from tests.desk.hall import shown, signed_in, typed, words
from tests.files import samples
from xinfang.petitions import policies
from xinfang.petitions.codes import AssignmentKind
from xinfang.petitions.models import Petition, Petitioner, Withdrawal
from xinfang.trace import sequencer
from xinfang.trace.verify import verify

CARD = "610115195401010020"


@pytest.fixture
def cast(db: None, settings: Settings, tmp_path: Any) -> Cast:
    settings.STORE = tmp_path / "files"
    return assemble()


class Today(Life):
    """The road of a petition that was registered a moment ago at the window, all on one day."""

    def __init__(self, cast: Cast, petition: Petition) -> None:
        self.cast, self.way, self.pk, self.petition_changes = cast, AssignmentKind.TRANSFER, petition.pk, {}

    def later(self, **kw: int) -> datetime:
        self.now = timezone.now()
        return self.now


def at_the_window(client: Client) -> str:
    """She tells, the clerk writes, reads it back, and hands over the slip. Returns the page with it."""
    form = typed(channel="visit", lead_phone="", lead_no_phone="on", lead_name="王桂兰", lead_id_no=CARD)
    answer = client.post(reverse("desk:intake"), form, follow=True)
    assert answer.redirect_chain, words(answer)
    return words(answer)


def test_the_whole_road_on_paper(cast: Cast) -> None:
    window = signed_in(cast.registrar)
    slip = at_the_window(window)
    petition = Petition.objects.get()
    assert "大字" in slip
    assert Petitioner.objects.get().identity.phone == ""
    assert petition.query_code in slip

    life = Today(cast, petition)
    life.until("handle")
    number = petition.number

    form = {"number": number, "query_code": petition.query_code}
    assert "由骊山街道办事处办理" in words(window.post(reverse("desk:telephone"), form))

    urged = {"kind": "urge", "way": "in_person", "text": "她问什么时候来修。"}
    assert window.post(reverse("desk:plea-enter", args=[number]), urged).status_code == 302

    file = {"label": "合同", "attachments": [SimpleUploadedFile("a.jpg", samples.jpeg())]}
    assert window.post(reverse("desk:evidence-add", args=[number]), file).status_code == 302
    assert "合同" in words(window.get(reverse("desk:material-receipt", args=[number])))

    listed = window.post(reverse("desk:access-list", args=[number]), {"is_known": "on"})
    assert "区信访局" in words(listed)

    renewed = {"number": number, "name": "王桂兰", "id_no": CARD, "proof": "card"}
    secret = words(window.post(reverse("desk:slip-renew"), renewed)).split('<dd class="code">')[3].split("<")[0]
    assert policies.is_secret_of(Petition.objects.get(), secret)

    for step in ("draft_opinion", "issue_opinion", "deliver", "close"):
        getattr(life, step)()
    page = window.get(reverse("desk:petition-evaluate", args=[number]))
    scan = SimpleUploadedFile("评价表.jpg", samples.jpeg())
    rated = {**shown(page), "bureau": "satisfied", "unit": "basically", "reason": "", "scan": [scan]}
    assert window.post(reverse("desk:petition-evaluate", args=[number]), rated).status_code == 302
    rating = Petition.objects.get().evaluations.get()
    assert (rating.is_on_paper, rating.bureau, rating.unit) == (True, "satisfied", "basically")
    sequencer.place_all()
    assert verify() is None


def test_she_withdraws_on_paper_and_is_called_upon_not_called_up(cast: Cast) -> None:
    window = signed_in(cast.registrar)
    at_the_window(window)
    number = Petition.objects.get().number
    said = {"statement": "她说已经修好了。"}
    assert window.post(reverse("desk:withdrawal-ask", args=[number]), said).status_code == 302
    assert Withdrawal.objects.get().is_on_paper


@pytest.mark.parametrize("name", ["desk:intake", "desk:slip-renew", "desk:telephone"])
def test_no_form_of_the_window_insists_on_a_telephone(cast: Cast, name: str) -> None:
    page = signed_in(cast.registrar).get(reverse(name))
    form = page.context["form"]
    assert not [field for field in form.fields if "phone" in field and form.fields[field].required]
