package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.api.Caller;

class SecurityHeadersFilterTest {

  /** Somebody of whom only one thing is asked here. */
  private static Caller signingOutAt(Optional<String> origin) {
    return (Caller)
        Proxy.newProxyInstance(
            Caller.class.getClassLoader(),
            new Class<?>[] {Caller.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("logoutOrigin");
              return origin;
            });
  }

  private static MockHttpServletResponse answer(String path, Optional<String> origin)
      throws Exception {
    SecurityHeadersFilter filter = new SecurityHeadersFilter();
    filter.caller = signingOutAt(origin);
    MockHttpServletRequest request = new MockHttpServletRequest("GET", "/vestibule" + path);
    request.setServletPath(path);
    MockHttpServletResponse response = new MockHttpServletResponse();
    filter.doFilter(request, response, new MockFilterChain());
    return response;
  }

  @Test
  void the_sign_out_form_may_lead_to_where_the_provider_signs_out() throws Exception {
    assertThat(
            answer("/account/", Optional.of("https://logout.example.com"))
                .getHeader("Content-Security-Policy"))
        .endsWith("; form-action 'self' https://logout.example.com");
    assertThat(answer("/account/", Optional.empty()).getHeader("Content-Security-Policy"))
        .endsWith("; form-action 'self'");
  }

  @Test
  void a_page_without_a_form_has_none() throws Exception {
    assertThat(
            answer("/", Optional.of("https://logout.example.com"))
                .getHeader("Content-Security-Policy"))
        .endsWith("; form-action 'none'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/oauth/logout", "/oauth/callback"})
  void vestibules_own_pages_bring_their_own(String path) throws Exception {
    assertThat(answer(path, Optional.empty()).getHeaderNames()).isEmpty();
  }
}
