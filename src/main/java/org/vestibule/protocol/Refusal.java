package org.vestibule.protocol;

/**
 * A no that is neither an attack nor an outage: somebody decided so, or something is not set up.
 */
public enum Refusal implements Failure {
  ACCESS_DENIED(
      4001, "the user or the provider denied access", "Nothing to do; the user may try again."),
  AUTHORIZATION_REFUSED(
      4002,
      "the provider refused the authorization request",
      "The error code tells why; compare the request with the client's registration."),
  PROVIDER_UNAVAILABLE(
      4003,
      "the provider says that it cannot serve the authorization request now",
      "Check the provider."),
  NOT_CONFIGURED(
      4004,
      "the configuration has problems and nobody can sign in",
      "The log lists them all, each with its remedy, at the start of the application."),
  PUBLIC_URL_UNKNOWN(
      4005,
      "the address under which browsers reach this application is not configured",
      "A host name from a request is never trusted with an authorization code."),
  PROVIDER_UNKNOWN(
      4006, "there is no such provider", "The setting providers lists those that exist."),
  PATH_REFUSED(
      4007,
      "the request's path can be read in more than one way",
      "Path parameters, backslashes, empty and dot segments are refused."),
  TOKEN_MISSING(
      4008,
      "the request does not carry the csrf_token of the session",
      "Use the form of the logout page, or the csrf_token of the session JSON."),
  METHOD_NOT_ALLOWED(4009, "the method is not allowed here", "See the manual for the endpoint."),
  NOT_SIGNED_IN(4010, "nobody is signed in", "Sign in first."),
  NO_REFRESH_TOKEN(
      4011,
      "the access token cannot be renewed because the provider gave no refresh token",
      "Ask for one: many providers want the scope offline_access."),
  UNEXPECTED(
      4012, "something went wrong that should not", "The log has the details; please report them."),
  PAGE_FAILED(
      4013,
      "the application's own page could not be shown, and the built-in one was",
      "Mend the page, or the setting that names it."),
  FORM_UNREADABLE(
      4014,
      "a form that was kept for after the login cannot be sent",
      "It is kept for an hour, for one browser and one address, and sent from its own page only."),
  FORM_SENT(
      4015,
      "a form that was kept for after the login was sent already",
      "Nothing to do; somebody pressed the button twice or loaded its answer again."),
  ROLE_MISSING(
      4016,
      "the caller has none of the roles that the path's rule names",
      "Give the user one of them at the provider; roles-claim says where roles are looked for."),
  SCOPE_INSUFFICIENT(
      4017,
      "the caller's access token does not have the scope that the path's rule names",
      "Ask for it with the setting scope, and let the provider grant it."),
  AUTHENTICATION_CONTRADICTORY(
      4018,
      "the path's rule and @RequiresAcr have no acr value in common",
      "Nobody can meet both: name in acr-values what the annotation accepts too."),
  ADDRESS_DIFFERS(
      4019,
      "browsers use another host than the redirection URI, and would come back without their cookie",
      "Have users and links use the host of public-url; if a proxy changes the header Host, let it"
          + " keep it."),
  REFRESH_OFF(
      4020,
      "the access token cannot be renewed because the setting refresh is off",
      "The user has to sign in again for a new one, or set refresh=auto."),
  LOGOUT_UNATTRIBUTED(
      4021,
      "the front-channel logout does not name a provider that is configured and a session there",
      "Register the address at the provider with frontchannel_logout_session_required."),
  SECOND_PROVIDER(
      4029,
      "somebody who is signed in by one provider was to sign in at another",
      "They have to sign out first, since second-provider is refuse."),
  ROLES_UNAVAILABLE(
      4030,
      "the application could not tell which roles the user has",
      "A RolesContributor of the application failed; the log has its exception at level FINE."),
  SESSION_COOKIE_TWICE(
      4031,
      "the browser sends two session cookies of one name, and the session of the one that the server"
          + " took is not known to be its own",
      "Give the session cookie of the application a name of its own in web.xml, with the prefix"
          + " __Host- under https, so that no neighbour can set another; the user may sign in"
          + " again."),
  SESSION_LOST(
      4032,
      "somebody signed in twice within a minute, and each time their session was gone when they came"
          + " to their page",
      "A browser that sends no session cookie refuses it (Secure over http, another host, blocked"
          + " cookies); a session that the server does not have is on another node, or was ended by"
          + " the application, or its cookie is another application's.");

  private final String code;
  private final String cause;
  private final String remedy;

  Refusal(int number, String cause, String remedy) {
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
