package org.vestibule.showcase;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Tells whoever has just started the showcase where it is and who can sign in. */
@WebListener
public final class StartupMessage implements ServletContextListener {

  private static final Logger LOG = Logger.getLogger(StartupMessage.class.getName());

  @Override
  public void contextInitialized(ServletContextEvent event) {
    Config config = ConfigProvider.getConfig();
    if (config.getOptionalValue("oauth.preset", String.class).filter("demo"::equals).isPresent()) {
      LOG.info(message(config, event.getServletContext().getContextPath()));
    }
  }

  /** An issuer of one's own takes the place of the preset's, and there alice is not known. */
  static String message(Config config, String contextPath) {
    String port = config.getOptionalValue("http.port", String.class).orElse("9080");
    String address = "Open http://localhost:" + port + contextPath + "/";
    return config.getOptionalValue("oauth.issuer", String.class).isPresent()
        ? address
        : address + " and sign in as alice (password alice)";
  }
}
