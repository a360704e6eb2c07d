package org.vestibule.api;

/**
 * There is no access token to give. The message begins with the number under which the manual
 * explains it ({@code VESTnnnn}), says why and what to do, and holds nothing secret.
 */
public final class AccessTokenUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean loginRequired;

  /**
   * @param message number, cause and remedy
   * @param loginRequired whether a new login would help
   */
  public AccessTokenUnavailableException(String message, boolean loginRequired) {
    super(message);
    this.loginRequired = loginRequired;
  }

  /**
   * Whether the user has to sign in again. If not, the provider is in trouble and the same call can
   * succeed later.
   */
  public boolean isLoginRequired() {
    return loginRequired;
  }
}
