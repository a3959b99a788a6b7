from datetime import timedelta

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "xinfang.deadlines"

    def ready(self) -> None:
        from xinfang.deadlines.models import Shift
        from xinfang.deadlines.sweep import settle, sweep
        from xinfang.trace import vouching
        from xinfang.trace.timetable import timed

        vouching.rows(Shift._meta.label_lower, Shift.objects.all)
        timed("deadlines.sweep", every=timedelta(minutes=10), run=lambda at: sweep(at=at))
        timed("deadlines.settle", every=timedelta(hours=1), run=lambda at: settle(at=at))
