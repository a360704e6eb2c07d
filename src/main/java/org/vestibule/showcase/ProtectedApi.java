package org.vestibule.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletResponse;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.vestibule.api.Caller;

/**
 * A protected API that the caller's access token opens.
 *
 * <p>Which one: the setting {@code showcase.api-url}; without it the UserInfo endpoint of the
 * issuer that signed the caller in, an API that every access token with the scope {@code openid}
 * opens (OpenID Connect Core section 5.3); for GitHub, which has no issuer, its user endpoint.
 * There is no other guess: a token must never go to somebody it was not issued for.
 *
 * <p>Thread-safe.
 */
final class ProtectedApi {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final BoundedHttpClient http;
  private final Config config;

  ProtectedApi(BoundedHttpClient http, Config config) {
    this.http = http;
    this.config = config;
  }

  /**
   * What the API said.
   *
   * @param status its HTTP status, whatever it is
   * @param body JSON; a string if it was something else
   */
  record Answer(int status, URI address, JsonValue body) {}

  /**
   * Calls the API. Waits for it, and before it for the discovery document, no longer than {@link
   * BoundedHttpClient} does for each.
   *
   * @throws ApiUnavailableException there is no API to call, or it gave no answer
   * @throws org.vestibule.api.AccessTokenUnavailableException there is no access token to call it
   *     with
   */
  Answer call(Caller caller) throws ApiUnavailableException {
    URI address = address(caller);
    String accessToken = caller.accessToken();
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + accessToken)
            .header("Accept", "application/json")
            .build();
    HttpResponse<byte[]> response = http.send(request);
    // An API may echo what it was sent.
    String text = new String(response.body(), UTF_8).replace(accessToken, "(the access token)");
    return new Answer(response.statusCode(), address, jsonOrString(text));
  }

  /** Where the token will be sent. */
  URI address(Caller caller) throws ApiUnavailableException {
    Optional<String> configured = config.getOptionalValue("showcase.api-url", String.class);
    if (configured.isPresent()) {
      return secure(configured.get(), "The setting showcase.api-url");
    }
    if (caller.claims().get("iss") instanceof String issuer) {
      return userInfoEndpoint(issuer);
    }
    if (isGitHub(caller)) {
      return URI.create("https://api.github.com/user");
    }
    throw new ApiUnavailableException(
        HttpServletResponse.SC_NOT_FOUND,
        "The provider has no issuer, so no API is known that your access token opens. Name one"
            + " with the setting showcase.api-url.");
  }

  private boolean isGitHub(Caller caller) {
    return caller.provider().equals("github")
        || config
            .getOptionalValue("oauth.preset", String.class)
            .filter("github"::equals)
            .isPresent();
  }

  /** OpenID Connect Discovery sections 4.1 and 4.3. */
  private URI userInfoEndpoint(String issuer) throws ApiUnavailableException {
    String withoutSlash = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
    URI document =
        secure(withoutSlash + "/.well-known/openid-configuration", "The discovery document");
    HttpResponse<byte[]> response =
        http.send(HttpRequest.newBuilder(document).header("Accept", "application/json").build());
    if (response.statusCode() == HttpServletResponse.SC_OK
        && jsonOrString(new String(response.body(), UTF_8)) instanceof JsonObject metadata
        && metadata.get("issuer") instanceof JsonString named
        && named.getString().equals(issuer)
        && metadata.get("userinfo_endpoint") instanceof JsonString endpoint) {
      return secure(endpoint.getString(), "The UserInfo endpoint");
    }
    throw new ApiUnavailableException(
        HttpServletResponse.SC_BAD_GATEWAY,
        "The discovery document " + document + " names no UserInfo endpoint of this issuer.");
  }

  /** A token travels over TLS, or does not leave the machine (RFC 6750 section 5.3). */
  private static URI secure(String address, String what) throws ApiUnavailableException {
    try {
      URI uri = new URI(address);
      if (uri.getHost() != null
          && ("https".equalsIgnoreCase(uri.getScheme())
              || ("http".equalsIgnoreCase(uri.getScheme()) && LOOPBACK.contains(uri.getHost())))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Not an address at all, which is the same to whoever has to correct it.
    }
    throw new ApiUnavailableException(
        HttpServletResponse.SC_BAD_GATEWAY,
        what + " is not an https address, and http is for loopback only.");
  }

  private static JsonValue jsonOrString(String text) {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      return Json.createValue(text);
    }
  }
}
