package org.vestibule.protocol;

/**
 * The rules. One constant for each thing that a specification forbids and that somebody may try
 * nevertheless, with the section that states it, in the order in which a login meets them.
 */
public enum Violation implements Failure {
  // The authorization response
  CALLBACK_MALFORMED(
      1001,
      "RFC 6749 appendix B",
      "the authorization response cannot be read",
      "Only the authorization server may send browsers to the callback, in the configured"
          + " response-mode."),
  CALLBACK_PARAMETER_REPEATED(
      1002,
      "RFC 6749 section 3.1",
      "a parameter of the authorization response occurs more than once",
      "Somebody tampered with the link, or the provider is broken."),
  CALLBACK_CARRIES_TOKEN(
      1003,
      "RFC 9700 section 4.6",
      "the authorization response carries a token, which was not asked for",
      "Check the client's registration at the provider: only the authorization code grant is"
          + " used."),
  STATE_MISSING(
      1004,
      "RFC 6749 section 4.1.2",
      "the authorization response has no state",
      "The provider must repeat the parameter 'state'; a link to the callback cannot be"
          + " bookmarked."),
  STATE_UNKNOWN(
      1005,
      "RFC 6749 section 10.12",
      "this browser did not begin the login that the authorization response belongs to",
      "The login was finished already, was begun in another browser, or cookies are blocked;"
          + " start again."),
  STATE_USED(
      1006,
      "RFC 6749 section 10.5",
      "the login that the authorization response belongs to was completed before",
      "An authorization response works once; start again."),
  ISSUER_MISSING(
      1007,
      "RFC 9207 section 2.4",
      "the authorization response does not say who issued it although the provider promises to",
      "The provider announces authorization_response_iss_parameter_supported and must send"
          + " 'iss'."),
  ISSUER_MISMATCH(
      1008,
      "RFC 9207 section 2.4",
      "the authorization response was issued by somebody else than the login was sent to",
      "This is what a mix-up attack looks like; otherwise the setting issuer is not the provider's"
          + " own."),
  LOGIN_EXPIRED(
      1009,
      "RFC 9700 section 4.2.4",
      "the login took longer than login-timeout",
      "Start again; raise login-timeout if users need more time at the provider."),
  CODE_AND_ERROR(
      1010,
      "RFC 6749 section 4.1.2.1",
      "the authorization response both grants and refuses",
      "Somebody tampered with the link, or the provider is broken."),
  CODE_MISSING(
      1011,
      "RFC 6749 section 4.1.2",
      "the authorization response has neither a code nor an error",
      "Check that the provider uses the authorization code grant and the configured"
          + " response-mode."),

  // The token response
  TOKEN_RESPONSE_MALFORMED(
      1101,
      "RFC 6749 section 5.1",
      "the token response is not a JSON object of the expected shape",
      "Check token-endpoint; if the provider answers in a form of its own, see"
          + " token-response-tolerance."),
  TOKEN_RESPONSE_STATUS(
      1102,
      "RFC 6749 section 5.1",
      "tokens came with a status other than 200",
      "See token-response-tolerance if the provider is known to answer so."),
  ACCESS_TOKEN_MISSING(
      1103,
      "RFC 6749 section 5.1",
      "the token response has no access_token",
      "Check token-endpoint."),
  TOKEN_TYPE_MISSING(
      1104,
      "RFC 6749 section 7.1",
      "the token response does not say what type the token has",
      "See token-response-tolerance if the provider is known to leave it out."),
  TOKEN_TYPE_UNSUPPORTED(
      1105,
      "RFC 6749 section 7.1",
      "the access token has a type that is not understood",
      "Only Bearer tokens are asked for; check the client's registration."),
  EXPIRES_IN_INVALID(
      1106,
      "RFC 6749 section 5.1",
      "the lifetime of the access token is not a number of seconds",
      "The provider must send expires_in in seconds."),
  ID_TOKEN_MISSING(
      1107,
      "OpenID Connect Core section 3.1.3.3",
      "the scope has openid but the token response has no id_token",
      "Check that the client is registered for OpenID Connect, or take openid out of scope."),

