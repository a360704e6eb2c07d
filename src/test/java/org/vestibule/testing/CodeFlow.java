package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The client's half of the code flow, done by hand for the tests of the server. */
final class CodeFlow {

  /** RFC 7636 appendix B. */
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  static final String CLIENT_ID = "s6BhdRkqt3";
  static final String SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";
  static final String REDIRECT_URI = "https://client.example.com/cb";
  static final String STATE = "af0ifjsldkj";

  private final AuthorizationServer server;
  private final RawBrowser browser = new RawBrowser();

  CodeFlow(AuthorizationServer server) {
    this.server = server;
  }

  static FormData authorizationRequest() {
    return FormData.of(
        "response_type",
        "code",
        "client_id",
        CLIENT_ID,
        "redirect_uri",
        REDIRECT_URI,
        "scope",
        "openid",
        "state",
        STATE,
        "nonce",
        "n-0S6_WzA2Mj",
        "code_challenge",
        CHALLENGE,
        "code_challenge_method",
        "S256");
  }

  static FormData tokenRequest(String code) {
    return FormData.of(
        "grant_type", "authorization_code",
        "code", code,
        "redirect_uri", REDIRECT_URI,
        "code_verifier", VERIFIER);
  }

  static FormData refreshRequest(String refreshToken) {
    return FormData.of("grant_type", "refresh_token", "refresh_token", refreshToken);
  }

  RawResponse authorize(FormData request) {
    return browser.get(Urls.append(server.url(Endpoint.AUTHORIZATION), request));
  }

  String code() {
    String code = authorize(authorizationRequest()).locationQuery().get("code");
    if (code == null) {
      throw new AssertionError("no code");
    }
    return code;
  }

  RawResponse backChannel(Endpoint endpoint, FormData form) {
    return authenticated(endpoint).form(form).send();
  }

  RawRequest authenticated(Endpoint endpoint) {
    return browser
        .request("POST", server.url(endpoint))
        .header("Authorization", basic(CLIENT_ID, SECRET));
  }

  RawResponse token(FormData form) {
    return backChannel(Endpoint.TOKEN, form);
  }

  /** A whole login; the members of the token response as text. */
  Map<String, String> tokens() {
    return texts(token(tokenRequest(code())));
  }

  static Map<String, String> texts(RawResponse response) {
    Map<String, String> texts = new HashMap<>();
    response.json().forEach((name, value) -> texts.put(name, String.valueOf(value)));
    return texts;
  }

  RawResponse userInfo(String accessToken) {
    return browser
        .request("GET", server.url(Endpoint.USERINFO))
        .header("Authorization", "Bearer " + accessToken)
        .send();
  }

  static String basic(String clientId, String secret) {
    byte[] credentials =
        (FormData.encode(clientId) + ":" + FormData.encode(secret)).getBytes(UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(credentials);
  }
}
