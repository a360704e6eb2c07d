package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.MappingMatch;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletMapping;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.Provokes;
import org.vestibule.api.InsufficientAuthenticationException;
import org.vestibule.api.RequiresAcr;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Refusal;

/** A stronger authentication that the application's own code asks for. */
class RequiresAcrTest {

  private static final InsufficientAuthenticationException GOLD =
      new InsufficientAuthenticationException(List.of("gold"), Optional.empty());

  private final Logs logs = new Logs();
  private final Scene scene =
      Scene.with(
          "public-paths", "/public/*",
          "paths.1.pattern", "/silver/*",
          "paths.1.acr-values", "silver");
  private final Map<String, String> servlets = new LinkedHashMap<>();
  private final MockServletContext context =
      new MockServletContext() {
        @Override
        public Map<String, ? extends ServletRegistration> getServletRegistrations() {
          Map<String, ServletRegistration> found = new LinkedHashMap<>();
          servlets.forEach((name, type) -> found.put(name, registration(name, type)));
          return found;
        }
      };
  private final List<String> served = new ArrayList<>();

  RequiresAcrTest() {
    new CurrentVestibule(scene.house()).moveInto(context);
  }

  @AfterEach
  void close() {
    scene.close();
    logs.close();
  }

  @RequiresAcr("gold")
  static class Vault extends HttpServlet {
    private static final long serialVersionUID = 1L;
  }

  static final class DeepVault extends Vault {
    private static final long serialVersionUID = 1L;
  }

  @RequiresAcr(maxAge = "soon")
  static final class Mistaken extends HttpServlet {
    private static final long serialVersionUID = 1L;
  }

  private static ServletRegistration registration(String name, @Nullable String type) {
    return (ServletRegistration)
        Proxy.newProxyInstance(
            RequiresAcrTest.class.getClassLoader(),
            new Class<?>[] {ServletRegistration.class},
            (proxy, method, arguments) -> method.getName().equals("getName") ? name : type);
  }

