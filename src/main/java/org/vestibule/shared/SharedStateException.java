package org.vestibule.shared;

/** The engine that the nodes have in common does not answer, or cannot be used as it is set up. */
public final class SharedStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param asked what was asked, without anything secret; of the cause only its kind is said, as
   *     its message can be anything
   */
  public SharedStateException(String asked, Throwable cause) {
    super(asked + ": " + cause.getClass().getName(), cause);
  }
}
