package org.vestibule.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.vestibule.showcase.ShowcaseServer;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;

/** A login, two refreshes and a logout of alice, seen from the browser and from the wire. */
final class Flow {

  private static final String CODE = "authorization_code";
  private static final String REFRESH = "refresh_token";
  private static final int OK = 200;

  /** RFC 7636 appendix B. */
  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  private final RealServer server;
  private final ShowcaseServer showcase;
  private final Wire wire;
  private final Map<String, Object> metadata;
  private final Visitor alice;

  Flow(RealServer server, ShowcaseServer showcase, Wire wire) {
    this.server = server;
    this.showcase = showcase;
    this.wire = wire;
    this.metadata = server.metadata();
    this.alice = Visitor.at(showcase);
  }

  /** All of it; fails where the showcase does not do what it has to. */
  Facts run() {
    String pkce = pkce();
    signIn();
    String iss = iss();
    String identity = identity();
    String refresh = refresh();
    return new Facts(authentication(), pkce, iss, identity, refresh, signOut());
  }

  private void signIn() {
    RawResponse page = server.signIn(alice, alice.open(Visitor.PROTECTED + "?from=mail%20one"));
    assertThat(page.url()).isEqualTo(showcase.url(Visitor.PROTECTED + "?from=mail%20one"));
    assertThat(page.status()).isEqualTo(OK);
    FormData request = alice.redirectionTo(endpoint("authorization_endpoint"));
    assertThat(request.get("code_challenge_method")).isEqualTo("S256");
    assertThat(request.get("state")).isNotEmpty();
    assertThat(request.get("nonce")).isNotEmpty();
    Message redeemed = lastTokenRequest(CODE);
    assertThat(redeemed.form().get("code_verifier")).hasSize(43);
    assertSessionIsOfAlice(redeemed);
  }

  private void assertSessionIsOfAlice(Message redeemed) {
    Map<String, Object> session = alice.session();
    assertThat(session).containsEntry("authenticated", true).containsKey("name");
    Map<?, ?> claims = (Map<?, ?>) session.get("claims");
    assertThat(claims.get("iss")).isEqualTo(server.issuer());
    assertThat((String) claims.get("sub")).isNotEmpty();
    for (String token : List.of("access_token", REFRESH, "id_token")) {
      String secret = Objects.toString(redeemed.member(token), "");
      assertThat(secret).as(token).isNotEmpty();
      assertThat(session.toString().contains(secret)).as("%s is shown", token).isFalse();
    }
  }

  private String authentication() {
    Message request = lastTokenRequest(CODE);
    return request.authorization().startsWith("Basic ")
        ? "client_secret_basic"
        : request.form().has("client_secret") ? "client_secret_post" : "none";
  }

  private String pkce() {
    String advertised =
        metadata.get("code_challenge_methods_supported") instanceof List<?> methods
            ? String.join(", ", methods.stream().map(Object::toString).sorted().toList())
            : "nothing";
    assertThat(isRedeemedWith(VERIFIER)).isTrue();
    return "advertises "
        + advertised
        + (isRedeemedWith(VERIFIER.replace('d', 'e')) ? ", ignores it" : ", checks it");
  }

  /** Redeems a code by hand, for a request of the showcase with a challenge that is known. */
  private boolean isRedeemedWith(String verifier) {
    Visitor other = Visitor.whoKeepsAnswers(showcase);
    String request =
        other.challenge().replaceFirst("code_challenge=[^&]+", "code_challenge=" + CHALLENGE);
    RawResponse answer = server.signIn(other, other.follow(other.browser().get(request)));
    FormData redemption =
        FormData.of(
            "grant_type",
            CODE,
            "code",
            Objects.requireNonNull(answer.locationQuery().get("code")),
            "redirect_uri",
            showcase.url("/oauth/callback"),
            "code_verifier",
            verifier);
    return tokenRequest(redemption).status() == OK;
  }

  private String iss() {
    boolean advertised =
        Boolean.TRUE.equals(metadata.get("authorization_response_iss_parameter_supported"));
    String sent = alice.redirectionTo(showcase.url("/oauth/callback")).get("iss");
    assertThat(sent == null || sent.equals(server.issuer())).as("iss").isTrue();
    return sent == null ? "not sent" : advertised ? "advertised, sent" : "sent, not advertised";
  }

