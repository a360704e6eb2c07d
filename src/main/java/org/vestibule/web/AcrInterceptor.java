package org.vestibule.web;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.servlet.Servlet;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.RequiresAcr;

/** Stands before the methods of beans that ask for more of their caller's authentication. */
@Interceptor
@RequiresAcr
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class AcrInterceptor implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Beans that are stored want interceptors that can be; what is injected here is a proxy. */
  @SuppressWarnings("serial")
  @Inject
  @Nullable StepUp stepUp;

  @AroundInvoke
  public @Nullable Object check(InvocationContext call) throws Exception {
    if (stepUp == null) {
      throw new IllegalStateException("CDI did not inject");
    }
    RequiresAcr annotation = annotation(call);
    if (annotation != null) {
      stepUp.require(RequiredAcr.of(annotation, call.getMethod().toString()));
    }
    return call.proceed();
  }

  /**
   * The bean's class may be the container's own subclass of it.
   *
   * @return null for the methods by which a container starts and stops a servlet; the filter has
   *     seen to the others
   */
  private static @Nullable RequiresAcr annotation(InvocationContext call) {
    RequiresAcr own = call.getMethod().getAnnotation(RequiresAcr.class);
    if (own != null || call.getTarget() instanceof Servlet) {
      return own;
    }
    RequiresAcr ofClass = call.getTarget().getClass().getAnnotation(RequiresAcr.class);
    if (ofClass == null) {
      throw new IllegalStateException("@RequiresAcr has to be on a class or a method itself");
    }
    return ofClass;
  }
}
