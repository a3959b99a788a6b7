from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "xinfang.organizations"

    def ready(self) -> None:
        from xinfang.organizations import checks, models, vouched  # noqa: F401
        from xinfang.trace import vouching

        vouching.rows("organizations.unit", models.Unit.objects.all, each=True)
        vouching.rows("organizations.post", models.Post.objects.all, each=True)
        vouching.rows("organizations.officer", models.Officer.objects.all, each=True)
        vouching.rows("organizations.tenure", models.Tenure.objects.all, each=True)
        vouching.held("organizations.officer", models.Officer.objects.all, ("is_active",), vouched.active)
        vouching.held("organizations.tenure", models.Tenure.objects.all, ("until",), vouched.untils)
