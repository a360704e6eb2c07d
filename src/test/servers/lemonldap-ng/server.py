"""Starts Debian's LemonLDAP::NG portal on the loopback address, with the users that it brings for demonstrations.

Arguments: port, URL of the showcase, a directory
"""
import json
import os
import pathlib
import subprocess
import sys

port, showcase, directory = sys.argv[1:4]
origin = f"http://localhost:{port}"
directory = pathlib.Path(directory)
for name in "conf", "sessions/lock", "psessions/lock", "cache":
    (directory / name).mkdir(parents=True, exist_ok=True)


def key():
    private = subprocess.run(
        ["openssl", "genpkey", "-quiet", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"],
        check=True,
        capture_output=True,
    ).stdout
    public = subprocess.run(["openssl", "pkey", "-pubout"], check=True, capture_output=True, input=private).stdout
    return private.decode(), public.decode()


private, public = key()


def storage(name):
    return {"Directory": f"{directory}/{name}", "LockDirectory": f"{directory}/{name}/lock"}


(directory / "conf/lmConf-1.json").write_text(
    json.dumps(
        {
            "cfgNum": 1,
            "cfgVersion": "2.16.1",
            "cfgDate": 1,
            "key": "for-tests-only",
            "portal": f"{origin}/",
            "domain": "localhost",
            "cookieName": "lemonldap",
            "securedCookie": 0,
            "authentication": "Demo",
            "userDB": "Same",
            "demoExportedVars": {"cn": "cn", "mail": "mail", "uid": "uid"},
            "macros": {"_whatToTrace": "$_user"},
            "whatToTrace": "_whatToTrace",
            "locationRules": {"localhost": {"default": "accept"}},
            "globalStorage": "Apache::Session::File",
            "globalStorageOptions": storage("sessions"),
            "persistentStorage": "Apache::Session::File",
            "persistentStorageOptions": storage("psessions"),
            "localSessionStorage": "Cache::FileCache",
            "localSessionStorageOptions": {"namespace": "sessions", "cache_root": f"{directory}/cache"},
            "issuerDBOpenIDConnectActivation": 1,
            "oidcServiceMetaDataIssuer": origin,
            "oidcServicePrivateKeySig": private,
            "oidcServicePublicKeySig": public,
            "oidcServiceKeyIdSig": "first",
            "oidcServiceAllowAuthorizationCodeFlow": 1,
            "oidcRPMetaDataExportedVars": {"showcase": {"preferred_username": "uid", "name": "cn", "email": "mail"}},
            "oidcRPMetaDataOptions": {
                "showcase": {
                    "oidcRPMetaDataOptionsClientID": "s6BhdRkqt3",
                    "oidcRPMetaDataOptionsClientSecret": "gX1fBat3bV",
                    "oidcRPMetaDataOptionsDisplayName": "Vestibule showcase",
                    "oidcRPMetaDataOptionsRedirectUris": f"{showcase}/oauth/callback",
                    "oidcRPMetaDataOptionsPostLogoutRedirectUris": f"{showcase}/oauth/logged-out",
                    "oidcRPMetaDataOptionsIDTokenSignAlg": "RS256",
                    "oidcRPMetaDataOptionsAccessTokenExpiration": 300,
                    "oidcRPMetaDataOptionsRequirePKCE": 1,
                    "oidcRPMetaDataOptionsRefreshToken": 1,
                    "oidcRPMetaDataOptionsBypassConsent": 1,
                }
            },
        }
    )
)
ini = directory / "lemonldap-ng.ini"
ini.write_text(
    f"""[all]
logLevel = warn
[configuration]
type = File
dirName = {directory}/conf
localStorage = Cache::FileCache
localStorageOptions = {{ 'namespace' => 'conf', 'cache_root' => '{directory}/cache' }}
[portal]
staticPrefix = /static
templateDir = /usr/share/lemonldap-ng/portal/templates
languages = en
"""
)
app = directory / "portal.psgi"
app.write_text("use Lemonldap::NG::Portal;\nLemonldap::NG::Portal->run({});\n")
os.environ["LLNG_DEFAULTCONFFILE"] = str(ini)
os.execlp("starman", "starman", "--listen", f"127.0.0.1:{port}", "--workers", "2", "--preload-app", str(app))
