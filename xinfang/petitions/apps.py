from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.apps import AppConfig
from django.db.models import QuerySet

from xinfang.foundation.sealing import Unreadable


class PetitionsConfig(AppConfig):
    name = "xinfang.petitions"

    def ready(self) -> None:
        from xinfang.deadlines.models import Promise
        from xinfang.files import store
        from xinfang.files.models import Blob
        from xinfang.petitions import belonging, dates, notice_papers, ringing, sweeps, vouched
        from xinfang.petitions.erasure import ERASED
        from xinfang.petitions.lifecycle import AssignmentStatus, HearingStatus, ReviewStatus
        from xinfang.petitions.models import (
            TRACED,
            Assignment,
            Custodian,
            ErasureRequest,
            Hearing,
            Loan,
            Named,
            Original,
            Petition,
            ReviewCase,
        )
        from xinfang.trace import followers, timetable, vouching

        for model in TRACED:
            vouching.rows(model._meta.label_lower, model._default_manager.all, each=model is Custodian)
        vouching.held("petitions.custodian", Custodian.objects.all, vouched.CUSTODY, vouched.custody)
        vouching.held("petitions.loan", Loan.objects.all, ("returned_at",), vouched.returns)
        vouching.held("petitions.original", Original.objects.all, ("place",), vouched.places)
        doors = Petition.objects.only(*vouched.DOORS)
        vouching.held("petitions.petition", doors.all, vouched.DOORS, vouched.doors)
        vouching.held("petitions.petition resolved", vouched.resolvable, ("resolved_at",), vouched.resolutions)
        vouching.held("petitions.named", Named.objects.all, vouched.NAMING, vouched.namings)
        vouching.held("petitions.erasurerequest", ErasureRequest.objects.all, vouched.ERASURE, vouched.erasures)
        vouching.held(
            "files.blob", Blob.with_destroyed.exclude(destroyed_at=None).all, ("destroyed_at",), vouched.destroyed
        )
        vouching.held("deadlines.promise", Promise.objects.all, ("due_on",), vouched.last_days)
        vouching.belonging(subjects=belonging.of_subjects, rows=belonging.of_rows)
        vouching.subjects("petition", Petition.objects.all, keys=_keys_of_petitions, state="status", erased=ERASED)
        vouching.subjects(
            "assignment",
            Assignment.objects.all,
            keys=_keys_of_assignments,
            state="status",
            born=AssignmentStatus.AWAITING_SIGN,
        )
        vouching.subjects(
            "review", ReviewCase.objects.all, keys=_keys_of_reviews, state="status", born=ReviewStatus.APPLIED
        )
        vouching.subjects(
            "hearing", Hearing.objects.all, keys=_keys_of_hearings, state="status", born=HearingStatus.PROPOSED
        )
        vouching.files(Blob.objects.all, store.verify)
        dates.register()
        followers.follow("petitions.bells", read=ringing.read)
        followers.follow("petitions.notices", read=notice_papers.read)
        timetable.timed("petitions.lapsed-evaluations", every=timedelta(hours=1), run=sweeps.expire_evaluations)
        timetable.timed("petitions.presumed", every=timedelta(hours=1), run=sweeps.presume_accepted)
        timetable.timed("petitions.supplements", every=timedelta(hours=1), run=sweeps.end_supplements)
        timetable.timed("petitions.erasures", every=timedelta(hours=6), run=sweeps.carry_out_erasures)
        timetable.timed("petitions.review-supplements", every=timedelta(hours=1), run=sweeps.end_review_supplements)
        timetable.timed("files.orphans", every=timedelta(days=1), run=lambda at: store.sweep_orphans(at=at))


def _keys_of_petitions(ids: Iterable[int]) -> dict[int, bytes]:
    from xinfang.petitions.models import Petition

    return {petition.pk: _key(petition) for petition in Petition.objects.filter(pk__in=ids).only("key_wrapped")}


def _key(petition: Any) -> bytes:
    """Empty once it was destroyed, or written over: one petition's loss stops no work on the others."""
    try:
        return petition.key if petition.key_wrapped else b""
    except Unreadable:
        return b""


def _keys_of_assignments(ids: Iterable[int]) -> dict[int, bytes]:
    from xinfang.petitions.models import Assignment

    return _keys_by_petition(Assignment.objects.all(), ids)


def _keys_of_reviews(ids: Iterable[int]) -> dict[int, bytes]:
    from xinfang.petitions.models import ReviewCase

    return _keys_by_petition(ReviewCase.objects.all(), ids)


def _keys_of_hearings(ids: Iterable[int]) -> dict[int, bytes]:
    from xinfang.petitions.models import Hearing

    return _keys_by_petition(Hearing.objects.all(), ids)


def _keys_by_petition(rows: QuerySet[Any], ids: Iterable[int]) -> dict[int, bytes]:
    found = rows.filter(pk__in=ids).select_related("petition").only("petition__key_wrapped")
    return {row.pk: _key(row.petition) for row in found}
