from datetime import timedelta

from django.apps import AppConfig


class BackupsConfig(AppConfig):
    name = "xinfang.backups"

    def ready(self) -> None:
        from xinfang.backups import timed_work
        from xinfang.backups.models import Drill
        from xinfang.trace import timetable, vouching

        vouching.rows(Drill._meta.label_lower, Drill.objects.all)
        timetable.timed("backups.daily", every=timedelta(days=1), run=timed_work.back_up)
        timetable.timed("backups.drill", every=timedelta(days=7), run=timed_work.drill)
