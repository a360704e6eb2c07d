package org.vestibule.web;

import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.NotificationOptions;
import jakarta.enterprise.util.TypeLiteral;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Takes the place of CDI's: remembers what was fired. */
final class Observed<T> implements Event<T> {

  private final List<T> fired = new ArrayList<>();
  private final @Nullable RuntimeException failure;

  Observed() {
    this.failure = null;
  }

  /** An observer that throws. */
  Observed(RuntimeException failure) {
    this.failure = failure;
  }

  List<T> fired() {
    return fired;
  }

  @Override
  public void fire(T event) {
    fired.add(event);
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public <U extends T> CompletionStage<U> fireAsync(U event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends T> CompletionStage<U> fireAsync(U event, NotificationOptions options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Event<T> select(Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends T> Event<U> select(Class<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <U extends T> Event<U> select(TypeLiteral<U> subtype, Annotation... qualifiers) {
    throw new UnsupportedOperationException();
  }
}
