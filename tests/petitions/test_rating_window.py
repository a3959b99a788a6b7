"""评价: until its last day, once by the petitioner himself."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from tests.cast import Cast, Life
from xinfang.deadlines.models import Promise
from xinfang.deadlines.terms import Clock
from xinfang.foundation.errors import Refused
from xinfang.petitions import actions
from xinfang.petitions.codes import EvaluationValue
from xinfang.petitions.models import Evaluation
from xinfang.trace.acts import PETITIONER


def rate(life: Life, at: datetime) -> Evaluation:
    return actions.evaluate(
        life.petition,
        bureau=EvaluationValue.SATISFIED,
        unit=EvaluationValue.SATISFIED,
        act_secret=life.registered.act_secret,
        by=PETITIONER,
        at=at,
    )


@pytest.fixture
def life(cast: Cast) -> Life:
    return Life(cast).until("close")


@pytest.fixture
def last_evening(life: Life) -> datetime:
    window = Promise.objects.get(clock=Clock.D14, subject_id=life.pk)
    return timezone.make_aware(datetime.combine(window.due_on, time(23, 59)))


def test_the_whole_last_day_counts(life: Life, last_evening: datetime) -> None:
    assert rate(life, last_evening).nth == 1


def test_the_day_after_is_too_late_even_before_the_sweep(life: Life, last_evening: datetime) -> None:
    with pytest.raises(Refused, match="评价期已过"):
        rate(life, last_evening + timedelta(minutes=1))


def test_the_petitioner_rates_once_himself(life: Life) -> None:
    rate(life, life.later())
    with pytest.raises(Refused, match="您已经评价过"):
        rate(life, life.later())
