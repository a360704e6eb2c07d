package org.vestibule.testing;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What does not change while a server runs.
 *
 * @param scopes the scopes there are; empty: any
 * @param accounts passwords by user name; empty: any name and password
 * @param users users by user name
 * @param tokenResponseShape what this server's token responses look like before a test changes them
 */
record Settings(
    Set<Feature> features,
    JwsAlgorithm algorithm,
    Duration accessTokenLifetime,
    Duration idTokenLifetime,
    Set<String> scopes,
    String scopeSeparator,
    Map<String, String> accounts,
    Map<String, User> users,
    Clock clock,
    Consumer<Map<String, Object>> tokenResponseShape) {

  Settings {
    features = Set.copyOf(features);
    scopes = Set.copyOf(scopes);
    accounts = Map.copyOf(accounts);
    users = Map.copyOf(users);
  }

  boolean has(Feature feature) {
    return features.contains(feature);
  }
}
