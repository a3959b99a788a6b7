from django.apps import AppConfig


class LegislationConfig(AppConfig):
    name = "xinfang.legislation"

    def ready(self) -> None:
        from xinfang.legislation.models import Article, Law, Version, Wording
        from xinfang.trace import vouching

        for model in (Law, Version, Article, Wording):
            vouching.rows(model._meta.label_lower, model._default_manager.all)
