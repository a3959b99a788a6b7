"""登记单 of what was filed here: the codes that follow from a token, and the one answer that shows them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from xinfang.foundation.sealing import code_of, keyed_hash
from xinfang.petitions import slip_codes
from xinfang.petitions.actions.register import ACT_SECRET_LENGTH, QUERY_CODE_LENGTH
from xinfang.petitions.codes import Channel
from xinfang.petitions.intake import Beforehand, Registered
from xinfang.trace import receipts
from xinfang.trace.acts import AlreadyDone


def codes_of(token: str, *, key: bytes) -> Beforehand:
    """The same for the same token, which lies with the visitor alone."""
    return Beforehand(
        key,
        code_of("portal.query_code", token, QUERY_CODE_LENGTH),
        code_of("portal.act_secret", token, ACT_SECRET_LENGTH),
    )


def once_of(token: str) -> str:
    """The trace keeps a hash: nothing in the database leads to the codes."""
    return f"filing:{keyed_hash('portal.filing', token).hex()[:48]}"


def again(
    request: HttpRequest, done: AlreadyDone, made: Beforehand, *, is_terminal: bool = False
) -> HttpResponse | None:
    """Sent twice, or sent again because the answer never came: the same slip. None where it was replaced since."""
    petition = slip_codes.by_secret(done.subject_id, made.act_secret)
    if petition is None:
        return None
    registered = Registered(petition, made.query_code, made.act_secret)
    return receipt(request, registered, is_again=True, is_terminal=is_terminal)


def receipt(
    request: HttpRequest,
    registered: Registered,
    *,
    files: int = 0,
    is_again: bool = False,
    is_terminal: bool = False,
) -> HttpResponse:
    """Number, query code, act secret: on this answer and nowhere else."""
    petition = registered.petition
    context = {
        "registered": registered,
        "petition": petition,
        "organ": petition.organ,
        "files": files,
        "is_again": is_again,
        "is_mailbox": petition.channel == Channel.LEADER_MAILBOX,
        "is_terminal": is_terminal,
        "receipt": receipts.of_petition(petition.pk, petition.number),
    }
    page = render(request, "portal/filing/receipt.html", context)
    if is_terminal:
        page["Clear-Site-Data"] = '"cache", "storage"'
    return page
