package org.vestibule.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one endpoint does instead of its regular work. Answers given for a number of times are used
 * up first and in order, then the one given for always, then the endpoint is itself again. Safe for
 * use by several threads.
 */
public final class EndpointScript {

  private final Deque<AnswerScript> next = new ArrayDeque<>();
  private @Nullable AnswerScript fallback;

  EndpointScript() {}

  /** The next request gets this answer. */
  public EndpointScript once(Answer answer) {
    return times(1, answer);
  }

  /** The next request is answered by this script. */
  public EndpointScript once(AnswerScript script) {
    return times(1, script);
  }

  /** The next n requests get this answer. */
  public EndpointScript times(int n, Answer answer) {
    return times(n, (request, regular) -> answer);
  }

  /** The next n requests are answered by this script. */
  public synchronized EndpointScript times(int n, AnswerScript script) {
    for (int i = 0; i < n; i++) {
      next.addLast(script);
    }
    return this;
  }

  /** All requests from now on get this answer. */
  public EndpointScript always(Answer answer) {
    return always((request, regular) -> answer);
  }

  /** All requests from now on are answered by this script. */
  public synchronized EndpointScript always(AnswerScript script) {
    fallback = script;
    return this;
  }

  /** The next request waits at a gate, then gets its regular answer. */
  public Gate gate() {
    Gate gate = new Gate();
    once(gate);
    return gate;
  }

  /** Forgets everything scripted. */
  public synchronized void regular() {
    next.clear();
    fallback = null;
  }

  Answer answer(RecordedRequest request, Supplier<Answer> regular) {
    AnswerScript script = take();
    return script == null ? regular.get() : script.answer(request, regular);
  }

  private synchronized @Nullable AnswerScript take() {
    AnswerScript first = next.pollFirst();
    return first != null ? first : fallback;
  }
}
