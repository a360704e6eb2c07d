package org.vestibule.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A login cannot go on. The message is what the log shows: number, cause, the facts that differ,
 * and the remedy. It holds nothing secret, and nothing from outside that was not cleaned.
 */
public final class LoginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private static final int LONGEST_DETAIL = 400;

  private final transient Failure failure;
  private final transient String detail;

  public LoginException(Failure failure) {
    this(failure, "", null);
  }

  /**
   * @param detail what was found, such as {@code expected "…" but was "…"}; may be empty
   */
  public LoginException(Failure failure, String detail) {
    this(failure, detail, null);
  }

  public LoginException(Failure failure, String detail, @Nullable Throwable cause) {
    super(message(failure, printable(detail)), cause);
    this.failure = failure;
    this.detail = printable(detail);
  }

  /** A comparison that failed, with both sides as data. Neither may be secret. */
  public static LoginException differs(Failure failure, Object expected, @Nullable Object actual) {
    return new LoginException(failure, "expected \"" + expected + "\" but was \"" + actual + "\"");
  }

  public Failure failure() {
    return failure;
  }

  /** What was found, on one line; may be empty. */
  public String detail() {
    return detail;
  }

  private static String message(Failure failure, String detail) {
    return failure.code()
        + ": "
        + failure.cause()
        + (detail.isEmpty() ? "" : " (" + detail + ")")
        + ". "
        + failure.remedy();
  }

  /** One line of bounded length, whatever a provider or a browser sent. */
  private static String printable(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints()
        .limit(LONGEST_DETAIL)
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? '?' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }
}