  private MockHttpServletResponse send(MockHttpServletRequest request, FilterChain chain) {
    LoginFilter filter = new LoginFilter();
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      filter.init(new MockFilterConfig(context));
      filter.doFilter(request, response, chain);
    } catch (ServletException | IOException e) {
      throw new AssertionError(e);
    }
    return response;
  }

  private MockHttpServletResponse send(String path, String servlet) {
    MockHttpServletRequest request = Requests.get(path);
    request.setHttpServletMapping(new MockHttpServletMapping("", "", servlet, MappingMatch.PATH));
    return send(request, (req, res) -> served.add(path));
  }

  // Servlets

  @Test
  void a_servlets_annotation_closes_it_and_asks_for_more() {
    servlets.put("vault", Vault.class.getName());

    MockHttpServletResponse answer = send("/public/x", "vault");

    assertThat(answer.getStatus()).isEqualTo(302);
    assertThat(answer.getHeader("Location")).contains("acr_values=gold");
    assertThat(served).isEmpty();
  }

  @Test
  void that_of_its_parent_does_too() {
    servlets.put("vault", DeepVault.class.getName());

    assertThat(send("/public/x", "vault").getHeader("Location")).contains("acr_values=gold");
  }

  @Test
  void other_servlets_are_as_they_were() {
    servlets.put("vault", Vault.class.getName());
    servlets.put("page", null);
    servlets.put("gone", "org.example.Gone");
    servlets.put("plain", HttpServlet.class.getName());

    for (String servlet : List.of("page", "gone", "plain", "added-later")) {
      assertThat(send("/public/x", servlet).getStatus()).isEqualTo(200);
    }
    assertThat(served).hasSize(4);
  }

  @Test
  @Provokes(refusal = Refusal.AUTHENTICATION_CONTRADICTORY)
  void a_rule_that_nobody_can_meet_as_well_is_said_to_be_one() {
    servlets.put("vault", Vault.class.getName());

    MockHttpServletResponse answer = send("/silver/x", "vault");

    assertThat(answer.getStatus()).isEqualTo(500);
    assertThat(served).isEmpty();
    assertReported(Refusal.AUTHENTICATION_CONTRADICTORY, logs.text());
  }

  @Test
  void an_annotation_that_cannot_be_understood_closes_the_application() {
    servlets.put("vault", Mistaken.class.getName());

    assertThatThrownBy(() -> send("/public/x", "plain")).isInstanceOf(IllegalStateException.class);
    assertThat(logs.text()).contains("@RequiresAcr of servlet " + Mistaken.class.getName());
    assertThat(served).isEmpty();
  }

  // What it says

  @RequiresAcr(
      value = {"gold", "platinum"},
      maxAge = "PT5M30.5S")
  static class Both {}

  @RequiresAcr
  static class Nothing {}

  @RequiresAcr(maxAge = "PT59S")
  static class TooSoon {}

  @RequiresAcr("two words")
  static class TwoWords {}

  private static AuthenticationRequirement of(Class<?> type) {
    return RequiredAcr.of(type.getAnnotation(RequiresAcr.class), type.getSimpleName());
  }

  @Test
  void classes_and_an_age_in_whole_seconds() {
    assertThat(of(Both.class).acrValues()).containsExactly("gold", "platinum");
    assertThat(of(Both.class).maxAge().orElseThrow()).hasSeconds(330);
  }

  @ParameterizedTest
  @ValueSource(classes = {Nothing.class, TooSoon.class, TwoWords.class, Mistaken.class})
  void nothing_else_is_understood(Class<?> type) {
    assertThatThrownBy(() -> of(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("@RequiresAcr of " + type.getSimpleName());
  }

  // While the request is served

  @Test
  void an_exception_of_the_application_becomes_the_challenge() {
    MockHttpServletResponse answer =
        send(
            Requests.get("/public/x?a=b"),
            (request, response) -> {
              response.setContentType("text/plain");
              response.getWriter().print("half of ");
              throw new ServletException(new IllegalStateException(GOLD));
            });

    assertThat(answer.getStatus()).isEqualTo(302);
    assertThat(answer.getHeader("Location")).contains("acr_values=gold");
    assertThat(answer.getContentType()).isNull();
    assertThat(new String(answer.getContentAsByteArray(), UTF_8)).isEmpty();
  }

  @Test
  void a_script_is_told_in_its_own_language() {
    MockHttpServletResponse answer =
        send(
            Requests.fetch("/public/x"),
            (request, response) -> {
              throw GOLD;
            });

    assertThat(answer.getStatus()).isEqualTo(401);
    assertThat(answer.getContentType()).isEqualTo("application/json");
  }

  @Test
  void a_form_that_was_read_is_left_and_its_page_comes_back() {
    MockHttpServletRequest request = Requests.navigation("POST", "/public/x");
    request.addHeader("Referer", "http://localhost/app/public/form");
    request.addHeader("Sec-Fetch-Site", "same-origin");
    request.setContentType("application/x-www-form-urlencoded");

    MockHttpServletResponse answer =
        send(
            request,
            (req, res) -> {
              throw GOLD;
            });

    assertThat(answer.getStatus()).isEqualTo(303);
    assertThat(answer.getHeader("Location")).contains("acr_values=gold");
  }

  @Test
  void what_was_sent_stays_and_the_exception_goes_on() {
    MockHttpServletRequest request = Requests.get("/public/x");

    assertThatThrownBy(
            () ->
                send(
                    request,
                    (req, res) -> {
                      res.flushBuffer();
                      throw GOLD;
                    }))
        .isSameAs(GOLD);
  }

  @Test
  void other_exceptions_go_on_as_well() {
    RuntimeException other = new IllegalStateException("another", new IOException());

    assertThatThrownBy(
            () ->
                send(
                    Requests.get("/public/x"),
                    (req, res) -> {
                      throw other;
                    }))
        .isSameAs(other);
  }

  @Test
  @Provokes(refusal = Refusal.AUTHENTICATION_CONTRADICTORY)
  void a_bean_that_asks_for_what_the_rule_does_not_accept_is_no_loop() {
    scene.server().idTokenClaims(claims -> claims.put("acr", "silver"));
    Visitor jane = scene.visitor();
    jane.signIn("/silver/x");
    MockHttpServletRequest request = Requests.get("/silver/x");
    request.setSession(jane.session());

    MockHttpServletResponse answer =
        send(
            request,
            (req, res) -> {
              throw GOLD;
            });

    assertThat(answer.getStatus()).isEqualTo(500);
    assertReported(Refusal.AUTHENTICATION_CONTRADICTORY, logs.text());
  }
}
