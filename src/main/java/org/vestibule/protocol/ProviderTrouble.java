package org.vestibule.protocol;

/** What goes wrong at the provider, or on the way there: nobody's attack, somebody's outage. */
public enum ProviderTrouble implements Failure {
  UNREACHABLE(2001, "the provider cannot be reached", "Check its address, the network and proxy."),
  TIMEOUT(
      2002,
      "the provider did not answer in time",
      "Check the provider; connect-timeout and read-timeout say how long is waited."),
  TLS(
      2003,
      "the provider's certificate is not trusted",
      "Add its certificate authority to the server's trust store, or name one in"
          + " tls-trust-store-file."),
  ANSWER_TOO_LARGE(
      2004,
      "the provider's answer is larger than maximum-response-size",
      "Check the endpoint; raise maximum-response-size if the answer is honest."),
  REDIRECTED(
      2005,
      "the provider answered a back channel request with a redirection, which is never followed",
      "Set the endpoint to its final address."),
  UNEXPECTED_STATUS(
      2006, "the provider answered with an unexpected status", "Check the provider's own log."),
  UNEXPECTED_ANSWER(
      2007, "the provider's answer cannot be understood", "Check the endpoint's address."),
  CLIENT_REFUSED(
      2008,
      "the provider does not accept this client's credentials",
      "Check client-id, client-secret and client-authentication."),
  CODE_REFUSED(
      2009,
      "the provider does not accept the authorization code",
      "Start again; if it happens always, compare redirect-uri with the registered one and look"
          + " into the provider's log."),
  TOKEN_REFUSED(2010, "the provider refused to issue tokens", "Check the provider's own log."),
  REFRESH_REFUSED(
      2011,
      "the provider refused to refresh the tokens",
      "The user has to sign in again; sessions at the provider end sooner than here."),
  BUSY(
      2012,
      "too many requests wait for the provider already",
      "The provider is slow; the request can be repeated in a moment."),
  GROUPS_LEFT_OUT(
      2013,
      "the provider left the groups out because the user is in too many, so roles may be missing",
      "Assign application roles and set roles-claim=roles, or have the provider send only the groups"
          + " that are assigned to the application."),
  SHARED_STATE(
      2014,
      "what the nodes of the cluster have in common cannot be reached",
      "Check the engine that cluster-cache or cluster-data-source names. Until it answers nothing is"
          + " refreshed, and other nodes do not hear who was signed out."),
  USER_TOO_LARGE(
      2015,
      "what the provider says of the user is larger than maximum-session-size",
      "Have the provider send fewer groups or claims, or leave userinfo out of claims-from; raise"
          + " maximum-session-size if every server has the room.");

  private final String code;
  private final String cause;
  private final String remedy;

  ProviderTrouble(int number, String cause, String remedy) {
    this.code = "VEST" + number;
    this.cause = cause;
    this.remedy = remedy;
  }

  @Override
  public String code() {
    return code;
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
