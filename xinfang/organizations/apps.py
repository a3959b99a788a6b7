from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "xinfang.organizations"

    def ready(self) -> None:
        from xinfang.organizations import checks, models  # noqa: F401
        from xinfang.trace import verify

        verify.rows("organizations.unit", models.Unit.objects.all)
        verify.rows("organizations.post", models.Post.objects.all)
        verify.rows("organizations.officer", models.Officer.objects.all)
        verify.rows("organizations.tenure", models.Tenure.objects.all)
