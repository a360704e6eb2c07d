package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.vestibule.provider.ClientKey;
import org.vestibule.provider.Json;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;

/**
 * The public halves of the clients' own keys, for the providers that verify {@code private_key_jwt}
 * (RFC 7517 section 5). There is nothing to keep from anybody.
 *
 * <p>A key that was replaced stays for as long as logins can be under way that end with it.
 */
public final class JwksServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public JwksServlet() {
    super("GET", "HEAD");
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    ResponseHeaders.protect(response);
    response.setContentType("application/jwk-set+json");
    response.getOutputStream().write(Json.write(Map.of("keys", keys(house))).getBytes(UTF_8));
  }

  /** The newest first. Of two with one identifier nobody could tell which is meant. */
  private static List<Map<String, Object>> keys(Vestibule house) {
    List<Map<String, Object>> keys = new ArrayList<>();
    Set<Object> identifiers = new HashSet<>();
    Stream.concat(
            house.configuration().providers().values().stream(),
            house.former().providers().stream().map(Provider::settings))
        .map(ProviderSettings::client)
        .filter(client -> client.teamId().isEmpty())
        .map(ProviderSettings.Client::key)
        .flatMap(Optional::stream)
        .map(ClientKey::publicJwk)
        .flatMap(Optional::stream)
        .distinct()
        .filter(key -> !key.containsKey("kid") || identifiers.add(key.get("kid")))
        .forEach(keys::add);
    return keys;
  }
}
