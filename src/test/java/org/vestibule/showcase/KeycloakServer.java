package org.vestibule.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.vestibule.testing.RawBrowser;

/**
 * A Keycloak with one realm, {@code keycloak/realm.json}, that forgets everything when it ends. It
 * is on the loopback address only, hence over http. What it prints is in {@code
 * target/keycloak.log}.
 */
public final class KeycloakServer implements AutoCloseable {

  public static final String CLIENT_ID = "s6BhdRkqt3";
  public static final String CLIENT_SECRET = "gX1fBat3bV";

  private static final int OK = 200;

  private final ServerProcess process;
  private final String issuer;

  private KeycloakServer(ServerProcess process, int port) {
    this.process = process;
    this.issuer = "http://localhost:" + port + "/realms/vestibule";
  }

  /**
   * Starts it and waits until it serves. The first time it builds itself, which takes longer.
   *
   * @param showcase the URL of the only client
   */
  public static KeycloakServer start(String showcase) {
    Path home = Path.of(System.getProperty("keycloak.home"));
    importRealm(home.resolve("data").resolve("import"), showcase);
    int port = ServerProcess.freePort();
    KeycloakServer server =
        new KeycloakServer(
            ServerProcess.start(builder(home, port), home.resolveSibling("keycloak.log")), port);
    try {
      server.process.await("Keycloak has started", () -> server.process.hasSaid("Listening on:"));
      server.process.await("its metadata is served", server::serves);
      return server;
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** The issuer identifier of the realm. */
  public String issuer() {
    return issuer;
  }

  /** What administers it. */
  KeycloakAdmin admin() {
    return new KeycloakAdmin(issuer.replaceFirst("/realms/.*", ""));
  }

  /** The URL of its metadata. */
  public String metadataUrl() {
    return issuer + "/.well-known/openid-configuration";
  }

  /**
   * Waits until Keycloak has reported an event, as in {@code
   * org.keycloak.events.EventType#REVOKE_GRANT}.
   */
  void awaitEvent(String type) {
    process.await("the event " + type, () -> process.hasSaid("type=\"" + type + "\""));
  }

  /** Whether Keycloak has reported an event. */
  boolean hasReported(String type) {
    return process.hasSaid("type=\"" + type + "\"");
  }

  @Override
  public void close() {
    process.close();
  }

  private boolean serves() {
    try {
      return new RawBrowser().get(metadataUrl()).status() == OK;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private static ProcessBuilder builder(Path home, int port) {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--db=dev-mem",
            "--http-host=127.0.0.1",
            "--http-port=" + port,
            // Events that succeeded are reported at this level.
            "--log-level=info,org.keycloak.events:debug");
    builder.environment().keySet().removeIf(name -> name.startsWith("KC_"));
    builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakAdmin.NAME);
    builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakAdmin.PASSWORD);
    builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx256m");
    return builder;
  }

  private static void importRealm(Path directory, String showcase) {
    try (InputStream realm =
        Objects.requireNonNull(KeycloakServer.class.getResourceAsStream("/keycloak/realm.json"))) {
      String text = new String(realm.readAllBytes(), UTF_8).replace("{showcase}", showcase);
      Files.createDirectories(directory);
      Files.writeString(directory.resolve("vestibule-realm.json"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
