package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.io.IOException;
import java.io.Writer;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.live.LiveConfigSource;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RegisteredClient;

/** Settings and mounted files that change while the application runs, without a restart. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ReloadIT {

  private static final String NEW_SECRET = "gX1fBat3bVnew";
  private static final Path FOLDER = folder();
  private static final Path SETTINGS = FOLDER.resolve("settings.properties");
  private static final Path SECRET = FOLDER.resolve("secret");
  private static final AuthorizationServer ONE = start();
  private static final AuthorizationServer OTHER = start();

  @ArquillianResource private URL deployment;

  private static AuthorizationServer start() {
    return AuthorizationServer.start(
        c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));
  }

  private static Path folder() {
    try {
      return Files.createTempDirectory("live");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Deployment(testable = false)
  static WebArchive application() throws IOException {
    Files.writeString(SECRET, Application.CLIENT_SECRET);
    set(Map.of("issuer", ONE.issuer()));
    return Application.withoutProvider()
        .with("client-id", Application.CLIENT_ID)
        .with("client-secret-file", SECRET.toString())
        .with("reload-interval", "PT1S")
        .war("reload")
        .addPackage(LiveConfigSource.class.getPackage())
        .addAsServiceProvider(ConfigSource.class, LiveConfigSource.class)
        .addAsResource(new StringAsset(SETTINGS.toString()), LiveConfigSource.PLACE);
  }

  @AfterAll
  static void stop() throws IOException {
    ONE.close();
    OTHER.close();
    Files.deleteIfExists(SETTINGS);
    Files.deleteIfExists(SECRET);
    Files.deleteIfExists(FOLDER);
  }

  @BeforeEach
  void begin_with_one() throws IOException {
    Files.writeString(SECRET, Application.CLIENT_SECRET);
    // Seen from outside, so that the settings that have it, and this secret, are in effect
    String mark = "turn=" + System.nanoTime();
    set(Map.of("issuer", ONE.issuer(), "authorization-parameters", mark));
    awaitThatStrangersAreSentTo(ONE, mark);
  }

  /** As a whole, as those do who mount files: nobody sees half of it. */
  private static void set(Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    settings.forEach((key, value) -> properties.setProperty("oauth." + key, value));
    Path next = FOLDER.resolve("next");
    try (Writer writer = Files.newBufferedWriter(next)) {
      properties.store(writer, null);
    }
    Files.move(next, SETTINGS, StandardCopyOption.ATOMIC_MOVE);
  }

  private void awaitThatStrangersAreSentTo(AuthorizationServer server) {
    awaitThatStrangersAreSentTo(server, "");
  }

  private void awaitThatStrangersAreSentTo(AuthorizationServer server, String mark) {
    Waiting.until(
        "strangers are sent to " + server + " " + mark,
        () -> {
          String location = Visitor.of(deployment).get(Visitor.PROTECTED).location();
          return location.startsWith(server.origin() + "/") && location.contains(mark);
        });
  }

  @Test
  void the_provider_is_switched_while_sessions_are_open() throws IOException {
    Visitor visitor = Visitor.signedInAt(deployment);
    Visitor underWay = Visitor.of(deployment);
    String callback = underWay.callback();

    set(
        Map.of(
            "providers",
            "default,other",
            "provider.other.issuer",
            OTHER.issuer(),
            "provider.default.issuer",
            ONE.issuer(),
            "default-provider",
            "other"));
    awaitThatStrangersAreSentTo(OTHER);

    assertThat(visitor.get(Visitor.PROTECTED).body()).isEqualTo(ProtectedServlet.CANARY);
    assertThat(underWay.browser().get(callback).status()).isEqualTo(303);
    assertThat(underWay.isSignedIn()).isTrue();

    set(Map.of("issuer", OTHER.issuer()));
    Waiting.until("the first provider is gone", () -> !visitor.isSignedIn());
    assertSentToProvider(visitor.get(Visitor.PROTECTED), OTHER);
    visitor.signIn();
    assertThat(visitor.get(Visitor.PROTECTED).body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void a_secret_is_changed_at_the_provider_and_in_its_file() throws IOException {
    ONE.register(RegisteredClient.confidential(Application.CLIENT_ID, NEW_SECRET));
    try {
      Files.writeString(SECRET, NEW_SECRET);

      Visitor.signedInAt(deployment);
    } finally {
      ONE.register(RegisteredClient.confidential(Application.CLIENT_ID, Application.CLIENT_SECRET));
    }
  }

  @Test
  void what_is_wrong_is_refused_and_told_and_the_old_goes_on() throws IOException {
    Visitor visitor = Visitor.signedInAt(deployment);

    set(Map.of("issuer", ONE.issuer(), "clock-skew", "a lot", "login-path", "/elsewhere"));
    // The file may also have been caught half read before: that is refused and told as well.
    Waiting.until(
        "it is told",
        () ->
            visitor.log().matches("(?s).*VEST3025 oauth\\.login-path.*those from before go on.*"));

    assertThat(visitor.log()).contains("VEST3002 oauth.clock-skew [from live settings]");
    assertThat(visitor.get(Visitor.PROTECTED).body()).isEqualTo(ProtectedServlet.CANARY);
    Visitor.signedInAt(deployment);
  }
}
