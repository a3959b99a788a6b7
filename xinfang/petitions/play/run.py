"""Which petitions are played, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, TextChoices

from xinfang.deadlines.queries import running
from xinfang.foundation.errors import Refused
from xinfang.petitions.codes import AssignmentKind, Confidentiality, EvaluationStatus, EvaluationValue
from xinfang.petitions.imports import HAND as IMPORTER
from xinfang.petitions.lifecycle import PetitionStatus
from xinfang.petitions.models import Assignment, Evaluation, Petition
from xinfang.petitions.play.casting import Casting
from xinfang.petitions.play.company import Company
from xinfang.petitions.play.life import Life, Stage
from xinfang.petitions.play.script import OLD_ENOUGH
from xinfang.trace.models import Entry


def playable() -> QuerySet[Petition]:
    """What the importer registered, except sealed petitions: those are nobody's to play with."""
    registered = Entry.objects.filter(subject_kind="petition", subject_id=OuterRef("pk"), act="petition.register")
    imported = Exists(registered.filter(hand=IMPORTER.kind, post=IMPORTER.post))
    return Petition.objects.filter(imported, confidentiality=Confidentiality.NORMAL)


@dataclass
class Run:
    """A number of lives: always those of the first so many petitions, so that a second run goes on where the first ended."""

    count: int
    now: datetime
    stuck: list[tuple[str, str]] = field(default_factory=list)

    @property
    def petitions(self) -> QuerySet[Petition]:
        old_enough = playable().filter(received_at__lte=self.now - OLD_ENOUGH)
        return old_enough.order_by("pk")[: self.count]

    def too_young(self) -> int:
        """Those whose last steps would lie in the future."""
        return playable().filter(received_at__gt=self.now - OLD_ENOUGH).count()

    def live(self, *, advance: Callable[[int], object] = lambda count: None) -> None:
        stage = Stage(Company(at=self.now), Casting(), self.now)
        for petition in list(self.petitions.select_related("organ")):
            if reason := _lived(petition, stage):
                self.stuck.append((petition.number or "", reason))
            advance(1)

    def running_clocks(self) -> int:
        """How many clocks of these petitions and their assignments still run."""
        ids = self.petitions.values("pk")
        of_petitions = running().filter(subject="petition", subject_id__in=ids)
        theirs = Assignment.objects.filter(petition__in=ids).values("pk")
        return of_petitions.count() + running().filter(subject="assignment", subject_id__in=theirs).count()

    def figures(self) -> dict[str, int]:
        """By way, by rating of the unit, and how many were archived."""
        ids = self.petitions.values("pk")
        archived = Petition.objects.filter(pk__in=ids, status=PetitionStatus.ARCHIVED)
        assignments, ratings = Assignment.objects.filter(petition__in=ids), Evaluation.objects.filter(petition__in=ids)
        unrated = archived.filter(evaluation_status=EvaluationStatus.EXPIRED_UNRATED).count()
        return {
            "归档": archived.count(),
            **_counted(assignments, "kind", AssignmentKind),
            "承办单位": assignments.values("unit").distinct().count(),
            **_counted(ratings, "unit", EvaluationValue),
            str(EvaluationStatus.EXPIRED_UNRATED.label): unrated,
        }


def _lived(petition: Petition, stage: Stage) -> str:
    """Why the life stopped before its end, empty when it did not."""
    try:
        return "" if Life(petition, stage).go_on() else "下一步的日期还在将来。"
    except Refused as refused:
        return refused.sentence


def _counted(rows: QuerySet[Any], field: str, choices: type[TextChoices]) -> dict[str, int]:
    counts = dict(rows.order_by().values_list(field).annotate(n=Count("pk")))
    return {str(choice.label): counts.get(choice.value, 0) for choice in choices}
