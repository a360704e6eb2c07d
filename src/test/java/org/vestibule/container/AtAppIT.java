package org.vestibule.container;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** Under attack below a context root. */
@ExtendWith(ArquillianExtension.class)
class AtAppIT extends SpellingSuite {

  @Deployment(testable = false)
  static WebArchive application() {
    return hostile().war("app");
  }
}
