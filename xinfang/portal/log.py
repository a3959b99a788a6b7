"""The public face of the log, as C2SP tlog-tiles names its paths: checkpoint, tiles, entries. Whoever likes may copy it.

Nothing is shown beyond the last public checkpoint, so that the log grows before the public's eyes on its beat alone.
"""

import re
import struct

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from xinfang.foundation.errors import Refused
from xinfang.trace import checkpoints, receipts, tree, witnesses
from xinfang.trace.merkle import WIDTH

_TILE = re.compile(r"(?P<n>(?:x[0-9]{3}/){0,6}[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?")
_FOREVER = "public, max-age=31536000, immutable"
_A_MOMENT = "public, max-age=5"
_TEXT = "text/plain; charset=utf-8"
_BYTES = "application/octet-stream"
_MOST = 20_000


@login_not_required
@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The last public one, with the signatures of its witnesses."""
    last = checkpoints.last_public()
    if last is None:
        raise Http404
    return _answer(str(checkpoints.cosigned(last)).encode(), _TEXT, _A_MOMENT)


@login_not_required
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """The log's key and those of its witnesses, ended ones too, a line each: what verify.py is given."""
    return _answer("".join(f"{line}\n" for line in receipts.public_keys()).encode(), _TEXT, _A_MOMENT)


@login_not_required
@require_safe
def tile(request: HttpRequest, level: int, path: str) -> HttpResponse:
    if level > 63 or f"/tile/{level}/" not in request.path:  # nor in another spelling of the number
        raise Http404
    n, width = _read(path, level)
    return _answer(b"".join(tree.tile(level, n, width)), _BYTES, _FOREVER)


@login_not_required
@require_safe
def entries(request: HttpRequest, path: str) -> HttpResponse:
    """A bundle: each entry's 32 bytes after their length."""
    n, width = _read(path, 0)
    found = tree.data(n * WIDTH, n * WIDTH + width)
    return _answer(b"".join(struct.pack(">H", len(one)) + one for one in found), _BYTES, _FOREVER)


@login_not_required
@csrf_exempt
@require_POST
def cosignature(request: HttpRequest) -> HttpResponse:
    """A witness brings its signature. It carries its own proof, and no cookie speaks for anyone, so no token is needed."""
    try:
        if int(request.headers.get("Content-Length") or 0) > _MOST:
            raise Refused("内容太长。")
        taken = witnesses.take(request.read(_MOST).decode(), at=timezone.now())
    except (UnicodeDecodeError, ValueError):
        return HttpResponse(_("内容不是文本。") + "\n", content_type=_TEXT, status=400)
    except Refused as refused:
        return HttpResponse(f"{refused.sentence}\n", content_type=_TEXT, status=422)
    return HttpResponse(taken.line, content_type=_TEXT)


def _read(path: str, level: int) -> tuple[int, int]:
    """Number and width of a tile that the last public checkpoint covers; anything else is not there."""
    found = _TILE.fullmatch(path)
    last = checkpoints.last_public()
    if not found or not last:
        raise Http404
    n, width = _number(found["n"]), int(found["width"] or WIDTH)
    there = (last.size >> 8 * level) - n * WIDTH
    if width > min(there, WIDTH) or (found["width"] and width == WIDTH):
        raise Http404
    return n, width


def _number(path: str) -> int:
    """x001/x234/067 is 1234067, and no other spelling is."""
    digits = path.replace("x", "").replace("/", "")
    if len(digits) > 3 and digits.startswith("000"):
        raise Http404
    return int(digits)


def _answer(body: bytes, kind: str, caching: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Cache-Control"] = caching
    return answer
