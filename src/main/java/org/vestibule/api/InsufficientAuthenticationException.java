package org.vestibule.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The caller was not authenticated as {@link RequiresAcr} asks for. An application lets it pass:
 * where it leaves the request, and nothing was sent yet, it is answered by sending the user back to
 * the provider. Caught, it is the application's to answer.
 */
public class InsufficientAuthenticationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String[] acrValues;
  private final @Nullable Duration maxAge;

  /**
   * @param acrValues the acceptable {@code acr}, preferred first; empty for any
   * @param maxAge how long ago at most the user may have been authenticated; empty for any time
   */
  public InsufficientAuthenticationException(List<String> acrValues, Optional<Duration> maxAge) {
    super("the caller has to be authenticated in another way, or more lately");
    this.acrValues = acrValues.toArray(String[]::new);
    this.maxAge = maxAge.orElse(null);
  }

  /** The acceptable {@code acr}, preferred first; empty for any. Unmodifiable. */
  public List<String> acrValues() {
    return List.of(acrValues);
  }

  /** How long ago at most the user may have been authenticated; empty for any time. */
  public Optional<Duration> maxAge() {
    return Optional.ofNullable(maxAge);
  }
}
