"""What opens with what stands on a petitioner's slip: number, query code, act secret."""

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery

from xinfang.foundation.errors import Refused
from xinfang.foundation.prepared import Prepared
from xinfang.foundation.sealing import keyed_hash, matches
from xinfang.petitions import policies
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import Delivery, Evidence, Performance, Petition, ReviewDelivery, ReviewFinding


def has_the_secret(petition: Petition, typed: str) -> bool:
    """Whether this is his act secret, for rooms above."""
    return policies.is_secret_of(petition, typed)


class NoSuchPetition(Refused):
    """A wrong code and a missing number are told apart by nobody."""

    def __init__(self) -> None:
        super().__init__("没有查到。请核对编号和查询码，字母不分大小写。", field="query_code")


def by_secret(pk: int, act_secret: str) -> Petition | None:
    """For the page that registered it and is sent once more: the petition whose act secret it still knows."""
    petition = Petition.objects.filter(pk=pk).select_related("organ").first()
    return petition if petition and policies.is_secret_of(petition, act_secret) else None


# What `progress` tells, and nothing wide: this is asked more often than anything else.
_TOLD = (
    *(
        "number",
        "status",
        "matter",
        "confidentiality",
        "is_public_to_petitioner",
        "query_code_hash",
        "channel",
        "evaluation_status",
        "has_reviews",
        "has_hearings",
        "is_urgent",
        "kind",
        "has_pleas",
        "has_renewals",
    ),
    *("received_at", "registered_at", "dispatched_at", "closed_at", "ended_at", "archived_at", "due_on"),
    "resolved_at",
    *("title", "text", "words_sealed"),
    *("organ__name", "organ__telephone", "organ__kind"),
)


def id_of(number: str) -> int | None:
    """Of a number that this office has signed: for whoever holds its receipt. It tells nothing more."""
    return Petition.objects.filter(number=number).values_list("pk", flat=True).first()


# What an office scanned for its own file: proofs of service, what came back from above, what shows that a promise was kept.
_OF_THE_OFFICE = ((Delivery, "scan"), (ReviewDelivery, "scan"), (ReviewFinding, "scan"), (Performance, "file"))


def handed_in() -> QuerySet[Evidence]:
    """What came from the petitioner, by himself or by whoever took it from him. Photographs of the work are the unit's."""
    kept = (Exists(model._default_manager.filter(**{name: OuterRef("pk")})) for model, name in _OF_THE_OFFICE)
    return Evidence.objects.filter(*(~Q(one) for one in kept), note__isnull=True)


_MATERIALS = Subquery(
    handed_in().filter(petition=OuterRef("pk")).order_by().values("petition").annotate(n=Count("pk")).values("n"),
    output_field=IntegerField(),
)


_BY_CODE = Prepared(
    lambda number: (
        Petition.objects.filter(number=number).select_related("organ").only(*_TOLD).annotate(materials=_MATERIALS)
    )
)


def by_code(number: str, query_code: str) -> Petition:
    """For the petitioner: number and code together. The work is the same whether or not the number exists."""
    petition = _BY_CODE.first(number.strip().upper())
    stored = bytes(petition.query_code_hash or b"") if petition else keyed_hash("query_code", "nothing")
    fits = matches("query_code", query_code.strip().upper(), stored)
    if petition is None or not fits or petition.status == PetitionStatus.DRAFT:
        raise NoSuchPetition
    return petition
