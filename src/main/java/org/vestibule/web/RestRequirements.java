package org.vestibule.web;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.RequiresAcr;
import org.vestibule.protocol.AuthenticationRequirement;

/**
 * Puts a filter before the methods of Jakarta REST's resources that ask for more of their caller's
 * authentication; not every server makes beans of them, with interceptors. Jakarta REST finds it by
 * itself (section 4.1.2 of its version 3.1), and without Jakarta REST nobody looks for it.
 */
public class RestRequirements implements DynamicFeature {

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    RequiresAcr annotation = annotation(resource);
    if (annotation != null) {
      Method method = resource.getResourceMethod();
      context.register(new Guard(RequiredAcr.of(annotation, method.toString())));
    }
  }

  private static @Nullable RequiresAcr annotation(ResourceInfo resource) {
    RequiresAcr own = resource.getResourceMethod().getAnnotation(RequiresAcr.class);
    return own == null ? resource.getResourceClass().getAnnotation(RequiresAcr.class) : own;
  }

  /** Before one method. */
  @Priority(Priorities.AUTHENTICATION)
  private static final class Guard implements ContainerRequestFilter {

    private final AuthenticationRequirement requirement;

    Guard(AuthenticationRequirement requirement) {
      this.requirement = requirement;
    }

    @Override
    public void filter(ContainerRequestContext context) {
      CDI.current().select(StepUp.class).get().require(requirement);
    }
  }
}
