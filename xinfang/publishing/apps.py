from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "xinfang.publishing"

    def ready(self) -> None:
        from xinfang.publishing import vouched
        from xinfang.publishing.models import Publication, Version
        from xinfang.trace import vouching

        vouching.rows("publishing.publication", Publication.objects.all)
        vouching.rows("publishing.version", Version.objects.all)
        vouching.held("publishing.publication", Publication.objects.all, vouched.SHOWN, vouched.shown)
        vouching.held("publishing.version", Version.objects.all, vouched.APPROVED, vouched.approved)
