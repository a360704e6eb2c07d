package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterConfig;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockServletContext;
import org.vestibule.provider.CredentialsSource;

class RegistrationTest {

  private final Container container = new Container();
  private final Logs logs = new Logs();

  @BeforeEach
  void deploy() {
    container.setContextPath(Houses.CONTEXT_PATH);
  }

  @AfterEach
  void close() {
    logs.close();
  }

  private void start(String... keysAndValues) {
    start(container, keysAndValues);
  }

  private static void start(Container container, String... keysAndValues) {
    Registration registration = new Registration();
    registration.config = Houses.config(Houses.usualSettings(keysAndValues));
    registration.contextInitialized(new ServletContextEvent(container));
  }

  @Test
  void the_filter_comes_before_all_others_and_sees_everything() {
    start();

    assertThat(container.calls)
        .startsWith(
            "addFilter(vestibule, " + LoginFilter.class.getName() + ")",
            "setAsyncSupported(true)",
            "addMappingForUrlPatterns([REQUEST, ERROR], false, [/*])");
  }

  @Test
  void sessions_that_the_container_ends_are_heard_of() {
    start();

    assertThat(container.calls).contains("addListener(" + LendingListener.class.getName() + ")");
  }

  @Test
  void every_endpoint_is_at_its_path() {
    start();

    assertThat(container.calls)
        .contains(
            "addServlet(vestibule-CallbackServlet, org.vestibule.web.CallbackServlet)",
            "addMapping([/oauth/callback])",
            "addMapping([/oauth/login])",
            "addMapping([/oauth/logout])",
            "addMapping([/oauth/logged-out])",
            "addMapping([/oauth/session])",
            "addMapping([/oauth/backchannel-logout])",
            "addMapping([/oauth/signed-in])",
            "addMapping([/oauth/frontchannel-logout])",
            "addMapping([/oauth/initiate])",
            "addMapping([/oauth/fragment.js])",
            "addMapping([/oauth/jwks])",
            "addMapping([/oauth/doctor])")
        .filteredOn("setAsyncSupported(true)"::equals)
        .hasSize(13);
  }

  @Test
  void paths_are_settings() {
    start(
        "callback-path", "/cb", "login-path", "/in", "logout-path", "/out", "session-path", "/me");

    assertThat(container.calls)
        .contains(
            "addMapping([/cb])", "addMapping([/in])", "addMapping([/out])", "addMapping([/me])")
        .doesNotContain("addMapping([/oauth/callback])");
  }

