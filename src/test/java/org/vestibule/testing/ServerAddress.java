package org.vestibule.testing;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the server and its endpoints are.
 *
 * @param origin scheme, host and port, for instance {@code http://localhost:40123}
 * @param issuerPath empty, or a path such as {@code /realms/main}
 * @param paths the endpoints whose paths are not the usual ones
 */
record ServerAddress(String origin, String issuerPath, Map<Endpoint, String> paths) {

  ServerAddress {
    paths = Map.copyOf(paths);
  }

  String issuer() {
    return origin + issuerPath;
  }

  String url(Endpoint endpoint) {
    return origin + path(endpoint);
  }

  Endpoint endpointAt(String path) {
    return byPath().getOrDefault(path, Endpoint.OTHER);
  }

  private String path(Endpoint endpoint) {
    String own = paths.getOrDefault(endpoint, endpoint.defaultPath());
    // RFC 8414 section 3.1 inserts the well-known part where OpenID Connect Discovery appends it.
    return endpoint == Endpoint.OAUTH_METADATA ? own + issuerPath : issuerPath + own;
  }

  private Map<String, Endpoint> byPath() {
    Map<Endpoint, String> all = new EnumMap<>(Endpoint.class);
    for (Endpoint endpoint : Endpoint.values()) {
      all.put(endpoint, path(endpoint));
    }
    return all.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }
}
