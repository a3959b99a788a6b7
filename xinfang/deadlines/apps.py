from datetime import timedelta

from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "xinfang.deadlines"

    def ready(self) -> None:
        from xinfang.deadlines.sweep import sweep
        from xinfang.trace.timetable import timed

        timed("deadlines.sweep", every=timedelta(minutes=10), run=lambda at: sweep(at=at))