  // The ID token
  ID_TOKEN_MALFORMED(
      1201,
      "RFC 7515 section 5.2",
      "the ID token is not a signed JWT",
      "Encrypted and unsigned ID tokens are not accepted; check the client's registration."),
  ID_TOKEN_ALGORITHM(
      1202,
      "RFC 8725 section 3.1",
      "the ID token is signed with an algorithm that is not allowed",
      "Set allowed-algorithms to what the client is registered with."),
  ID_TOKEN_KEY_UNKNOWN(
      1203,
      "OpenID Connect Core section 10.1",
      "the ID token is signed with a key that the provider does not publish",
      "Check jwks-uri; a provider publishes a new key before it signs with it."),
  ID_TOKEN_SIGNATURE(
      1204,
      "OpenID Connect Core section 3.1.3.7",
      "the signature of the ID token is wrong",
      "Check issuer and jwks-uri; otherwise the token was forged."),
  ID_TOKEN_TYPE(
      1205,
      "RFC 8725 section 3.11",
      "the token is of another kind than an ID token",
      "The provider sent an access token, a logout token or the like in place of the ID token."),
  ID_TOKEN_ISSUER(
      1206,
      "OpenID Connect Core section 3.1.3.7 rule 2",
      "the ID token was issued by somebody else",
      "Set issuer to exactly what the provider writes, to the last slash."),
  ID_TOKEN_SUBJECT(
      1207,
      "OpenID Connect Core section 2",
      "the ID token does not say whom it speaks of",
      "The claim sub must be a text of 1 to 255 characters."),
  ID_TOKEN_AUDIENCE(
      1208,
      "OpenID Connect Core section 3.1.3.7 rule 3",
      "the ID token is meant for somebody else",
      "Check client-id; name further trusted audiences in audience."),
  ID_TOKEN_AUTHORIZED_PARTY(
      1209,
      "OpenID Connect Core section 3.1.3.7 rule 5",
      "the ID token was issued to another client",
      "Check client-id."),
  ID_TOKEN_EXPIRED(
      1210,
      "OpenID Connect Core section 3.1.3.7 rule 9",
      "the ID token has expired, or does not say when it does",
      "Check both machines' clocks; clock-skew is what may differ."),
  ID_TOKEN_NOT_YET_VALID(
      1211,
      "RFC 7519 section 4.1.5",
      "the ID token is not valid yet",
      "Check both machines' clocks; clock-skew is what may differ."),
  ID_TOKEN_ISSUED_AT(
      1212,
      "OpenID Connect Core section 3.1.3.7 rule 10",
      "the ID token was not issued just now",
      "Check both machines' clocks; clock-skew is what may differ."),
  ID_TOKEN_NONCE(
      1213,
      "OpenID Connect Core section 3.1.3.7 rule 11",
      "the ID token belongs to another login",
      "This is what an injected code looks like; otherwise the provider does not repeat nonce."),
  ID_TOKEN_ACR(
      1214,
      "OpenID Connect Core section 3.1.3.7 rule 12",
      "the user was not authenticated in the way that was asked for",
      "The provider ignored acr-values; check that it knows them."),
  ID_TOKEN_AUTH_TIME(
      1215,
      "OpenID Connect Core section 3.1.3.7 rule 13",
      "the user was authenticated too long ago",
      "The provider ignored max-age, or does not send auth_time."),
  ID_TOKEN_ACCESS_TOKEN_HASH(
      1216,
      "OpenID Connect Core section 3.1.3.8",
      "the access token does not belong to the ID token",
      "One of them was replaced on the way."),
  ID_TOKEN_OF_ANOTHER(
      1217,
      "OpenID Connect Core section 12.2",
      "the refreshed ID token speaks of somebody else than the first one",
      "The session was ended; the provider must not change iss, sub or aud at a refresh."),
  STEP_UP_ACR(
      1218,
      "RFC 9470 section 5",
      "the user was sent to be authenticated more strongly, and was not",
      "The provider must know the acr values that the page asks for, and the user must be able to"
          + " satisfy one."),
  STEP_UP_AUTH_TIME(
      1219,
      "RFC 9470 section 5",
      "the user was sent to be authenticated anew, and was not, or it is not known when",
      "The provider must honour max_age and send auth_time."),
  TENANT_NOT_ALLOWED(
      1220,
      "RFC 8725 section 3.8",
      "the user belongs to a tenant of the provider that is not allowed",
      "Add the tenant to allowed-tenants if its people may sign in; otherwise nothing has to be"
          + " done."),

  // UserInfo
  USERINFO_MALFORMED(
      1301,
      "OpenID Connect Core section 5.3.2",
      "the UserInfo response is neither a JSON object nor a signed JWT",
      "Check userinfo-endpoint; an encrypted UserInfo response is not understood."),
  USERINFO_SUBJECT(
      1302,
      "OpenID Connect Core section 5.3.4",
      "the UserInfo response speaks of somebody else than the ID token",
      "Check userinfo-endpoint."),
  USERINFO_SIGNATURE(
      1303,
      "OpenID Connect Core section 5.3.4",
      "the signed UserInfo response is not the provider's, or not for this client",
      "Check userinfo-endpoint, jwks-uri and allowed-algorithms."),

  // The access token, where claims are to be taken from it
  ACCESS_TOKEN_UNVERIFIED(
      1311,
      "RFC 9068 section 4",
      "the access token, from which claims are to be taken, is not a JWT signed by the provider",
      "Take access-token out of claims-from: it is meant for APIs and need not be readable."),
  ACCESS_TOKEN_OF_ANOTHER(
      1312,
      "RFC 9068 section 4",
      "the access token, from which claims are to be taken, has another issuer or another user than"
          + " the ID token",
      "Take access-token out of claims-from."),

