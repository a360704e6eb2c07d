package org.vestibule.servers;

import java.util.function.Function;

/** The servers, how each is started, and what each is known to do. */
enum Product {
  KEYCLOAK(
      "Keycloak",
      Keycloak::start,
      new Facts(
          "client_secret_basic",
          "advertises S256, plain, checks it",
          "advertised, sent",
          "ID token, UserInfo",
          "the refresh token is replaced",
          "RP-initiated, revocation 200, refresh token dead, next login asks")),
  OIDC_PROVIDER(
      "oidc-provider",
      OidcProvider::start,
      new Facts(
          "client_secret_basic",
          "advertises S256, checks it",
          "advertised, sent",
          "ID token, UserInfo",
          "the refresh token is replaced",
          "RP-initiated, revocation 200, refresh token dead, next login asks")),
  SPRING_AUTHORIZATION_SERVER(
      "Spring Authorization Server",
      SpringAuthorizationServer::start,
      new Facts(
          "client_secret_basic",
          "advertises S256, checks it",
          "not sent",
          "ID token, UserInfo",
          "the refresh token is replaced",
          "RP-initiated, revocation 200, refresh token dead, next login asks")),
  MOCK_OAUTH2_SERVER(
      "mock-oauth2-server",
      MockOauth2Server::start,
      new Facts(
          "client_secret_basic",
          "advertises S256, plain, checks it",
          "not sent",
          "ID token, UserInfo",
          "the refresh token is replaced",
          "RP-initiated, revocation 200/400, refresh token dead, next login asks")),
  OPEN_LIBERTY(
      "Open Liberty",
      OpenLiberty::start,
      new Facts(
          "client_secret_basic",
          "advertises S256, plain, checks it",
          "not sent",
          "ID token, UserInfo",
          "the refresh token is replaced",
          "RP-initiated, revocation 200, refresh token dead, next login asks")),
  DJANGO_OAUTH_TOOLKIT(
      "Django OAuth Toolkit",
      DjangoOauthToolkit::start,
      new Facts(
          "client_secret_basic",
          "advertises nothing, checks it",
          "not sent",
          "ID token, UserInfo",
          "the refresh token is replaced",
          "local, revocation 200, refresh token dead, next login asks")),
  GLEWLWYD(
      "Glewlwyd",
      Glewlwyd::start,
      new Facts(
          "client_secret_basic",
          "advertises S256, checks it",
          "sent, not advertised",
          "ID token, UserInfo",
          "the refresh token is replaced",
          "RP-initiated, revocation 200, refresh token dead, next login asks")),
  LEMON_LDAP(
      "LemonLDAP::NG",
      LemonLdap::start,
      new Facts(
          "client_secret_basic",
          "advertises S256, plain, checks it",
          "not sent",
          "ID token, UserInfo",
          "the refresh token stays, not repeated",
          "RP-initiated, refresh token dead, next login asks"));

  private final String title;
  private final Function<String, RealServer> starter;
  private final Facts facts;

  Product(String title, Function<String, RealServer> starter, Facts facts) {
    this.title = title;
    this.starter = starter;
    this.facts = facts;
  }

  /** What people call it. */
  String title() {
    return title;
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param showcase the URL of its only client
   */
  RealServer start(String showcase) {
    return starter.apply(showcase);
  }

  /** What the version that is run is known to do. */
  Facts facts() {
    return facts;
  }
}
