package org.vestibule.container;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.extension.ExtendWith;

/** Under attack at the root of the server. */
@ExtendWith(ArquillianExtension.class)
class AtRootIT extends SpellingSuite {

  @Deployment(testable = false)
  static Archive<?> application() {
    return Application.at(PROVIDER).atRoot("at-root");
  }
}
