package org.vestibule.showcase;

/** The API could not be asked, or gave no answer that can be shown. */
final class ApiUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status that tells our own caller whose trouble it is
   * @param message a sentence for people, without anything secret
   */
  ApiUnavailableException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
