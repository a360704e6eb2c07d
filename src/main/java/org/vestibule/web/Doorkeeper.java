package org.vestibule.web;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closes the application before anything of it runs; {@link Registration} then opens it to those
 * who sign in. That class servers find by its annotation, for which they do not look in an
 * application whose descriptor is {@code metadata-complete} (Servlet 6.0, section 8.1): without
 * this one it would be open to everybody. To initializers that does not apply (section 8.2.4), but
 * what an initializer adds as a listener may not register servlets (section 4.4), so that more
 * cannot be done here.
 */
public class Doorkeeper implements ServletContainerInitializer {

  /** For the container. */
  public Doorkeeper() {}

  @Override
  public void onStartup(@Nullable Set<Class<?>> none, ServletContext context) {
    Registration.registerFilter(context);
  }
}
