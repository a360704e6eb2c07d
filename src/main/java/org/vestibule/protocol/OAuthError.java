package org.vestibule.protocol;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an authorization server says when it says no (RFC 6749 sections 4.1.2.1 and 5.2).
 *
 * <p>The words come from outside, possibly from an attacker by way of the browser. They are cut and
 * cleaned to the characters that the RFC allows before anything else sees them, so that they can be
 * logged; they are never shown to a user.
 *
 * @param error a code such as {@code access_denied}; never empty
 * @param description a sentence for developers, if there was one
 */
public record OAuthError(String error, Optional<String> description) {

  /** A long run of the characters that tokens are made of, with a digit or in mixed case. */
  private static final Pattern TOKEN_LIKE =
      Pattern.compile("(?=[\\w.~+=-]*(?:\\d|[a-z][A-Z]|[A-Z][a-z]))[\\w.~+=-]{16,}");

  /** The words of different providers for a user who said no. */
  private static final Set<String> DENIALS =
      Set.of("access_denied", "user_cancelled_login", "user_cancelled_authorize");

  private static final int LONGEST_CODE = 80;
  private static final int LONGEST_DESCRIPTION = 300;

  public OAuthError {
    error = withoutTokens(clean(error, LONGEST_CODE));
    if (error.isEmpty()) {
      error = "unknown";
    }
    description = description.map(text -> withoutTokens(clean(text, LONGEST_DESCRIPTION)));
  }

  public static OAuthError of(String error) {
    return new OAuthError(error, Optional.empty());
  }

  public boolean is(String code) {
    return error.equals(code);
  }

  /** Whether the user said no, at the authorization endpoint. */
  public boolean isDenial() {
    return DENIALS.contains(error);
  }

  /** Some servers quote the code, the verifier or the refresh token in what they complain about. */
  private static String withoutTokens(String text) {
    return TOKEN_LIKE.matcher(text).replaceAll("***");
  }

  /** Keeps %x20-21 / %x23-5B / %x5D-7E, the characters of RFC 6749 appendix A.7 and A.8. */
  private static String clean(String text, int longest) {
    StringBuilder clean = new StringBuilder(Math.min(text.length(), longest));
    for (int i = 0; i < text.length() && clean.length() < longest; i++) {
      char c = text.charAt(i);
      clean.append(c < 0x20 || c > 0x7e || c == '"' || c == '\\' ? '?' : c);
    }
    return clean.toString();
  }

  @Override
  public String toString() {
    return description.map(text -> error + " (" + text + ")").orElse(error);
  }
}
