package org.vestibule.testing;

import java.util.function.Supplier;

/** Decides what an endpoint answers in place of what it would answer by itself. */
@FunctionalInterface
public interface AnswerScript {

  /**
   * Decides about one request.
   *
   * @param request what came in
   * @param regular does what the endpoint would do, effects included (a code is used up, a token
   *     issued), and gives its answer; not calling it leaves the server as it was
   */
  Answer answer(RecordedRequest request, Supplier<Answer> regular);
}
