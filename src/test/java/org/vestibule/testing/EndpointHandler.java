package org.vestibule.testing;

/** What an endpoint does by itself. */
@FunctionalInterface
interface EndpointHandler {

  /**
   * Does it.
   *
   * @throws OAuthProblem when the request is refused
   * @throws IllegalArgumentException when the request cannot be decoded
   */
  Answer answer(RecordedRequest request);
}