  @Test
  void a_path_that_the_application_has_already_stops_the_application() {
    container.taken = Set.of("/oauth/login");

    assertThatThrownBy(this::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("/oauth/login");
  }

  @Test
  void whatever_goes_wrong_the_filter_is_there_already() {
    AtomicBoolean broken = new AtomicBoolean();
    Registration registration = new Registration();
    registration.config =
        new SmallRyeConfigBuilder().withSources(new FailingSource(broken)).build();
    broken.set(true);

    assertThatThrownBy(() -> registration.contextInitialized(new ServletContextEvent(container)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("gone");
    assertThat(container.calls).anyMatch(call -> call.startsWith("addMappingForUrlPatterns"));
  }

  @Test
  void where_nothing_is_injected_the_configuration_is_asked_for() {
    new Registration().contextInitialized(new ServletContextEvent(container));

    assertThat(Vestibule.in(container).configuration().problems()).isNotEmpty();
  }

  @Test
  void another_provider_than_the_presets_is_worth_knowing_and_no_more() {
    start("preset", "google");

    assertThat(logs.at(Level.WARNING)).isEmpty();
    assertThat(logs.at(Level.INFO)).anyMatch(line -> line.startsWith("VEST3105 "));
  }

  @Test
  void the_house_is_where_the_servlets_look_for_it() {
    start();

    assertThat(Vestibule.in(container).contextPath()).isEqualTo("/app");
  }

  @Test
  void a_source_that_fails_while_a_secret_is_looked_for_has_none() {
    AtomicBoolean broken = new AtomicBoolean();
    Registration registration = new Registration();
    registration.config =
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new FailingSource(broken))
            .build();
    registration.contextInitialized(new ServletContextEvent(container));
    CredentialsSource source = Vestibule.in(container).lasting().credentials();
    assertThat(source.read("default")).isPresent();

    broken.set(true);

    assertThat(source.read("default")).isEmpty();
    registration.contextDestroyed(new ServletContextEvent(container));
  }

  /** The usual settings, until it is broken. */
  private record FailingSource(AtomicBoolean broken) implements ConfigSource {

    @Override
    public Set<String> getPropertyNames() {
      return Set.of("oauth.issuer", "oauth.client-id", "oauth.client-secret");
    }

    @Override
    public @Nullable String getValue(String name) {
      if (broken.get()) {
        throw new IllegalStateException("gone");
      }
      return Houses.usualSettings().get(name.replaceFirst("^oauth\\.", ""));
    }

    @Override
    public String getName() {
      return "failing";
    }
  }

  @Test
  void the_session_cookie_is_hardened() {
    start();
    SessionCookieConfig cookie = container.getSessionCookieConfig();

    assertThat(container.trackingModes).containsExactly(SessionTrackingMode.COOKIE);
    assertThat(cookie.isHttpOnly()).isTrue();
    assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
    assertThat(cookie.isSecure()).isFalse();
  }

  /** The path of the session cookie after the start, null if it was left to the server. */
  private static @Nullable String cookiePath(
      String contextPath, String name, @Nullable String path) {
    Container container = new Container();
    container.setContextPath(contextPath);
    container.getSessionCookieConfig().setName(name);
    container.getSessionCookieConfig().setPath(path);
    start(container);
    return container.getSessionCookieConfig().getPath();
  }

  @Test
  void the_session_cookie_is_for_this_application_only() {
    assertThat(cookiePath("/app", "JSESSIONID", null)).isEqualTo("/app");
    assertThat(cookiePath("/app", "JSESSIONID", "/")).isEqualTo("/app");
    assertThat(cookiePath("", "JSESSIONID", "/")).isEqualTo("/");
    assertThat(cookiePath("", "JSESSIONID", null)).isNull();
  }

  @Test
  void the_session_cookie_keeps_a_path_of_its_own_and_the_one_that_its_name_wants() {
    assertThat(cookiePath("/app", "JSESSIONID", "/shared")).isEqualTo("/shared");
    assertThat(cookiePath("/app", "__Host-session", "/")).isEqualTo("/");
  }

  @Test
  void it_moves_in_once_even_if_it_is_named_as_well_as_found() {
    start();
    List<String> calls = List.copyOf(container.calls);
    start();

    assertThat(container.calls).isEqualTo(calls);
  }

  @Test
  void the_application_is_closed_before_anybody_moves_in() throws ServletException {
    new Doorkeeper().onStartup(null, container);
    assertThat(container.calls)
        .containsExactly(
            "addFilter(vestibule, " + LoginFilter.class.getName() + ")",
            "setAsyncSupported(true)",
            "addMappingForUrlPatterns([REQUEST, ERROR], false, [/*])");

    start();
    assertThat(container.calls).filteredOn(call -> call.startsWith("addFilter")).hasSize(1);
  }

  @Test
  void a_filter_without_a_house_says_what_is_missing_and_lets_nobody_through()
      throws ServletException {
    LoginFilter filter = new LoginFilter();
    filter.init(new MockFilterConfig(container));

    assertThat(logs.at(Level.SEVERE)).anyMatch(line -> line.contains("name it as a listener"));
    assertThatThrownBy(
            () ->
                filter.doFilter(
                    new MockHttpServletRequest(),
                    new MockHttpServletResponse(),
                    (request, response) -> {
                      throw new AssertionError("it went through");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("listener");
  }

  @Test
  void under_https_it_is_secure() {
    start("public-url", "https://app.example.com");

    assertThat(container.getSessionCookieConfig().isSecure()).isTrue();
  }

  @Test
  void in_the_frames_of_other_sites_it_is_partitioned() {
    start("public-url", "https://app.example.com", "cookie-partitioned", "on");

    assertThat(container.getSessionCookieConfig().getAttribute("SameSite")).isEqualTo("None");
    assertThat(container.getSessionCookieConfig().getAttribute("Partitioned")).isEmpty();
  }

  @Test
  void without_https_no_cookie_is_for_the_frames_of_other_sites() {
    start("cookie-partitioned", "on");

    assertThat(container.getSessionCookieConfig().getAttribute("SameSite")).isEqualTo("Lax");
    assertThat(container.getSessionCookieConfig().getAttribute("Partitioned")).isNull();
  }

  @Test
  void a_redirection_uri_of_https_says_so_too() {
    start("redirect-uri", "https://app.example.com/app/oauth/callback");

    assertThat(container.getSessionCookieConfig().isSecure()).isTrue();
  }

  @Test
  void the_log_says_who_signs_users_in_and_where_to() {
    start("public-url", "https://app.example.com");

    assertThat(logs.at(Level.INFO))
        .anySatisfy(
            line ->
                assertThat(line).contains(Houses.ISSUER, Houses.CLIENT_ID, "/app/oauth/callback"));
    assertThat(logs.at(Level.SEVERE)).isEmpty();
    assertThat(logs.text()).doesNotContain(Houses.CLIENT_SECRET);
  }

  @Test
  void a_broken_configuration_is_explained_and_the_application_starts() {
    start("issuer", "http://evil.example", "client-idd", "x");

    assertThat(logs.at(Level.SEVERE))
        .anySatisfy(line -> assertThat(line).contains("VEST3008", "oauth.issuer"))
        .anySatisfy(line -> assertThat(line).contains("Nobody can sign in to /app/"));
    assertThat(container.calls).contains("addMapping([/oauth/session])");
    assertThat(logs.text()).doesNotContain(Houses.CLIENT_SECRET);
  }

  /** Remembers what is registered. */
  private static final class Container extends MockServletContext {

    private final List<String> calls = new ArrayList<>();
    private final Map<String, FilterRegistration> filters = new HashMap<>();
    private Set<String> taken = Set.of();
    private Set<SessionTrackingMode> trackingModes = EnumSet.noneOf(SessionTrackingMode.class);

    @Override
    public FilterRegistration.Dynamic addFilter(String name, Class<? extends Filter> filter) {
      calls.add("addFilter(" + name + ", " + filter.getName() + ")");
      filters.put(name, recorded(FilterRegistration.Dynamic.class));
      return recorded(FilterRegistration.Dynamic.class);
    }

    @Override
    public @Nullable FilterRegistration getFilterRegistration(String name) {
      return filters.get(name);
    }

    @Override
    public ServletRegistration.Dynamic addServlet(String name, Class<? extends Servlet> servlet) {
      calls.add("addServlet(" + name + ", " + servlet.getName() + ")");
      return recorded(ServletRegistration.Dynamic.class);
    }

    @Override
    public <T extends EventListener> void addListener(T listener) {
      calls.add("addListener(" + listener.getClass().getName() + ")");
    }

    @Override
    public void setSessionTrackingModes(Set<SessionTrackingMode> modes) {
      trackingModes = modes;
    }

    private <T> T recorded(Class<T> type) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> record(method, arguments)));
    }

    private Object record(Method method, Object[] arguments) {
      String all = Arrays.deepToString(arguments);
      calls.add(method.getName() + "(" + all.substring(1, all.length() - 1) + ")");
      boolean isTaken =
          method.getName().equals("addMapping") && taken.contains(((String[]) arguments[0])[0]);
      return method.getReturnType() == Set.class ? (isTaken ? taken : Set.of()) : null;
    }
  }
}
