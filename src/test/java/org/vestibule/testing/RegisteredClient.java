package org.vestibule.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client known to the server (RFC 6749 section 2).
 *
 * @param secret null for a client without one
 * @param keys the JWK set that a client with keys of its own publishes, read for each request
 * @param authentication the only way in which this client may authenticate
 * @param redirectUris where responses may go, compared as strings; if there is none, any absolute
 *     URI without fragment is taken, and the token request must still repeat it exactly
 * @param postLogoutRedirectUris likewise for RP-initiated logout
 */
public record RegisteredClient(
    String clientId,
    @Nullable String secret,
    @Nullable Supplier<String> keys,
    Authentication authentication,
    List<String> redirectUris,
    List<String> postLogoutRedirectUris) {

  /** The client authentication methods of RFC 7591 section 2. */
  public enum Authentication {
    CLIENT_SECRET_BASIC("client_secret_basic"),
    CLIENT_SECRET_POST("client_secret_post"),
    PRIVATE_KEY_JWT("private_key_jwt"),
    NONE("none");

    private final String registeredName;

    Authentication(String registeredName) {
      this.registeredName = registeredName;
    }

    /** The name in the registry. */
    public String registeredName() {
      return registeredName;
    }
  }

  public RegisteredClient {
    redirectUris = List.copyOf(redirectUris);
    postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
  }

  /** A client with a secret, which authenticates by {@code client_secret_basic}. */
  public static RegisteredClient confidential(String clientId, String secret) {
    return new RegisteredClient(
        clientId, secret, null, Authentication.CLIENT_SECRET_BASIC, List.of(), List.of());
  }

  /** A client without a secret. */
  public static RegisteredClient publicClient(String clientId) {
    return new RegisteredClient(clientId, null, null, Authentication.NONE, List.of(), List.of());
  }

  /** A client that signs assertions with keys of its own ({@code private_key_jwt}). */
  public static RegisteredClient withKeys(String clientId, Supplier<String> jwkSet) {
    return new RegisteredClient(
        clientId, null, jwkSet, Authentication.PRIVATE_KEY_JWT, List.of(), List.of());
  }

  /** With another way to authenticate. */
  public RegisteredClient authenticatingBy(Authentication method) {
    return new RegisteredClient(
        clientId, secret, keys, method, redirectUris, postLogoutRedirectUris);
  }

  /** With more redirection URIs. */
  public RegisteredClient redirectingTo(String... uris) {
    return new RegisteredClient(
        clientId, secret, keys, authentication, joined(redirectUris, uris), postLogoutRedirectUris);
  }

  /** With more URIs to come back to after logout. */
  public RegisteredClient landingOn(String... uris) {
    return new RegisteredClient(
        clientId, secret, keys, authentication, redirectUris, joined(postLogoutRedirectUris, uris));
  }

  boolean mayRedirectTo(String uri) {
    return redirectUris.isEmpty() ? isPlainAbsoluteUri(uri) : redirectUris.contains(uri);
  }

  boolean mayLandOn(String uri) {
    return postLogoutRedirectUris.isEmpty()
        ? isPlainAbsoluteUri(uri)
        : postLogoutRedirectUris.contains(uri);
  }

  private static boolean isPlainAbsoluteUri(String uri) {
    return uri.matches("[A-Za-z][A-Za-z0-9+.-]*:[^#\\s]+");
  }

  private static List<String> joined(List<String> some, String... more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "client " + clientId;
  }
}
