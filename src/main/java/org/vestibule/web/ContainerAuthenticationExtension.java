package org.vestibule.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Makes {@link ContainerAuthentication} a bean where the server has Jakarta Security; elsewhere its
 * class cannot even be loaded, and nothing is to remind of it.
 */
public class ContainerAuthenticationExtension implements Extension {

  private static final String MECHANISM =
      "jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism";

  void register(@Observes BeforeBeanDiscovery discovery) {
    if (isPresent()) {
      discovery
          .addAnnotatedType(ContainerAuthentication.class, ContainerAuthentication.class.getName())
          .add(ApplicationScoped.Literal.INSTANCE);
    }
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
