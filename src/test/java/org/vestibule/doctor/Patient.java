package org.vestibule.doctor;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.vestibule.protocol.RandomValues;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.SettingsReader;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.MovableClock;
import org.vestibule.testing.ServerOptions;

/** An application at {@code /app} with its provider, and what ails them. Immutable. */
record Patient(
    List<Consumer<ServerOptions>> options,
    List<Consumer<AuthorizationServer>> behaviour,
    Map<String, String> settings,
    Duration ahead,
    Site site) {

  static final String CLIENT_ID = "s6BhdRkqt3";
  static final String CLIENT_SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";
  static final String REDIRECT_URI = "https://client.example.com/app/oauth/callback";

  /** Nothing ails it. */
  static Patient healthy() {
    return new Patient(
            List.of(options -> options.client(CLIENT_ID, CLIENT_SECRET, REDIRECT_URI)),
            List.of(),
            Map.of(),
            Duration.ZERO,
            Site.at("/app"))
        .set("issuer", "{issuer}")
        .set("client-id", CLIENT_ID)
        .set("client-secret", CLIENT_SECRET)
        .set("public-url", "https://client.example.com");
  }

  /** With another setting; {@code {issuer}} and {@code {origin}} are the server's. */
  Patient set(String key, String value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(key, value);
    return new Patient(options, behaviour, more, ahead, site);
  }

  Patient unset(String key) {
    Map<String, String> fewer = new HashMap<>(settings);
    fewer.remove(key);
    return new Patient(options, behaviour, fewer, ahead, site);
  }

  Patient server(Consumer<ServerOptions> wish) {
    List<Consumer<ServerOptions>> more = new ArrayList<>(options);
    more.add(wish);
    return new Patient(more, behaviour, settings, ahead, site);
  }

  Patient behaving(Consumer<AuthorizationServer> change) {
    List<Consumer<AuthorizationServer>> more = new ArrayList<>(behaviour);
    more.add(change);
    return new Patient(options, more, settings, ahead, site);
  }

  /** With a member of the provider's metadata; null for without it. */
  Patient publishing(String member, Object value) {
    return behaving(server -> server.metadata(metadata -> metadata.put(member, value)));
  }

  Patient notPublishing(String member) {
    return behaving(server -> server.metadata(metadata -> metadata.remove(member)));
  }

  /** By how much this machine's clock is ahead of the provider's. */
  Patient ahead(Duration by) {
    return new Patient(options, behaviour, settings, by, site);
  }

  Patient running() {
    return new Patient(options, behaviour, settings, ahead, site.running(Optional.empty()));
  }

  /** In an Open Liberty as it is without anything in its jvm.options. */
  Patient rememberingPaths() {
    return new Patient(
        options, behaviour, settings, ahead, new Site("/app", Optional.empty(), false, true));
  }

  /** Starts the provider, and asks it. */
  Diagnosis examined() {
    try (AuthorizationServer server = start()) {
      return doctor().examine(configuration(server), site);
    }
  }

  /** What the settings alone tell. */
  Diagnosis read() {
    try (AuthorizationServer server = start()) {
      Diagnosis read = doctor().read(configuration(server), site);
      if (!server.requests().isEmpty()) {
        throw new AssertionError("the provider was asked");
      }
      return read;
    }
  }

  AuthorizationServer start() {
    AuthorizationServer server =
        AuthorizationServer.start(wishes -> options.forEach(option -> option.accept(wishes)));
    behaviour.forEach(change -> change.accept(server));
    return server;
  }

  Doctor doctor() {
    MovableClock clock = new MovableClock();
    clock.advance(ahead);
    return new Doctor(clock, new RandomValues(new SecureRandom()));
  }

  Configuration configuration(AuthorizationServer server) {
    Map<String, String> properties = new HashMap<>();
    settings.forEach(
        (key, value) ->
            properties.put(
                "oauth." + key,
                value.replace("{issuer}", server.issuer()).replace("{origin}", server.origin())));
    return SettingsReader.read(
        new SmallRyeConfigBuilder()
            .addDefaultInterceptors()
            .withSources(new PropertiesConfigSource(properties, "test", 100))
            .build(),
        Patient.class.getClassLoader());
  }
}
