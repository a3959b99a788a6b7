from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "xinfang.publishing"

    def ready(self) -> None:
        from xinfang.publishing import vouched
        from xinfang.publishing.models import Publication, Version
        from xinfang.trace import verify

        verify.rows("publishing.publication", Publication.objects.all)
        verify.rows("publishing.version", Version.objects.all)
        verify.held("publishing.publication", Publication.objects.all, vouched.SHOWN, vouched.shown)
        verify.held("publishing.version", Version.objects.all, vouched.APPROVED, vouched.approved)
