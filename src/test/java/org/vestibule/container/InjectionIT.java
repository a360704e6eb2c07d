package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.CookieHandler;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.Caller;
import org.vestibule.container.probe.Events;
import org.vestibule.session.StoredSession;
import org.vestibule.session.UserSession;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.User;

/**
 * Inside the application: these tests run in the server, in a request like any other. The third
 * signs in, from outside, and lets the requests of those that follow carry the session.
 */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InjectionIT {

  /** Arquillian's own servlet, which runs the tests. */
  private static final String RUNNER = "/ArquillianServletRunnerEE9";

  /** What only the client's side has; in the server this class is not even loaded. */
  private static final class Outside {

    static final AuthorizationServer PROVIDER =
        AuthorizationServer.start(
            c ->
                c.client(Application.CLIENT_ID, Application.CLIENT_SECRET)
                    .approving(User.JANE.with("groups", List.of("admin", "staff"))));

    static Path keyFile() {
      try {
        Path file = Files.createTempFile("encryption", ".key");
        file.toFile().deleteOnExit();
        return Files.writeString(file, "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Inject private Caller caller;
  @Inject private UserSession userSession;
  @Inject private BeanManager beans;
  @Inject private Events events;
  @Inject private Config config;

  @Inject
  @ConfigProperty(name = "oauth.client-id")
  private String clientId;

  @Deployment
  static WebArchive application() {
    return Application.at(Outside.PROVIDER)
        .with("public-paths", "/public/*," + RUNNER)
        .with("encryption-key-file", Outside.keyFile().toString())
        .war("injection")
        .addAsLibraries(Application.jarOf(Assertions.class));
  }

  @Test
  @Order(1)
  void a_caller_who_is_nobody_can_be_asked_everything_but_for_a_token() {
    assertThat(caller.isAuthenticated()).isFalse();
    assertThat(caller.name()).isEmpty();
    assertThat(caller.provider()).isEmpty();
    assertThat(caller.roles()).isEmpty();
    assertThat(caller.scope()).isEmpty();
    assertThat(caller.claims()).isEmpty();
    assertThat(caller.accessTokenExpiresAt()).isEmpty();
    assertThat(caller.csrfToken()).isEmpty();
    assertThatThrownBy(caller::accessToken)
        .isInstanceOf(AccessTokenUnavailableException.class)
        .hasMessageStartingWith("VEST4010")
        .extracting(e -> ((AccessTokenUnavailableException) e).isLoginRequired())
        .isEqualTo(true);
    assertThatThrownBy(caller::refresh).isInstanceOf(AccessTokenUnavailableException.class);
    assertThat(userSession.get()).isEmpty();
  }

  @Test
  @Order(2)
  void settings_are_those_of_microprofile_config() {
    assertThat(clientId).isEqualTo("s6BhdRkqt3");
    assertThat(config.getValue("oauth.public-paths", String.class)).endsWith(RUNNER);
  }

  @Test
  @Order(3)
  @RunAsClient
  void somebody_signs_in(@ArquillianResource URL deployment) {
    Visitor visitor = Visitor.signedInAt(deployment);
    String cookie = "JSESSIONID=" + visitor.sessionId();
    CookieHandler.setDefault(
        new CookieHandler() {
          @Override
          public Map<String, List<String>> get(URI uri, Map<String, List<String>> headers) {
            return Map.of("Cookie", List.of(cookie));
          }

          @Override
          public void put(URI uri, Map<String, List<String>> headers) {}
        });

    assertThat(visitor.isSignedIn()).isTrue();
  }

  @Test
  @Order(4)
  void the_injected_caller_is_who_signed_in() {
    assertThat(caller.isAuthenticated()).isTrue();
    assertThat(caller.name()).isEqualTo("j.doe");
    assertThat(caller.provider()).isEqualTo("default");
    assertThat(caller.roles()).containsExactlyInAnyOrder("admin", "staff");
    assertThat(caller.scope()).containsExactlyInAnyOrder("openid", "profile", "email");
    assertThat(caller.claims())
        .containsEntry("sub", "248289761001")
        .containsEntry("groups", List.of("admin", "staff"))
        .containsKey("iss");
    assertThat(caller.accessTokenExpiresAt()).isPresent();
    assertThat(caller.accessToken()).hasSizeGreaterThan(20);
    assertThat(caller.csrfToken()).hasSizeGreaterThan(20);
  }

  @Test
  @Order(5)
  void what_the_caller_says_cannot_be_changed() {
    assertThatThrownBy(() -> caller.claims().put("sub", "mallory"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> caller.roles().add("pope"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> caller.scope().add("everything"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  @Order(6)
  void tokens_live_in_a_bean_of_the_session_that_can_be_stored() {
    Set<Bean<?>> candidates = beans.getBeans(UserSession.class);

    Bean<?> bean = beans.resolve(candidates);

    assertThat(bean.getScope()).isEqualTo(SessionScoped.class);
    assertThat(bean.getBeanClass()).isAssignableTo(Serializable.class);
    assertThat(userSession.get()).isPresent();
  }

  @Test
  @Order(7)
  void what_is_stored_is_small_and_encrypted_and_can_be_read_again()
      throws IOException, ClassNotFoundException {
    StoredSession stored = userSession.get().orElseThrow();

    byte[] bytes = serialized(stored);
    Object copy = new ObjectInputStream(new ByteArrayInputStream(bytes)).readObject();

    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .doesNotContain(caller.accessToken(), caller.csrfToken(), "j.doe", "janedoe@example.com");
    assertThat(bytes).hasSizeLessThan(4096);
    assertThat(copy).isInstanceOf(StoredSession.class);
    assertThat(serialized(copy)).as("read and stored again without a key").isEqualTo(bytes);
  }

  @Test
  @Order(8)
  void the_application_refreshes_the_token_and_hears_of_it() {
    String before = caller.accessToken();

    caller.refresh();

    assertThat(caller.accessToken()).isNotEqualTo(before);
    assertThat(events.report().lines())
        .contains("LoggedIn default j.doe 248289761001", "TokensRefreshed default j.doe");
  }

  @Test
  @Order(9)
  void a_refreshed_token_is_still_there_in_the_next_request() {
    assertThat(caller.isAuthenticated()).isTrue();
    assertThat(caller.accessToken()).hasSizeGreaterThan(20);
  }

  @Test
  @Order(10)
  @RunAsClient
  void everybody_leaves() {
    CookieHandler.setDefault(null);
    Outside.PROVIDER.close();

    assertThat(CookieHandler.getDefault()).isNull();
  }

  private static byte[] serialized(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }
}
