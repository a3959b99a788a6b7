from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "xinfang.organizations"

    def ready(self) -> None:
        from xinfang.organizations import checks, models, vouched  # noqa: F401
        from xinfang.trace import verify

        verify.rows("organizations.unit", models.Unit.objects.all, each=True)
        verify.rows("organizations.post", models.Post.objects.all, each=True)
        verify.rows("organizations.officer", models.Officer.objects.all, each=True)
        verify.rows("organizations.tenure", models.Tenure.objects.all, each=True)
        verify.held("organizations.officer", models.Officer.objects.all, ("is_active",), vouched.active)
        verify.held("organizations.tenure", models.Tenure.objects.all, ("until",), vouched.untils)
