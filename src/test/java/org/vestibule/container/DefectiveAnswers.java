package org.vestibule.container;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.JwsAlgorithm;
import org.vestibule.testing.SigningKey;

/** What a provider may answer a code with that must sign nobody in, each by its name. */
final class DefectiveAnswers {

  /** A key of the right kind that the provider does not have. */
  static final SigningKey FOREIGN = SigningKey.create(JwsAlgorithm.RS256);

  private static final long HOUR = 3_600;

  private final Map<String, Consumer<AuthorizationServer>> all = new LinkedHashMap<>();

  private DefectiveAnswers() {}

  /** Those of the token endpoint. */
  static Map<String, Consumer<AuthorizationServer>> tokens() {
    DefectiveAnswers answers = new DefectiveAnswers();
    answers.withClaims();
    answers.withTimes();
    answers.withSignatures();
    answers.withMembers();
    answers.withOtherAnswers();
    return answers.all;
  }

  /** Those of the UserInfo endpoint. */
  static Map<String, Consumer<AuthorizationServer>> userInfo() {
    DefectiveAnswers answers = new DefectiveAnswers();
    answers.withUserInfo();
    return answers.all;
  }

  /** The provider is itself again. */
  static void none(AuthorizationServer provider) {
    provider.idTokenClaims(claims -> {});
    provider.idTokenSigner(IdTokenSigner.correct());
    provider.tokenResponse(response -> {});
    provider.userInfo(claims -> {});
    provider.on(Endpoint.TOKEN).regular();
    provider.on(Endpoint.USERINFO).regular();
    provider.on(Endpoint.REVOCATION).regular();
  }

  private void claims(String name, Consumer<Map<String, Object>> change) {
    all.put(name, provider -> provider.idTokenClaims(change));
  }

  private void claim(String name, Object... values) {
    claims("no " + name, claims -> claims.remove(name));
    for (Object value : values) {
      claims(name + " " + value, claims -> claims.put(name, value));
    }
  }

  private void withClaims() {
    claim("iss", "https://evil.example", 7L);
    all.put(
        "iss with a slash",
        provider -> provider.idTokenClaims(c -> c.put("iss", provider.issuer() + "/")));
    claim("aud", "other", List.of("other"), List.of(Application.CLIENT_ID, "other"));
    claim("sub", "", 7L, "x".repeat(256), List.of("248289761001"));
    claim("nonce", "n-0S6_WzA2Mj", List.of("n"), "");
    claims("azp", claims -> claims.put("azp", "other"));
    claims("at_hash", claims -> claims.put("at_hash", "77QmUPtjPfzWtF2AnpK9RQ"));
    claims(
        "a logout token",
        claims ->
            claims.put(
                "events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())));
    claims("a megabyte", claims -> claims.put("photo", "x".repeat(1_000_000)));
  }

  private void withTimes() {
    long now = Instant.now().getEpochSecond();
    claim("exp", now - HOUR, "soon");
    claim("iat", now - 7 * 24 * HOUR, now + HOUR, "now");
    claims("nbf", claims -> claims.put("nbf", now + HOUR));
  }

  private void signed(String name, IdTokenSigner signer) {
    all.put(name, provider -> provider.idTokenSigner(signer));
  }

  private void withSignatures() {
    for (String algorithm : List.of("none", "None", "nOnE", "", "RS256")) {
      signed("unsigned " + algorithm, IdTokenSigner.unsigned(algorithm));
    }
    signed("the public key as a secret", IdTokenSigner.hs256(SigningKey::publicKeyPem));
    signed("another's key by this one's name", IdTokenSigner.foreign(FOREIGN));
    signed("another's key", IdTokenSigner.with(FOREIGN));
    signed("no alg", IdTokenSigner.header(header -> header.remove("alg")));
    signed("crit", IdTokenSigner.header(header -> header.put("crit", List.of("exp"))));
    signed("an access token", IdTokenSigner.header(header -> header.put("typ", "at+jwt")));
    signed("a bit", IdTokenSigner.spoilt(token -> token.replaceFirst(".{9}$", "AAAAAAAAA")));
    signed("five parts", IdTokenSigner.spoilt(token -> token + ".AAAA.AAAA"));
    signed("text", IdTokenSigner.raw("not a token"));
    signed("nothing", IdTokenSigner.raw(""));
    signed(
        "a key that came along",
        (claims, key) ->
            IdTokenSigner.header(
                    header -> {
                      header.put("kid", FOREIGN.kid());
                      header.put("jwk", FOREIGN.publicJwk());
                    })
                .sign(claims, FOREIGN));
  }

  private void members(String name, Consumer<Map<String, Object>> change) {
    all.put(name, provider -> provider.tokenResponse(change));
  }

  private void withMembers() {
    for (String name : List.of("id_token", "access_token", "token_type")) {
      members("without " + name, response -> response.remove(name));
      members(name + " a number", response -> response.put(name, 7L));
    }
    members("DPoP", response -> response.put("token_type", "DPoP"));
    members("mac", response -> response.put("token_type", "mac"));
    members("expires_in", response -> response.put("expires_in", "soon"));
    members("an error beside tokens", response -> response.put("error", "invalid_grant"));
    members("an injected token", response -> response.put("access_token", "injected"));
  }

  private void answers(String name, UnaryOperator<Answer> change) {
    all.put(
        name,
        provider ->
            provider.on(Endpoint.TOKEN).once((request, regular) -> change.apply(regular.get())));
  }

  private void withOtherAnswers() {
    for (int status : List.of(201, 206, 400, 500)) {
      answers("tokens with " + status, regular -> regular.withStatus(status));
    }
    answers("a page", regular -> regular.withContentType("text/html"));
    answers("a list", regular -> regular.withBody("[" + regular.text() + "]"));
    answers("half of it", regular -> regular.withBody(regular.text().substring(0, 40)));
    answers("twice", regular -> regular.withBody(regular.text() + regular.text()));
    answers(
        "a member twice",
        regular -> regular.withBody(regular.text().replaceFirst("^\\{", "{\"id_token\":\"x\",")));
    answers("deep", regular -> regular.withBody("{\"a\":".repeat(100_000)));
    answers("a byte order mark", regular -> regular.withBody("\ufeff" + regular.text()));
    answers("nothing at all", regular -> regular.withBody(""));
    answers("a lost connection", regular -> Answer.dropped());
  }

  private void withUserInfo() {
    for (Object sub : List.of("248289761002", 7L, "")) {
      all.put(
          "UserInfo about " + sub, provider -> provider.userInfo(claims -> claims.put("sub", sub)));
    }
    all.put("UserInfo about nobody", provider -> provider.userInfo(claims -> claims.remove("sub")));
    for (Answer answer :
        List.of(
            Answer.json(200, "[{\"sub\":\"248289761001\"}]"),
            Answer.empty(401),
            Answer.html(200, "<html><script>alert(1)</script></html>"),
            Answer.of(200, "application/jwt", "eyJhbGciOiJub25lIn0.e30."))) {
      all.put("UserInfo " + answer, provider -> provider.on(Endpoint.USERINFO).once(answer));
    }
  }
}
