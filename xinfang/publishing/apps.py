from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "xinfang.publishing"

    def ready(self) -> None:
        from xinfang.publishing.models import Publication, Version
        from xinfang.trace import verify

        verify.rows("publishing.publication", Publication.objects.all)
        verify.rows("publishing.version", Version.objects.all)
