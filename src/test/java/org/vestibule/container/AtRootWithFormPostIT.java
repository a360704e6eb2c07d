package org.vestibule.container;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.Archive;
import org.junit.jupiter.api.extension.ExtendWith;

/** Under attack at the root of the server, with responses in forms. */
@ExtendWith(ArquillianExtension.class)
class AtRootWithFormPostIT extends HostileProviderSuite {

  @Deployment(testable = false)
  static Archive<?> application() {
    return Application.at(PROVIDER).with("response-mode", "form_post").atRoot("at-root");
  }

  @Override
  boolean isFormPost() {
    return true;
  }
}
