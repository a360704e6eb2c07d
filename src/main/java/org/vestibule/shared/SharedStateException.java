package org.vestibule.shared;

/** The engine that the nodes have in common does not answer, or cannot be used as it is set up. */
public final class SharedStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what was tried, without anything secret
   */
  public SharedStateException(String message, Throwable cause) {
    super(message, cause);
  }
}
