package org.vestibule.doctor;

import java.util.Locale;

/**
 * What the doctor itself can find, beside problems of the configuration and failures of logins,
 * which have their own numbers. Numbered like those.
 */
public enum Symptom {
  CERTIFICATE_EXPIRED(
      5001,
      Severity.ERROR,
      "the server's certificate has expired",
      "Have it renewed; nothing here can be set to accept it."),
  CLOCK_OFF(
      5002,
      Severity.ERROR,
      "the clocks of this machine and of the provider differ by more than clock-skew",
      "Synchronize this machine's clock by NTP; its ID tokens are refused otherwise."),
  NO_USABLE_KEY(
      5003,
      Severity.ERROR,
      "the provider publishes no key that can verify what allowed-algorithms allow",
      "Set allowed-algorithms to what the provider signs with, or have it publish its keys."),
  PRIVATE_KEY_PUBLISHED(
      5004,
      Severity.ERROR,
      "the provider publishes a private or a symmetric key",
      "Tell those who run it at once: whoever reads it can sign in as anybody."),
  REDIRECT_URI_REFUSED(
      5005,
      Severity.ERROR,
      "the provider does not accept the redirection URI for this client",
      "Register it there, character by character as it is here; see redirect-uri and public-url."),
  AUTHORIZATION_REFUSED(
      5006,
      Severity.ERROR,
      "the provider refuses the authorization request before anybody has signed in",
      "Compare the redirection URI, scope, response-mode and client with what is registered there."),
  PUSHED_REQUESTS_REQUIRED(
      5007,
      Severity.ERROR,
      "the provider insists on pushed authorization requests (RFC 9126)",
      "Have it make an exception for this client: they are not sent."),

  CERTIFICATE_ENDS_SOON(
      5101,
      Severity.WARNING,
      "the server's certificate ends within two weeks",
      "Have it renewed in time."),
  CLOCK_DRIFTS(
      5102,
      Severity.WARNING,
      "the clocks of this machine and of the provider differ by more than half of clock-skew",
      "Synchronize this machine's clock by NTP."),
  WEAK_KEY(
      5103,
      Severity.WARNING,
      "the provider publishes a key that is too weak, and is not used",
      "Tell those who run it; what is signed with that key is refused."),
  DUPLICATE_KEY_ID(
      5104,
      Severity.WARNING,
      "the provider publishes two keys with the same kid",
      "Tell those who run it; both keys are tried."),
  ALGORITHM_NOT_OFFERED(
      5105,
      Severity.WARNING,
      "the provider says that it signs with none of allowed-algorithms",
      "Set allowed-algorithms to one of those that it names."),
  PKCE_NOT_OFFERED(
      5106,
      Severity.WARNING,
      "the provider names ways of PKCE, and S256 is not among them",
      "Have S256 switched on there for this client (RFC 7636)."),
  AUTHENTICATION_NOT_OFFERED(
      5107,
      Severity.WARNING,
      "the provider does not name this way of client authentication",
      "Set client-authentication to one that it names, as the client is registered."),
  CODE_FLOW_NOT_OFFERED(
      5108,
      Severity.WARNING,
      "the provider does not name the authorization code grant among what it supports",
      "Have it switched on there for this client."),
  RESPONSE_MODE_NOT_OFFERED(
      5109,
      Severity.WARNING,
      "the provider does not name this response mode",
      "Set response-mode to one that it names."),
  ENDPOINT_ABSENT(
      5110,
      Severity.WARNING,
      "there is nothing at an endpoint's address",
      "Compare the address with the provider's documentation."),
  PUBLIC_URL_UNREACHABLE(
      5111,
      Severity.WARNING,
      "this application does not reach itself at its public address",
      "Check public-url and the proxy; nothing is wrong if only this machine is kept from it."),
  PUBLIC_URL_ELSEWHERE(
      5112,
      Severity.WARNING,
      "what answers at the public address is not this application",
      "Check public-url, and that the proxy passes the context path on."),
  PROXIES_WIDE(
      5113,
      Severity.WARNING,
      "trusted-proxies has so large a network that strangers may be in it",
      "Name the proxies alone: whoever is trusted says where codes are sent."),
  DOCTOR_OPEN(
      5114,
      Severity.WARNING,
      "doctor=loopback opens the diagnosis to nobody without a role, since browsers come from elsewhere",
      "Set doctor to on, with a doctor-role, or to off."),
  PATHS_REMEMBERED(
      5115,
      Severity.WARNING,
      "this Open Liberty remembers which servlet is behind a path and forgets what stood behind a"
          + " semicolon, so that one request of a stranger can put a public page in the place of"
          + " the callback, for everybody",
      "Put the line -DinvocationCacheSize=0 into the server's jvm.options."),

