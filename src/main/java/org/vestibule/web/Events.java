package org.vestibule.web;

import jakarta.enterprise.event.Event;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Tells the application what happened. An observer that throws undoes nothing of it. */
final class Events {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private Events() {}

  /**
   * @param event null where there is no CDI
   */
  static <T> void fire(@Nullable Event<T> event, T happened) {
    if (event == null) {
      return;
    }
    try {
      event.fire(happened);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "an observer of " + happened.getClass().getName() + " failed", e);
    }
  }
}
