package org.vestibule.provider;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The manual's page about the well-known providers, made from the presets and their comments. */
final class ProvidersDocumentation {

  private ProvidersDocumentation() {}

  static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Providers

            <!-- Made from the presets, not by hand:
                 mvn test -Dtest=GeneratedDocumentationTest -Dvestibule.write-documentation=true -->

            Three settings are enough for any provider of OpenID Connect that keeps to the
            specifications, whether it is listed here or not: `oauth.issuer`, `oauth.client-id` and
            `oauth.client-secret`. A preset knows the addresses and the ways of one provider or one
            product. It is named by `oauth.preset`, or by the provider's id where there are several
            (`oauth.providers=corp,github`).

            The redirection URI to be registered is, unless `redirect-uri` says otherwise,
            `{public-url}{context-path}/oauth/callback`; it is in the log at every start.

            | preset | provider | to be set | gives up |
            |---|---|---|---|
            """);
    List<PresetFile> presets = PresetFile.shipped();
    presets.forEach(preset -> page.append(row(preset)).append('\n'));
    presets.forEach(preset -> page.append(section(preset)));
    return page.append(REMARKS).toString();
  }

  private static String row(PresetFile preset) {
    return "| [`%s`](#%s) | %s | %s | %s |"
        .formatted(
            preset.name(),
            preset.name(),
            displayName(preset),
            preset.toSet().keySet().stream()
                .filter(key -> !key.equals("preset"))
                .map(key -> "`" + key + "`")
                .collect(Collectors.joining(", ")),
            givenUp(preset));
  }

  private static String displayName(PresetFile preset) {
    return preset.configured().providers().values().iterator().next().displayName();
  }

  private static String givenUp(PresetFile preset) {
    return preset.configured().problems().stream()
        .map(problem -> problem.mistake().code() + ", " + problem.mistake().cause())
        .map(Markdown::escape)
        .collect(Collectors.joining("; "));
  }

  private static String section(PresetFile preset) {
    StringBuilder section = new StringBuilder("\n## " + preset.name() + "\n\n");
    section.append(Markdown.escape(preset.about())).append("\n\n```properties\n");
    for (Map.Entry<String, String> setting : preset.toSet().entrySet()) {
      boolean own = setting.getKey().startsWith("client-") && !setting.getKey().endsWith("-file");
      section.append(Setting.PREFIX).append(setting.getKey()).append('=');
      section.append(own ? "…" : setting.getValue()).append('\n');
    }
    section.append("```\n\nTo be registered there: ");
    section.append(Markdown.escape(preset.registration())).append("\n\nSources: ");
    section.append(
        preset.tagged("Source").stream()
            .map(source -> "<" + source + ">")
            .collect(Collectors.joining(", ")));
    return section.append('\n').toString();
  }

  private static final String REMARKS =
      """

      ## Ways of their own

      What a provider does in its own way is a setting that any provider may use; the preset only
      sets it. What needs no setting is understood from everybody, since it does no harm.

      | the provider … | understood |
      |---|---|
      | answers in a form in place of JSON, with another or no content type, leaves `token_type` out or has a type of its own, or answers with 201 | `token-response-tolerance` |
      | calls members of the token response otherwise (`accessToken`), or has them further down | `token-response-members` |
      | calls `client_id`, `client_secret` or `scope` otherwise (`client_key`) | `parameter-names` |
      | sends an error with status 200, as an object or a number; a lifetime as a text, as `expires`, as null or not at all; scopes as a list or with commas; members that nobody knows | always |
      | has keys in place of secrets, or wants a secret that is made from a key | `client-key-file`, `client-key-id`, `client-team-id`, `client-assertion-audience` |
      | wants scopes with commas, the client's secret in the body, further parameters | `scope-separator`, `client-authentication`, `authorization-parameters`, `token-parameters` |
      | posts its answer, or adds a fragment to the redirection URI | `response-mode`, `callback-fragment` |
      | has the profile one level down, or another name for its users' identifier | `subject-claim`, `name-claim`, `roles-claim`: paths such as `data/id` |
      | has ID tokens that cannot be verified | `id-token=ignored`: plain OAuth 2.0, VEST3109 |
      | refuses PKCE | `pkce=off`, VEST3103 |
      | has two names for itself, many tenants behind one registration, or its metadata elsewhere | `issuer-aliases`; `issuer-template` with `allowed-tenants`; `metadata-uri` |
      | signs out in its own way | `logout-redirect-parameter`, `logout-parameters`, `logout-id-token-hint` |
      | says `user_cancelled_login` in place of `access_denied` | always |
      | turns Java's `User-Agent` away | always: ours is `Vestibule` |

      ## Many tenants behind one registration

      Some providers speak for many organizations at once, and have a template in place of an
      issuer: `https://login.microsoftonline.com/{tenantid}/v2.0` in the metadata of Microsoft Entra
      ID that are for `organizations` and `common`. With `issuer-template` an ID token has to name
      the template with its own `tid` as its issuer, to the letter, and the tenant has to be one of
      `allowed-tenants`; whoever comes from another reads that their organisation has no access, and
      the log has VEST1220 with the issuer of that tenant. So has everything else that names an
      issuer: refreshed ID tokens, which stay in their tenant, logout tokens, front-channel logout,
      `iss` of the authorization response, signed UserInfo, `iss` of a login that a portal asks for.
      A key that the provider says to be one tenant's (the member `issuer` of Microsoft's keys)
      signs for no other. A tenant that is taken out of `allowed-tenants` ends its sessions.

      The same `sub` in two tenants is two people: the identity is issuer and subject. Names,
      addresses, roles and groups are what the tenant's own administrator writes: allow only
      tenants whose roles you take for yours, and give no rights to names.
      `allowed-tenants=*` lets everybody in who can make a tenant, and says so (VEST3110).

      ## What is not supported, and why

      - **Token requests with GET** (WeChat): the code and the secret would be in an address.
      - **ID tokens signed with the client secret** (HS256) are never verified: who has the secret
        could make them. LINE is used without its ID token.
      - **A switch that only turns `nonce` off**: whoever cannot have it has `id-token=ignored`, and
        says so.
      - **Client secrets with signs beside letters and digits at servers that do not decode them**:
        HTTP Basic has them form-encoded, as RFC 6749 section 2.3.1 says; with
        `client-authentication=client_secret_post` there is nothing to disagree about.
      - **`iss` on success alone** (Django OAuth Toolkit 3.4): whoever promises `iss` (RFC 9207) has
        to send it with errors too, and a refusal without it is answered like any other break of
        the rules (VEST1007).
      - **Tokens bound to a key** (DPoP), and with them Okta's challenge for a nonce.
      - **Encrypted ID tokens**, and with them
        [itsme](https://belgianmobileid.github.io/doc/JOSE/), whose ID tokens all are.
      - **A profile that has to be asked for with POST** (Dropbox's): its ID token has the same.
      - **The secret as a bearer token** (Stripe), which no registered method of client
        authentication is.
      """;
}
