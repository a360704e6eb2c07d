"""Starts Debian's Glewlwyd on the loopback address with a database of its own, and sets it up by its API.

Arguments: port, URL of the showcase, an empty directory
"""
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

port, showcase, directory = sys.argv[1:4]
origin = f"http://localhost:{port}"
directory = pathlib.Path(directory)
schema = pathlib.Path("/usr/share/dbconfig-common/data/glewlwyd/install/sqlite3")

database = sqlite3.connect(directory / "database")
database.executescript(schema.read_text())
# What clients have beside what Glewlwyd knows of them from the start
(parameters,) = database.execute("SELECT gcmi_parameters FROM g_client_module_instance").fetchone()
parameters = json.loads(parameters)
parameters["data-format"]["post_logout_redirect_uris"] = {"multiple": True, "read": True, "write": True}
database.execute("UPDATE g_client_module_instance SET gcmi_parameters = ?", [json.dumps(parameters)])
database.commit()
database.close()

configuration = directory / "glewlwyd.conf"
configuration.write_text(
    f"""
port={port}
bind_address="127.0.0.1"
external_url="{origin}"
login_url="login.html"
api_prefix="api"
static_files_path="/usr/share/glewlwyd/webapp/"
log_mode="console"
log_level="WARNING"
cookie_secure=0
cookie_same_site="empty"
session_key="GLEWLWYD2_SESSION_ID"
admin_session_authentication="cookie"
profile_session_authentication="cookie"
login_api_enabled=true
admin_scope="g_admin"
profile_scope="g_profile"
user_module_path="/usr/lib/glewlwyd/user"
client_module_path="/usr/lib/glewlwyd/client"
user_auth_scheme_module_path="/usr/lib/glewlwyd/scheme"
plugin_module_path="/usr/lib/glewlwyd/plugin"
use_secure_connection=false
secure_connection_key_file="unused"
secure_connection_pem_file="unused"
secure_connection_ca_file="unused"
hash_algorithm="SHA512"
database = {{ type = "sqlite3" path = "{directory}/database" }};
static_files_mime_types = ( {{ extension = ".html" mime_type = "text/html" }} )
"""
)

subprocess.run(
    ["openssl", "genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", directory / "key.pem"],
    check=True,
)
subprocess.run(["openssl", "pkey", "-in", directory / "key.pem", "-pubout", "-out", directory / "public.pem"], check=True)

if os.fork():
    # The process that was started is the server; what sets it up is its child.
    os.execlp("glewlwyd", "glewlwyd", "-c", configuration)
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())


def give_up(reason):
    os.kill(os.getppid(), signal.SIGTERM)
    sys.exit(reason)


def post(path, content):
    request = urllib.request.Request(
        f"{origin}/api/{path}", json.dumps(content).encode(), {"Content-Type": "application/json"}
    )
    try:
        browser.open(request).close()
    except urllib.error.HTTPError as error:
        give_up(f"{path}: {error.code} {error.read().decode()}")


def log_in():
    for _ in range(300):
        try:
            return post("auth/", {"username": "admin", "password": "password"})
        except urllib.error.URLError:
            time.sleep(0.1)
    give_up("Glewlwyd does not answer")


log_in()
for scope in "profile", "email":
    post("scope/", {"name": scope, "display_name": scope, "password_required": False, "scheme": {}})
scopes = ["openid", "profile", "email", "g_profile"]
post(
    "user/",
    {"username": "alice", "password": "alice-alice", "name": "Alice", "email": "alice@example.com", "scope": scopes, "enabled": True},
)
post(
    "client/",
    {
        "client_id": "s6BhdRkqt3",
        "client_secret": "gX1fBat3bV",
        "password": "gX1fBat3bV",
        "confidential": True,
        "name": "Vestibule showcase",
        "enabled": True,
        "redirect_uri": [f"{showcase}/oauth/callback"],
        "post_logout_redirect_uris": [f"{showcase}/oauth/logged-out"],
        "authorization_type": ["code", "refresh_token"],
        "token_endpoint_auth_method": ["client_secret_basic"],
    },
)
post(
    "mod/plugin/",
    {
        "module": "oidc",
        "name": "oidc",
        "display_name": "OpenID Connect",
        "enabled": True,
        "parameters": {
            "iss": f"{origin}/api/oidc",
            "jwt-type": "rsa",
            "jwt-key-size": "256",
            "key": (directory / "key.pem").read_text(),
            "cert": (directory / "public.pem").read_text(),
            "access-token-duration": 300,
            "refresh-token-duration": 1209600,
            "code-duration": 600,
            "refresh-token-one-use": "always",
            "refresh-token-rolling": True,
            "auth-type-code-enabled": True,
            "auth-type-code-revoke-replayed": True,
            "auth-type-refresh-enabled": True,
            "allowed-scope": ["openid", "profile", "email"],
            "jwks-show": True,
            "subject-type": "public",
            "name-claim": "on-demand",
            "name-claim-scope": ["profile"],
            "email-claim": "on-demand",
            "email-claim-scope": ["email"],
            "claims": [],
            "pkce-allowed": True,
            "pkce-required": True,
            "oauth-as-iss-id": True,
            "introspection-revocation-allowed": True,
            "introspection-revocation-allow-target-client": True,
            "session-management-allowed": True,
            "session-cookie-name": "GLEWLWYD2_OIDC_SID",
            "session-cookie-expiration": 2419200,
        },
    },
)
print("set up", flush=True)
