package org.vestibule.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import org.eclipse.microprofile.config.ConfigProvider;
import org.vestibule.provider.Setting;

/**
 * Makes {@link ContainerAuthentication} a bean where the settings want it and the server has
 * Jakarta Security; elsewhere its class cannot even be loaded. Not wherever it could be: a server
 * asks its mechanism on every request, wants to be set up for that, and lets each application have
 * one only.
 *
 * <p>What is a bean is decided before there is a house, so the setting is read here already.
 */
public class ContainerAuthenticationExtension implements Extension {

  private static final String MECHANISM =
      "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism";

  private static final String SETTING = Setting.PREFIX + Setting.CONTAINER_IDENTITY.key();

  void register(@Observes BeforeBeanDiscovery discovery) {
    if (isWanted() && isPresent()) {
      discovery
          .addAnnotatedType(ContainerAuthentication.class, ContainerAuthentication.class.getName())
          .add(ApplicationScoped.Literal.INSTANCE);
    }
  }

  private static boolean isWanted() {
    return ConfigProvider.getConfig()
        .getOptionalValue(SETTING, String.class)
        .filter(value -> value.strip().equals("on"))
        .isPresent();
  }

  private static boolean isPresent() {
    try {
      Class.forName(MECHANISM, false, ContainerAuthenticationExtension.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
