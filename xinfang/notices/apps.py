from datetime import timedelta

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "xinfang.notices"

    def ready(self) -> None:
        from xinfang.notices import bells, checks, digest, sending  # noqa: F401
        from xinfang.trace import timetable

        timetable.timed("notices.mail", every=timedelta(minutes=1), run=digest.mail_bells)
        timetable.timed("notices.send", every=timedelta(seconds=10), run=sending.send_due)
        timetable.timed("notices.bells", every=timedelta(days=1), run=bells.drop_old)
        timetable.timed("notices.sent", every=timedelta(days=1), run=digest.drop_old)
