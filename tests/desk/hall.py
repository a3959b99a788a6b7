"""What the tests of the desk say often."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from xinfang.organizations.models import Officer

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer, backend=BACKEND)
    return client


TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')
"""What differs between two answers that are the same."""


def words(response: HttpResponse) -> str:
    return response.content.decode()


def shown(response: HttpResponse) -> dict[str, str]:
    """What a form sends back unseen, as the page was drawn."""
    return {field.html_name: field.value() or "" for field in response.context["form"].hidden_fields()}


def typed(**changes: Any) -> dict[str, Any]:
    """The intake form as a registrar fills it in."""
    now = timezone.localtime()
    form = {
        "channel": "letter",
        "received_at": now.strftime("%Y-%m-%dT%H:%M"),
        "petition_date": now.strftime("%Y-%m-%d"),
        "source": "direct",
        "title": "反映小区漏水无人维修",
        "text": "自去年冬天起屋顶漏水，多次找物业无果。",
        "summary": "",
        "demands": "修好屋顶\n赔偿损失\n",
        "division": "610115001000",
        "place": "某小区3号楼",
        "category": "040200",
        "purpose": "claim",
        "lead_name": "王桂兰",
        "lead_id_no": "610115195401010020",
        "lead_phone": "13800001234",
        "lead_address": "骊山街道某村三组12号",
        "people": "",
        "persons_count": "1",
        "persons_involved": "1",
    }
    return form | changes