  PKCE_UNKNOWN(
      5201,
      Severity.ADVICE,
      "the provider does not say whether it verifies PKCE",
      "Look into its documentation; one that ignores PKCE leaves nonce alone against injection."),
  CLIENT_UNPROVEN(
      5202,
      Severity.ADVICE,
      "what the token endpoint answers to a code that is none does not tell whether it accepts the"
          + " client",
      "Sign in once to know."),
  REDIRECT_URI_UNPROVEN(
      5203,
      Severity.ADVICE,
      "what the authorization endpoint answers does not tell whether it accepts the redirection URI",
      "Compare the registered one with the one that is named here, or sign in once to know."),
  SCOPE_NOT_OFFERED(
      5204,
      Severity.ADVICE,
      "the provider does not name some of what scope asks for",
      "Check the spelling; providers need not name all."),
  ENDPOINT_ELSEWHERE(
      5205,
      Severity.ADVICE,
      "some of the provider's endpoints are on other hosts than its issuer",
      "Compare them with the provider's documentation."),
  KEY_FROM_SECRET(
      5206,
      Severity.ADVICE,
      "cookies are sealed with a key made from the client secret, and stored sessions are not"
          + " encrypted",
      "In a cluster, set encryption-key-file to one that all nodes share."),
  PUBLIC_URL_UNSET(
      5207,
      Severity.ADVICE,
      "the public address is not set, so that people can only sign in on this machine",
      "Set public-url to the address that browsers use."),
  CLOCK_SKEW_WIDE(
      5208,
      Severity.ADVICE,
      "clock-skew is over two minutes, by which everything that expires lives longer",
      "Synchronize the clocks and take the default."),
  BACK_CHANNEL_LOGOUT_OFFERED(
      5209,
      Severity.ADVICE,
      "the provider can tell this application when somebody signs out there",
      "Register the back-channel logout URI that is named here."),
  NO_END_SESSION(
      5210,
      Severity.ADVICE,
      "the provider does not offer to be signed out at",
      "Who signs out here can come back without a password; tell your users if that matters."),
  NO_REVOCATION(
      5211,
      Severity.ADVICE,
      "the provider does not offer to revoke tokens",
      "They live until they expire, after a logout too; have them be short-lived."),
  CLIENT_KEY_OFFERED(
      5212,
      Severity.ADVICE,
      "the provider accepts private_key_jwt, which shows no secret to anybody",
      "Consider client-key-file in place of the client secret."),
  OPEN_BY_DEFAULT(
      5213,
      Severity.ADVICE,
      "protected-paths does not have /*, so that a page that is added is public",
      "Protect everything and name the exceptions in public-paths."),
  PKCE_UNUSED(
      5214,
      Severity.ADVICE,
      "the provider offers PKCE with S256, and pkce is off",
      "Remove the setting."),

  METADATA_FINE(
      5301,
      Severity.OK,
      "the provider publishes its metadata, and they are those of the issuer that is set",
      "Nothing has to be done."),
  KEYS_FINE(
      5302,
      Severity.OK,
      "the provider publishes keys that can verify its ID tokens",
      "Nothing has to be done."),
  CLIENT_ACCEPTED(
      5303,
      Severity.OK,
      "the provider accepts the client's authentication",
      "Nothing has to be done."),
  REDIRECT_URI_ACCEPTED(
      5304, Severity.OK, "the provider accepts the redirection URI", "Nothing has to be done."),
  CLOCKS_AGREE(
      5305,
      Severity.OK,
      "the clocks of this machine and of the provider agree",
      "Nothing has to be done."),
  CERTIFICATES_FINE(
      5306,
      Severity.OK,
      "the certificates of the provider's servers are trusted and last",
      "Nothing has to be done."),
  PKCE_OFFERED(5307, Severity.OK, "the provider offers PKCE with S256", "Nothing has to be done."),
  PUBLIC_URL_LEADS_HERE(
      5308, Severity.OK, "the public address leads to this application", "Nothing has to be done.");

  private final int number;
  private final Severity severity;
  private final String cause;
  private final String remedy;

  Symptom(int number, Severity severity, String cause, String remedy) {
    this.number = number;
    this.severity = severity;
    this.cause = cause;
    this.remedy = remedy;
  }

  /** {@code VESTnnnn}. */
  public String code() {
    return String.format(Locale.ROOT, "VEST%04d", number);
  }

  public Severity severity() {
    return severity;
  }

  public String cause() {
    return cause;
  }

  /** One or two sentences, ending with a full stop. */
  public String remedy() {
    return remedy;
  }
}
