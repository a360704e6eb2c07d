package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vestibule.provider.ClientKey;
import org.vestibule.provider.Json;
import org.vestibule.provider.ProviderSettings;

/**
 * The public halves of the clients' own keys, for the providers that verify {@code private_key_jwt}
 * (RFC 7517 section 5). There is nothing to keep from anybody.
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
    List<Map<String, Object>> keys =
        house.configuration().providers().values().stream()
            .map(ProviderSettings::client)
            .filter(client -> client.teamId().isEmpty())
            .map(ProviderSettings.Client::key)
            .flatMap(Optional::stream)
            .map(ClientKey::publicJwk)
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    ResponseHeaders.protect(response);
    response.setContentType("application/jwk-set+json");
    response.getOutputStream().write(Json.write(Map.of("keys", keys)).getBytes(UTF_8));
  }
}
