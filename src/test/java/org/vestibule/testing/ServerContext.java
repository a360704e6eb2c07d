package org.vestibule.testing;

import java.util.Map;

/**
 * What the endpoints of one server share.
 *
 * @param clients by client identifier; safe for use by several threads
 */
record ServerContext(
    ServerAddress address,
    Settings settings,
    Map<String, RegisteredClient> clients,
    GrantStore grants,
    LoginSessions sessions,
    Keys keys,
    Mutations mutations) {

  boolean has(Feature feature) {
    return settings.has(feature);
  }
}
