package org.vestibule.protocol.token;

import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.CodeVerifier;
import org.vestibule.protocol.authorization.GrantedAuthorization;
import org.vestibule.protocol.authorization.PendingAuthorization;

/** Step D: what is sent to the token endpoint; one record per grant. */
public sealed interface TokenRequest {

  /** The form, without the client's authentication. */
  Parameters parameters();

  /** What the token is good for if the response does not say. */
  Scope requested();

  /** Whether the response has to bring an ID token. */
  boolean wantsIdToken();

  /**
   * {@code grant_type=authorization_code} (RFC 6749 section 4.1.3, RFC 7636 section 4.5).
   *
   * @param authorization the proof that the code may be redeemed
   */
  record AuthorizationCode(GrantedAuthorization authorization) implements TokenRequest {

    @Override
    public Parameters parameters() {
      PendingAuthorization pending = authorization.pending();
      return Parameters.empty()
          .with("grant_type", "authorization_code")
          .with("code", authorization.code().value())
          .with("redirect_uri", pending.redirectUri().toString())
          .with("code_verifier", pending.verifier().map(CodeVerifier::value).map(Secret::value));
    }

    @Override
    public Scope requested() {
      return authorization.pending().requested();
    }

    /** "REQUIRED" (OpenID Connect Core section 3.1.3.3) where the login is OpenID Connect. */
    @Override
    public boolean wantsIdToken() {
      return authorization.pending().nonce().isPresent();
    }
  }

  /**
   * {@code grant_type=refresh_token} (RFC 6749 section 6), for the scope that was granted before:
   * to ask for none is to ask for the same.
   *
   * @param granted the scope of the tokens to be refreshed
   */
  record RefreshToken(Secret refreshToken, Scope granted) implements TokenRequest {

    @Override
    public Parameters parameters() {
      return Parameters.empty()
          .with("grant_type", "refresh_token")
          .with("refresh_token", refreshToken.value());
    }

    @Override
    public Scope requested() {
      return granted;
    }

    /** "The response might not contain an id_token" (OpenID Connect Core section 12.2). */
    @Override
    public boolean wantsIdToken() {
      return false;
    }
  }
}
