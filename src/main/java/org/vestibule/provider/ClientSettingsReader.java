package org.vestibule.provider;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.token.ClientAuthenticationMethod;
import org.vestibule.protocol.token.ClientCredentials;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.provider.Lookup.Found;

/** Reads who we are at a provider. */
final class ClientSettingsReader {

  private static final int SHORTEST_SECRET = 8;
  private static final Set<String> SAMPLE_SECRETS =
      Set.of("changeit", "changeme", "password", "client-secret", "client_secret");

  private ClientSettingsReader() {}

  static ProviderSettings.Client read(Values values) {
    Optional<String> clientId = values.text(Setting.CLIENT_ID);
    if (clientId.isEmpty() && !values.isSet(Setting.CLIENT_ID)) {
      values.report(Mistake.MISSING, Setting.CLIENT_ID, "");
    }
    Optional<ClientAuthenticationMethod> method =
        values.choice(Setting.CLIENT_AUTHENTICATION, methods());
    ClientCredentials credentials =
        new ClientCredentials(
            clientId.orElse(""),
            Secrets.read(values, Setting.CLIENT_SECRET, Setting.CLIENT_SECRET_FILE));
    checkSecret(
        values, credentials, method.map(ClientAuthenticationMethod::needsSecret).orElse(true));
    return new ProviderSettings.Client(credentials, method);
  }

  private static Map<String, Optional<ClientAuthenticationMethod>> methods() {
    Map<String, Optional<ClientAuthenticationMethod>> methods = new LinkedHashMap<>();
    methods.put("auto", Optional.empty());
    for (ClientAuthenticationMethod method : ClientAuthenticationMethod.values()) {
      methods.put(method.registeredName(), Optional.of(method));
    }
    return methods;
  }

  /**
   * A confidential client without its secret is not a public one: a public client has to say that
   * it is, lest a misspelt key takes the client's authentication away.
   */
  private static void checkSecret(Values values, ClientCredentials credentials, boolean needed) {
    List<Found> said = values.lookup().nearest(Setting.CLIENT_SECRET, Setting.CLIENT_SECRET_FILE);
    if (credentials.clientSecret().isEmpty()) {
      boolean toldAlready = said.stream().anyMatch(found -> found.hasText() || found.isBroken());
      if (needed && said.isEmpty()) {
        values.report(Mistake.SECRET_NEEDED, Setting.CLIENT_SECRET, "");
      } else if (needed && !toldAlready) {
        values.lookup().report(Mistake.SECRET_NEEDED, said.get(0), "it is there, but empty");
      }
    } else if (!needed) {
      values.report(Mistake.SECRET_UNUSED, Setting.CLIENT_AUTHENTICATION, "");
    } else if (isSample(credentials)) {
      values.lookup().report(Mistake.SAMPLE_SECRET, said.get(0), "");
    }
  }

  private static boolean isSample(ClientCredentials credentials) {
    String secret = credentials.clientSecret().map(Secret::value).orElse("");
    return secret.length() < SHORTEST_SECRET
        || SAMPLE_SECRETS.contains(secret)
        || secret.equals(credentials.clientId());
  }
}
