package org.vestibule.web;

import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

/**
 * The house as it is now. Settings that change make another one, which takes the place of the old
 * in one step: a request that has begun ends with the one it began with. Kept in the application's
 * servlet context, so that nothing is static and two applications in one server share nothing.
 *
 * <p>Thread-safe; asking costs one volatile read.
 */
final class CurrentVestibule {

  /** Why there is no house, most likely. */
  static final String NOT_THERE =
      "org.vestibule.web.Registration did not run. Where servers do not find it, in an application"
          + " whose web.xml is metadata-complete or from the library of an enterprise archive,"
          + " web.xml has to name it as a listener.";

  private static final String ATTRIBUTE = CurrentVestibule.class.getName();

  private volatile Vestibule house;

  CurrentVestibule(Vestibule house) {
    this.house = house;
  }

  Vestibule get() {
    return house;
  }

  void replaceBy(Vestibule next) {
    house = next;
  }

  /** The application's own. */
  static CurrentVestibule in(ServletContext context) {
    return required(findIn(context));
  }

  /** Null if there never was one. */
  static @Nullable CurrentVestibule findIn(ServletContext context) {
    return context.getAttribute(ATTRIBUTE) instanceof CurrentVestibule current ? current : null;
  }

  static CurrentVestibule required(@Nullable CurrentVestibule current) {
    if (current == null) {
      throw new IllegalStateException(NOT_THERE);
    }
    return current;
  }

  void moveInto(ServletContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }
}