  private String identity() {
    List<Message> userInfo = wire.to(endpoint("userinfo_endpoint"));
    boolean read = userInfo.stream().anyMatch(message -> message.status() == OK);
    return read ? "ID token, UserInfo" : "ID token";
  }

  /** Twice, so that what the first one brought is used as well. */
  private String refresh() {
    for (int i = 0; i < 2; i++) {
      RawResponse answer = alice.refresh();
      assertThat(answer.status()).as("%s", answer.body()).isEqualTo(OK);
    }
    List<Message> refreshes = wire.tokenRequests(REFRESH);
    assertThat(refreshes).extracting(Message::status).containsExactly(OK, OK);
    Object before = lastTokenRequest(CODE).member("access_token");
    assertThat(refreshes).extracting(message -> message.member("access_token")).isNotEmpty();
    assertThat(refreshes.get(1).member("access_token"))
        .isNotEqualTo(refreshes.get(0).member("access_token"))
        .isNotEqualTo(before);
    assertThat(refreshes.get(0).form().get(REFRESH))
        .isEqualTo(lastTokenRequest(CODE).member(REFRESH));
    assertThat(alice.isSignedIn()).isTrue();
    Object brought = refreshes.get(0).member(REFRESH);
    if (brought == null) {
      assertThat(refreshes.get(1).form().get(REFRESH))
          .isEqualTo(refreshes.get(0).form().get(REFRESH));
      return "the refresh token stays, not repeated";
    }
    assertThat(refreshes.get(1).form().get(REFRESH)).isEqualTo(brought);
    return brought.equals(refreshes.get(0).form().get(REFRESH))
        ? "the refresh token stays"
        : "the refresh token is replaced";
  }

  private String signOut() {
    FormData last =
        FormData.of(
            "grant_type",
            REFRESH,
            REFRESH,
            Objects.toString(
                Objects.requireNonNullElse(
                    lastTokenRequest(REFRESH).member(REFRESH),
                    lastTokenRequest(REFRESH).form().get(REFRESH))));
    RawResponse page = alice.signOut();
    boolean there =
        metadata.containsKey("end_session_endpoint")
            && alice.wasLedTo(endpoint("end_session_endpoint"));
    page = there ? server.signOut(alice, page) : page;
    assertThat(page.url()).startsWith(showcase.url("/oauth/logged-out"));
    assertThat(page.status()).isEqualTo(OK);
    assertThat(alice.isSignedIn()).isFalse();
    return (there ? "RP-initiated" : "local") + revocation() + after(last);
  }

  private String revocation() {
    List<Message> revocations =
        wire.to(
            server
                .settings()
                .getOrDefault(
                    "revocation-endpoint", Objects.toString(metadata.get("revocation_endpoint"))));
    return revocations.isEmpty()
        ? ""
        : ", revocation "
            + String.join("/", revocations.stream().map(m -> "" + m.status()).distinct().toList());
  }

  private String after(FormData refresh) {
    boolean dead = tokenRequest(refresh).status() != OK;
    RawResponse next = alice.open(Visitor.PROTECTED);
    boolean silent = next.url().startsWith(showcase.url("/"));
    return (dead ? ", refresh token dead" : ", refresh token lives")
        + (silent ? ", next login without asking" : ", next login asks");
  }

  private RawResponse tokenRequest(FormData form) {
    String secret = RealServer.CLIENT_ID + ":" + RealServer.CLIENT_SECRET;
    RawRequest request =
        new RawBrowser()
            .request("POST", endpoint("token_endpoint"))
            .header(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(secret.getBytes(UTF_8)));
    return request.header("Accept", "application/json").form(form).send();
  }

  private Message lastTokenRequest(String grant) {
    List<Message> requests = wire.tokenRequests(grant);
    assertThat(requests).as("requests with %s", grant).isNotEmpty();
    return requests.get(requests.size() - 1);
  }

  private String endpoint(String name) {
    return Objects.toString(
        server.settings().getOrDefault(name.replace('_', '-'), (String) metadata.get(name)));
  }
}
