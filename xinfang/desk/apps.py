from datetime import timedelta

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "xinfang.desk"

    def ready(self) -> None:
        from xinfang.desk import checks, drafts  # noqa: F401
        from xinfang.desk.words import act_label
        from xinfang.trace import lie_words, timetable

        lie_words.labels(act_label)
        timetable.timed("desk.drafts", every=timedelta(days=1), run=drafts.sweep)
