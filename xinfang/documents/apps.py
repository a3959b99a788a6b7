from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "xinfang.documents"

    def ready(self) -> None:
        from xinfang.documents.models import Paper
        from xinfang.trace import verify

        verify.rows("documents.paper", Paper.objects.all)