  // The provider's metadata
  METADATA_MALFORMED(
      1401,
      "RFC 8414 section 3.2",
      "the provider's metadata cannot be used",
      "Check issuer, or set discovery=off and name the endpoints."),
  METADATA_ISSUER(
      1402,
      "RFC 8414 section 3.3",
      "the provider's metadata are those of another issuer",
      "Set issuer to exactly what the provider writes, to the last slash."),
  METADATA_ENDPOINT(
      1403,
      "RFC 9700 section 2.6",
      "an endpoint in the provider's metadata is not an https URL, or is an inner address",
      "Only loopback addresses may be reached over http; set the endpoint, or metadata-uri, where"
          + " the provider really is inside."),
  PARAMETER_TWICE(
      1404,
      "RFC 6749 section 3.1",
      "the authorization endpoint's own query has a parameter of the request",
      "Remove the parameter from the settings, or set authorization-endpoint without it."),

  // Logout from outside
  LOGOUT_TOKEN_MISSING(
      1501,
      "OpenID Connect Back-Channel Logout section 2.5",
      "the logout request is not a form with one logout_token",
      "Only the provider may send requests to this address; check what is registered there."),
  LOGOUT_TOKEN_SIGNATURE(
      1502,
      "OpenID Connect Back-Channel Logout section 2.6 rule 2",
      "the logout token is not signed by the provider with an algorithm that is allowed",
      "The number in brackets says what is wrong, as it does for an ID token; otherwise the token"
          + " was forged."),
  LOGOUT_TOKEN_TYPE(
      1503,
      "RFC 8725 section 3.11",
      "the token is of another kind than a logout token",
      "The provider sent an access token or the like in place of the logout token."),
  LOGOUT_TOKEN_ISSUER(
      1504,
      "OpenID Connect Back-Channel Logout section 2.6 rule 3",
      "the logout token was issued by nobody that is configured",
      "Set issuer to exactly what the provider writes, to the last slash."),
  LOGOUT_TOKEN_AUDIENCE(
      1505,
      "OpenID Connect Back-Channel Logout section 2.6 rule 3",
      "the logout token is meant for somebody else",
      "Check client-id; name further trusted audiences in audience."),
  LOGOUT_TOKEN_ISSUED_AT(
      1506,
      "OpenID Connect Back-Channel Logout section 2.6 rule 3",
      "the logout token was not issued just now",
      "Check both machines' clocks; clock-skew is what may differ."),
  LOGOUT_TOKEN_EXPIRED(
      1507,
      "OpenID Connect Back-Channel Logout section 2.6 rule 3",
      "the logout token has expired",
      "Check both machines' clocks; clock-skew is what may differ."),
  LOGOUT_TOKEN_SUBJECT(
      1508,
      "OpenID Connect Back-Channel Logout section 2.6 rule 4",
      "the logout token does not say whose session it ends",
      "The provider must send sub, sid or both, each a text of 1 to 255 characters."),
  LOGOUT_TOKEN_EVENT(
      1509,
      "OpenID Connect Back-Channel Logout section 2.6 rule 5",
      "the token is not about a logout",
      "The claim events must have the member of a back-channel logout, with an object."),
  LOGOUT_TOKEN_NONCE(
      1510,
      "OpenID Connect Back-Channel Logout section 2.6 rule 6",
      "the logout token has a nonce, as only an ID token has",
      "An ID token was sent in place of a logout token."),
  LOGOUT_TOKEN_ID(
      1511,
      "OpenID Connect Back-Channel Logout section 2.4",
      "the logout token does not have a jti by which a second use could be noticed",
      "The provider must send jti, a text of 1 to 255 characters."),
  LOGOUT_TOKEN_REPLAYED(
      1512,
      "OpenID Connect Back-Channel Logout section 2.6 rule 7",
      "the logout token was received before",
      "A logout token works once; the first time it did what it says."),
  LOGOUT_STATE(
      1520,
      "OpenID Connect RP-Initiated Logout section 3",
      "the browser did not come back from the logout at the provider that it left for",
      "The provider did not repeat 'state', or somebody followed a link; the user is signed out"
          + " here in any case.");

  private final String code;
  private final String specification;
  private final String cause;
  private final String remedy;

  Violation(int number, String specification, String cause, String remedy) {
    this.code = "VEST" + number;
    this.specification = specification;
    this.cause = cause;
    this.remedy = remedy;
  }

  @Override
  public String code() {
    return code;
  }

  /** The section that states the rule. */
  public String specification() {
    return specification;
  }

  @Override
  public String cause() {
    return cause;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
