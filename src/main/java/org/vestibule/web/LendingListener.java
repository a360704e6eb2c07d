package org.vestibule.web;

import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;

/**
 * Hears of sessions that the container ends by itself, when nobody has used them, and of those that
 * the application ends without us: nobody is lent their tokens any more.
 */
final class LendingListener implements HttpSessionListener {

  private final CurrentVestibule current;

  LendingListener(CurrentVestibule current) {
    this.current = current;
  }

  @Override
  public void sessionDestroyed(HttpSessionEvent event) {
    try {
      current.get().lending().ended(event.getSession());
    } catch (IllegalStateException nothingLeft) {
      // Some containers tell so late that there is nothing to be read.
      return;
    }
  }
}
