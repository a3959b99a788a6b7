"""登记凭证 beside the slip: the signed promise as a QR code at once, the proof as a file once the entry stands in the log.

Nothing waits for it: the slip is drawn without, and looks again by itself.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from xinfang.desk.page import draw
from xinfang.desk.petitions import seen_by
from xinfang.petitions.models import Petition
from xinfang.trace import receipts
from xinfang.trace.receipts import Receipt


def receipt_of(petition: Petition) -> Receipt | None:
    """As far as it has come."""
    return receipts.of_petition(petition.pk, petition.number)


@require_safe
@never_cache
def proof(request: HttpRequest, number: str) -> HttpResponse:
    """Whether it stands in the log by now. The slip asks for it; without a script it is a page with a link to itself."""
    petition = seen_by(request, number)
    return draw(request, "desk/proof.html", {"petition": petition, "receipt": receipt_of(petition)})


@require_safe
@never_cache
def file(request: HttpRequest, number: str) -> HttpResponse:
    petition = seen_by(request, number)
    receipt = receipt_of(petition)
    if receipt is None or receipt.proof is None:
        raise Http404
    answer = HttpResponse(receipt.proof.encode(), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{receipt.number}.tlog-proof"'
    return answer
