package org.vestibule.container.probe;

import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import java.util.concurrent.atomic.AtomicInteger;

/** How many sessions were ever made; the count is an attribute of the servlet context. */
@WebListener
public class SessionCounter implements HttpSessionListener {

  static final String ATTRIBUTE = "probe.sessions";

  private final AtomicInteger made = new AtomicInteger();

  @Override
  public void sessionCreated(HttpSessionEvent event) {
    event.getSession().getServletContext().setAttribute(ATTRIBUTE, made.incrementAndGet());
  }
}
