package org.vestibule.api;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a stronger or a newer authentication than a login needs otherwise (RFC 9470, OpenID
 * Connect Core section 3.1.2.1). Whoever was authenticated differently is sent back to the provider
 * and then to the page; a script is told {@code insufficient_user_authentication}.
 *
 * <p>It holds on
 *
 * <ul>
 *   <li>servlets, on the class: before anything of them runs, for every path they are mapped to;
 *   <li>resources of Jakarta REST, on the class or the method;
 *   <li>CDI beans, on the class or the method: a call fails with {@link
 *       InsufficientAuthenticationException}, which becomes the answer if the application lets it
 *       pass.
 * </ul>
 *
 * <p>The one on a method takes the place of the one on its class. It adds to what the settings ask
 * for the path.
 *
 * <pre>{@code
 * @RequiresAcr(value = {"gold", "platinum"}, maxAge = "PT5M")
 * public void transfer(Order order) { … }
 * }</pre>
 */
@Documented
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequiresAcr {

  /**
   * The acceptable authentication context class references ({@code acr}), preferred first; empty
   * for any.
   */
  @Nonbinding
  String[] value() default {};

  /**
   * How long ago the user may have been authenticated, an ISO 8601 duration of one minute at least
   * such as {@code PT5M}; empty for any time.
   */
  @Nonbinding
  String maxAge() default "";
}
