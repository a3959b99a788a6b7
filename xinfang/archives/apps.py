from django.apps import AppConfig


class ArchivesConfig(AppConfig):
    name = "xinfang.archives"

    def ready(self) -> None:
        from xinfang.archives import checks  # noqa: F401  # registers itself
        from xinfang.archives.models import TRACED, Destruction, Volume
        from xinfang.trace import verify

        for model in TRACED:
            verify.rows(model._meta.label_lower, model._default_manager.all)
        verify.rows("archives.volume", Volume.objects.prefetch_related("items").all)
        verify.rows("archives.destruction", Destruction.objects.prefetch_related("lines").all)
