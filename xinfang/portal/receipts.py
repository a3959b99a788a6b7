"""核对凭证: whoever holds a receipt sees what it proves, and takes the means to verify it where this office has no hand in it.

Nothing is told about a petition here but what the receipt itself says.
"""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from xinfang.foundation.errors import Refused
from xinfang.foundation.patience import TooSoon, guarded
from xinfang.petitions import slip_codes
from xinfang.portal.forms import QueryForm
from xinfang.trace import offline, receipts, witnesses

_TOOLS = {"verify.py": "text/x-python; charset=utf-8", "verify.html": "text/html; charset=utf-8"}


@login_not_required
@csrf_exempt
@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """Pasted or as a file."""
    context: dict[str, object] = {
        "text": "",
        "keys": receipts.public_keys(),
        "is_witnessed": witnesses.is_independent(),
    }
    if request.method != "POST":
        return render(request, "portal/receipt.html", context)
    text = _given(request)
    try:
        found = _checked(text) if text.strip() else None
    except Refused as refused:
        return render(request, "portal/receipt.html", context | {"text": text, "refusal": refused.sentence}, status=422)
    if found is None:
        said = _("请粘贴凭证的文字，或者选择凭证文件。")
        return render(request, "portal/receipt.html", context | {"refusal": said}, status=422)
    seen = [(name, at and datetime.fromtimestamp(at, UTC)) for name, at in found.get("witnesses", [])]
    more = {"text": text, "found": found | {"at": parse_datetime(found["at"])}, "seen": seen}
    return render(request, "portal/receipt.html", context | more)


def _checked(text: str) -> dict[str, Any]:
    found = receipts.checked(text)
    receipts.require_kept(found, slip_codes.id_of(found["number"]))
    return found


def _given(request: HttpRequest) -> str:
    """The file before the text: whoever chose one means it."""
    file = request.FILES.get("file")
    raw = file.read(receipts.MOST + 1) if file else b""
    return raw.decode(errors="replace") if raw else request.POST.get("text", "")


@login_not_required
@csrf_exempt
@never_cache
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """The receipt of one's own petition as a file: the proof, or while there is none the promise."""
    form, at = QueryForm(request.POST), timezone.now()
    if not form.is_valid():
        return render(request, "portal/query.html", {"form": form})
    number, code = form.cleaned_data["number"], form.cleaned_data["query_code"]
    try:
        with guarded("query_code", number, at=at):
            petition = slip_codes.by_code(number, code)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
        return render(request, "portal/query.html", {"form": form}, status=429 if isinstance(refused, TooSoon) else 200)
    receipt = receipts.of_petition(petition.pk, petition.number)
    if receipt is None:
        form.add_error("number", _("凭证暂时出不了，请过一会儿再取。"))
        return render(request, "portal/query.html", {"form": form})
    name = f"{receipt.number}.{'tlog-proof' if receipt.proof else 'txt'}"
    return _file((receipt.proof or receipt.promise).encode(), name, "text/plain; charset=utf-8")


@login_not_required
@require_safe
def tool(request: HttpRequest, ending: str) -> HttpResponse:
    """verify.py and verify.html, to be kept and used elsewhere."""
    name = f"verify.{ending}"
    if name not in _TOOLS:
        raise Http404
    return _file(offline.read(name), name, _TOOLS[name])


@login_not_required
@require_safe
def witness(request: HttpRequest) -> HttpResponse:
    return _file(offline.witness_pyz(), "witness.pyz", "application/zip")


def _file(body: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
