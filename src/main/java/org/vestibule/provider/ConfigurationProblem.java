package org.vestibule.provider;

import java.util.Locale;

/**
 * Something in the configuration that has to be mended. Its text never has the value: it may be a
 * secret.
 *
 * @param key the key as it was looked up, such as {@code oauth.provider.corp.client-id}
 * @param source where the value came from; empty if there is none
 * @param detail the facts; may be empty
 */
public record ConfigurationProblem(Mistake mistake, String key, String source, String detail) {

  /** Whether nobody can sign in because of it. */
  public boolean isError() {
    return !mistake.warning;
  }

  /** One line: number, key, source, cause, remedy. */
  @Override
  public String toString() {
    return mistake.code()
        + " "
        + key
        + (source.isEmpty() ? "" : " [from " + source + "]")
        + ": "
        + mistake.cause
        + (detail.isEmpty() ? "" : " (" + detail + ")")
        + ". "
        + mistake.remedy;
  }

  /** The kinds of mistakes, numbered like failures. */
  public enum Mistake {
    MISSING(3001, false, "the setting is missing", "Set it."),
    MALFORMED(3002, false, "the value cannot be understood", "Correct it."),
    BOTH_VALUE_AND_FILE(
        3003, false, "the setting is given both as a value and as a file", "Remove one of them."),
    FILE_UNREADABLE(
        3004, false, "the file cannot be read", "Check that it exists and may be read."),
    UNKNOWN_PRESET(
        3005,
        false,
        "there is no such preset, or it cannot be read",
        "Take one of those that the manual lists, or set the endpoints."),
    UNKNOWN_PROVIDER(
        3006, false, "there is no such provider", "Name one of those in oauth.providers."),
    IDS_COLLIDE(
        3007,
        false,
        "two provider ids have the same name in the environment",
        "Rename one: in the environment nothing tells where an id ends and a key begins."),
    NOT_HTTPS(
        3008,
        false,
        "the address is not an https URL",
        "Use https; only loopback addresses may be http."),
    RESERVED_PARAMETER(
        3009,
        false,
        "the flow sets this parameter itself",
        "Remove it, or use the setting of its own."),
    SECRET_NEEDED(
        3010,
        false,
        "the client secret is missing",
        "Set client-secret or client-secret-file; for a public client, set"
            + " client-authentication=none."),
    SECRET_UNUSED(
        3011,
        false,
        "a client secret is set, but client-authentication uses none",
        "Remove the secret, or choose a method that uses it."),
    NO_ENDPOINT(
        3012,
        false,
        "the provider's endpoints are not known",
        "Set issuer, or authorization-endpoint and token-endpoint."),
    PATHS_COLLIDE(
        3013, false, "two of the library's own paths are the same", "Give each a path of its own."),
    EVERYTHING_PUBLIC(
        3014,
        false,
        "a public path makes everything public that a protected path names",
        "Name the public pages one by one, or fewer protected-paths."),
    OPENID_NEEDS_ISSUER(
        3015,
        false,
        "the scope has openid, but an ID token cannot be checked without issuer",
        "Set issuer, or take openid out of scope."),
    KEY_UNUSABLE(
        3016,
        false,
        "the file does not hold 32 bytes in Base64",
        "Make one with: openssl rand -base64 32"),
    KEYS_NEEDED(
        3017, false, "without discovery the provider's keys are not known", "Set jwks-uri."),
    TRUST_STORE_UNUSABLE(
        3018, false, "the file does not hold certificates in PEM", "Check the file."),
    EXPRESSION(
        3019,
        false,
        "an expression in the value cannot be resolved",
        "Define what it names, or write \\${ for a literal ${."),
    PKCE_NEEDED(
        3020,
        false,
        "nothing protects the codes of a public client but PKCE (RFC 9700 section 2.1.1)",
        "Remove the setting, or make the client a confidential one."),
    CHECK_NEEDS_OPENID(
        3021,
        false,
        "what is asked for is verified in the ID token, but the scope has no openid",
        "Add openid to scope, or remove the setting."),
    DUPLICATE_PARAMETER(
        3022,
        false,
        "a parameter would be in the request twice (RFC 6749 section 3.1)",
        "Name it once: in the setting of its own, in the parameters, or in the endpoint's query."),
    UNKNOWN_RULE(
        3023,
        false,
        "there is no such part of an access rule",
        "A rule is oauth.paths.<n>. with a number from 1 to 50, and pattern, roles, scope,"
            + " acr-values, max-age, provider or challenge."),
    RULES_COLLIDE(
        3024, false, "two access rules have the same pattern", "Make one rule out of the two."),
    NEEDS_RESTART(
        3025,
        false,
        "the setting has changed, but it can only take effect when the application starts",
        "Restart the application, or set it back."),
    PROVIDER_NOT_READY(
        3026,
        false,
        "what has changed about the provider cannot be used",
        "Mend what is said about it; it is tried again every reload-interval."),
    CLIENT_KEY_UNUSABLE(
        3027,
        false,
        "the file does not hold a private key that can be used",
        "It has to be PEM (PKCS #8, BEGIN PRIVATE KEY) or a JWK: RSA from 2048 bits, or EC on P-256,"
            + " P-384 or P-521."),
    SETTINGS_UNREADABLE(
        3028,
        false,
        "the settings cannot be read, since a source of MicroProfile Config fails",
        "Mend the source; it is tried again every reload-interval."),
    TENANTS_NEEDED(
        3029,
        false,
        "the issuer is a template, but it is not said which tenants may sign in",
        "Set allowed-tenants to their identifiers; * allows all of them."),
    TEMPLATE_NEEDED(
        3030,
        false,
        "tenants are allowed, but nothing says how the issuer is made from one",
        "Set issuer-template as the provider's metadata write it, or remove allowed-tenants."),
    TEMPLATE_UNUSABLE(
        3031,
        false,
        "the template is not an https URL with {tenantid} in its path once",
        "Set it to what the provider's metadata have for issuer; if they have no {tenantid}, set"
            + " issuer alone."),
    CHOICE_COLLIDES(
        3041,
        false,
        "two providers are taken for the same path, host or e-mail domain",
        "Name it with one of them."),
    CHOICE_IMPOSSIBLE(
        3042,
        false,
        "nothing tells which provider is taken",
        "Set with the providers what choose-by goes by, or set choose-by=default."),
    LOGO_UNUSABLE(
        3043,
        false,
        "the file is no logo that can be shown",
        "It has to be an SVG or PNG file of at most 32 KB."),
    CACHE_UNUSABLE(
        3044,
        false,
        "copies of the provider's metadata cannot be kept there",
        "It has to be a directory that the server can write, and others cannot."),
    ADAPTER_FILE_MALFORMED(
        3051,
        false,
        "the file is not a JSON object of at most 64 KiB",
        "Mend it, or remove it and set what it says."),
    ADAPTER_KEY_REFUSED(
        3052,
        false,
        "what the file asks for with this key is not there, and must not be left out silently",
        "Take the key out of the file once the application can do without it; the manual's page"
            + " about moving in says what there is in its place."),
    UNKNOWN_KEY(3101, true, "there is no such setting", "It has no effect."),
    NO_SHARED_KEY(
        3102,
        true,
        "there is neither a client secret nor encryption-key-file",
        "A login can only be finished on the node and in the run that it was begun in; set"
            + " encryption-key-file to change that."),
    PKCE_OFF(
        3103,
        true,
        "codes are not protected against injection by PKCE, only by nonce if there are ID tokens",
        "Remove the setting unless the provider breaks on PKCE."),
    SAMPLE_SECRET(
        3104,
        true,
        "the client secret is short, a well-known sample, or the client identifier",
        "Let the provider make a new one."),
    PRESET_OVERRULED(
        3105,
        true,
        "another provider than the preset's is set, and nothing of the preset is used",
        "Nothing to do if that is meant; otherwise set issuer to the preset's, or remove this."),
    SHARED_REDIRECT_URI(
        3106,
        true,
        "the providers share the redirection URI, and this one does not name itself in its answers"
            + " (RFC 9207)",
        "Configure only providers that you trust with each other's codes."),
    LOOPBACK_PROVIDER(
        3107,
        true,
        "browsers are sent to their own machine, although public-url is not a loopback address",
        "Set the provider's public address; the demo provider is for a developer's machine."),
    CALLBACK_ELSEWHERE(
        3108,
        true,
        "the redirection URI does not end with callback-path",
        "Set callback-path to its path below the context root, unless a proxy rewrites paths."),
    ID_TOKEN_IGNORED(
        3109,
        true,
        "the provider's ID tokens are not looked at, and its UserInfo endpoint alone says who it is",
        "Remove the setting unless the provider's ID tokens cannot be verified."),
    ANY_TENANT(
        3110,
        true,
        "people of every tenant of the provider can sign in, and nobody of yours vouches for them",
        "Name the tenants in allowed-tenants, unless everybody is welcome and rights hang on issuer"
            + " and subject alone, never on a name, an address, a role or a group."),
    CHOICE_UNUSED(
        3141, true, "choose-by goes by something else", "Remove the setting, or change choose-by."),
    ADAPTER_CHECK_KEPT(
        3151,
        true,
        "the file asks to leave out a check, which is made nevertheless",
        "Take the key out of the file."),
    ADAPTER_FILE_UNUSED(
        3152,
        true,
        "another provider or client is set than that of the application's file, and nothing of the"
            + " file is used",
        "Nothing to do if that is meant; otherwise remove this, or the file."),
    ADAPTER_KEYS_UNUSED(
        3153,
        true,
        "the file has keys that have no effect here",
        "Nothing to do, unless the application needs one of them.");

    private final int number;
    private final boolean warning;
    private final String cause;
    private final String remedy;

    Mistake(int number, boolean warning, String cause, String remedy) {
      this.number = number;
      this.warning = warning;
      this.cause = cause;
      this.remedy = remedy;
    }

    /** {@code VESTnnnn}. */
    public String code() {
      return String.format(Locale.ROOT, "VEST%04d", number);
    }

    public boolean isWarning() {
      return warning;
    }

    /** Whether it is only worth knowing: nothing has to be mended. */
    public boolean isNote() {
      return this == PRESET_OVERRULED || this == ADAPTER_FILE_UNUSED || this == ADAPTER_KEYS_UNUSED;
    }

    public String cause() {
      return cause;
    }

    public String remedy() {
      return remedy;
    }
  }
}
