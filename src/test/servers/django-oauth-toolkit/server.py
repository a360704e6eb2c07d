"""Django OAuth Toolkit in one file, on the loopback address only.

Arguments: port, URL of the showcase, path of the database
"""
import sys

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

port, showcase, database = sys.argv[1:4]
issuer = f"http://localhost:{port}/o"


def signing_key():
    from jwcrypto import jwk

    return jwk.JWK.generate(kty="RSA", size=2048).export_to_pem(private_key=True, password=None).decode()


settings.configure(
    SECRET_KEY="for-tests-only",
    ALLOWED_HOSTS=["localhost"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {
                "loaders": [
                    (
                        "django.template.loaders.locmem.Loader",
                        {
                            "login.html": "<form method=post>{% csrf_token %}{{ form }}</form>",
                            "oauth2_provider/authorize.html": "<form method=post>{% csrf_token %}{{ form }}"
                            "<button name=allow value=Authorize>Allow</button></form>",
                        },
                    )
                ],
                "context_processors": ["django.template.context_processors.request"],
            },
        }
    ],
    SESSION_COOKIE_NAME="django_session",
    LOGIN_URL="/login",
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_ISS_ENDPOINT": issuer,
        "OIDC_RSA_PRIVATE_KEY": signing_key(),
        "PKCE_REQUIRED": True,
        "ACCESS_TOKEN_EXPIRE_SECONDS": 300,
        "ROTATE_REFRESH_TOKEN": True,
        "SCOPES": {"openid": "who you are", "profile": "your name", "email": "your address"},
    },
)
settings.TEMPLATES[0].pop("APP_DIRS")
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.contrib.auth.views import LoginView  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402

urlpatterns = [
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
    path("login", LoginView.as_view(template_name="login.html")),
]

call_command("migrate", verbosity=0)
alice = User.objects.create_user("alice", "alice@example.com", "alice", first_name="Alice")
Application.objects.create(
    name="Vestibule showcase",
    client_id="s6BhdRkqt3",
    client_secret="gX1fBat3bV",
    client_type=Application.CLIENT_CONFIDENTIAL,
    authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
    algorithm=Application.RS256_ALGORITHM,
    redirect_uris=f"{showcase}/oauth/callback",
)
call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)
