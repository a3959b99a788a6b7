from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "xinfang.meetings"

    def ready(self) -> None:
        from xinfang.meetings.models import ReceptionDay
        from xinfang.trace import verify

        verify.rows("meetings.receptionday", ReceptionDay.objects.all)
