package org.vestibule.web;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.vestibule.shared.SharedState;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.MovableClock;
import org.vestibule.testing.ServerOptions;

/** An authorization server, an application at it, and somebody who visits. One clock for all. */
final class Scene implements AutoCloseable {

  private final MovableClock clock = new MovableClock();
  private final AuthorizationServer server;
  private final Map<String, String> settings;
  private final Vestibule house;
  private final Visitor visitor;

  private Scene(Consumer<ServerOptions> options, Map<String, String> more) {
    server =
        AuthorizationServer.start(
            options.andThen(
                wishes -> wishes.clock(clock).client(Houses.CLIENT_ID, Houses.CLIENT_SECRET)));
    settings = new HashMap<>(Houses.usualSettings("issuer", server.issuer()));
    settings.putAll(more);
    house = Houses.with(clock, settings);
    if (!house.configuration().isUsable()) {
      throw new AssertionError(house.configuration().problems());
    }
    visitor = new Visitor(house);
  }

  /** Settings without the prefix {@code oauth.}, and values. */
  static Scene with(String... keysAndValues) {
    return new Scene(options -> {}, Houses.settings(keysAndValues));
  }

  static Scene with(Consumer<ServerOptions> options, String... keysAndValues) {
    return new Scene(options, Houses.settings(keysAndValues));
  }

  /** The same application with other settings, after a restart or on another node. */
  Vestibule restarted(String... keysAndValues) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.putAll(Houses.settings(keysAndValues));
    return Houses.with(clock, changed);
  }

  /** One of several nodes of the same application. */
  Vestibule node(SharedState nodes) {
    return Houses.at(Houses.CONTEXT_PATH, clock, settings, nodes);
  }

  AuthorizationServer server() {
    return server;
  }

  MovableClock clock() {
    return clock;
  }

  Vestibule house() {
    return house;
  }

  Visitor visitor() {
    return visitor;
  }

  @Override
  public void close() {
    server.close();
  }
}
