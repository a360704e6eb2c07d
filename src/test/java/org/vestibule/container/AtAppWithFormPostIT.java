package org.vestibule.container;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** Under attack below a context root, with responses in forms. */
@ExtendWith(ArquillianExtension.class)
class AtAppWithFormPostIT extends HostileProviderSuite {

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).with("response-mode", "form_post").war("app");
  }

  @Override
  boolean isFormPost() {
    return true;
  }
}
