package org.vestibule.protocol.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;

/**
 * How the client authenticates at the token endpoint (RFC 6749 section 2.3), by the names of the
 * registry "OAuth Token Endpoint Authentication Methods". "The client MUST NOT use more than one
 * authentication method in each request."
 */
public enum ClientAuthenticationMethod {
  /**
   * HTTP Basic with client identifier and secret, each form-urlencoded first (section 2.3.1): a
   * secret with a colon, a plus or a letter outside ASCII arrives as it was given.
   */
  CLIENT_SECRET_BASIC("client_secret_basic", true) {
    @Override
    public AuthenticatedForm authenticate(ClientCredentials client, Parameters form) {
      String pair =
          Parameters.encode(client.clientId()) + ":" + Parameters.encode(secret(client).value());
      String credentials = Base64.getEncoder().encodeToString(pair.getBytes(US_ASCII));
      return new AuthenticatedForm(form, Optional.of(Secret.of("Basic " + credentials)));
    }
  },
  /** Identifier and secret in the body (section 2.3.1), where Basic cannot be had. */
  CLIENT_SECRET_POST("client_secret_post", true) {
    @Override
    public AuthenticatedForm authenticate(ClientCredentials client, Parameters form) {
      return new AuthenticatedForm(
          form.with("client_id", client.clientId()).with("client_secret", secret(client).value()),
          Optional.empty());
    }
  },
  /** An assertion that is signed with the secret, in place of it (RFC 7523 section 2.2). */
  CLIENT_SECRET_JWT("client_secret_jwt", true) {
    @Override
    public AuthenticatedForm authenticate(ClientCredentials client, Parameters form) {
      return asserted(client, form);
    }
  },
  /** An assertion that is signed with the client's own key (RFC 7523 section 2.2). */
  PRIVATE_KEY_JWT("private_key_jwt", false) {
    @Override
    public AuthenticatedForm authenticate(ClientCredentials client, Parameters form) {
      return asserted(client, form);
    }
  },
  /** A public client, which only says who it is (section 3.2.1). */
  NONE("none", false) {
    @Override
    public AuthenticatedForm authenticate(ClientCredentials client, Parameters form) {
      return new AuthenticatedForm(form.with("client_id", client.clientId()), Optional.empty());
    }
  };

  private static final String JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final String registeredName;
  private final boolean needsSecret;

  ClientAuthenticationMethod(String registeredName, boolean needsSecret) {
    this.registeredName = registeredName;
    this.needsSecret = needsSecret;
  }

  /**
   * The request's form and header with the client's authentication added.
   *
   * @param client with the assertion in place of the secret where the method sends one
   */
  public abstract AuthenticatedForm authenticate(ClientCredentials client, Parameters form);

  public String registeredName() {
    return registeredName;
  }

  public boolean needsSecret() {
    return needsSecret;
  }

  public static Optional<ClientAuthenticationMethod> named(String registeredName) {
    return Arrays.stream(values())
        .filter(method -> method.registeredName.equals(registeredName))
        .findFirst();
  }

  /**
   * The method for a client that did not choose: Basic, which every server has to support (section
   * 2.3.1), unless the metadata leave it out.
   *
   * @param supported {@code token_endpoint_auth_methods_supported}; empty if not announced
   */
  public static ClientAuthenticationMethod choose(ClientCredentials client, Set<String> supported) {
    if (client.clientSecret().isEmpty()) {
      return NONE;
    }
    boolean onlyPost =
        !supported.contains(CLIENT_SECRET_BASIC.registeredName)
            && supported.contains(CLIENT_SECRET_POST.registeredName);
    return onlyPost ? CLIENT_SECRET_POST : CLIENT_SECRET_BASIC;
  }

  private static AuthenticatedForm asserted(ClientCredentials client, Parameters form) {
    return new AuthenticatedForm(
        form.with("client_id", client.clientId())
            .with("client_assertion_type", JWT_BEARER)
            .with("client_assertion", secret(client).value()),
        Optional.empty());
  }

  private static Secret secret(ClientCredentials client) {
    return client
        .clientSecret()
        .orElseThrow(() -> new IllegalStateException("checked when the settings were read"));
  }
}
