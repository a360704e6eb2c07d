package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final int LONGEST_KEY = 65536;
  private static final Set<String> SAMPLE_SECRETS =
      Set.of("changeit", "changeme", "password", "client-secret", "client_secret");

  private ClientSettingsReader() {}

  static ProviderSettings.Client read(Values values) {
    Optional<String> clientId = values.text(Setting.CLIENT_ID);
    if (clientId.isEmpty() && !values.isSet(Setting.CLIENT_ID)) {
      values.report(Mistake.MISSING, Setting.CLIENT_ID, "");
    }
    Optional<ClientKey> key = key(values);
    Optional<String> teamId = values.text(Setting.CLIENT_TEAM_ID);
    Optional<ClientAuthenticationMethod> method = method(values, teamId);
    ClientCredentials credentials =
        new ClientCredentials(
            clientId.orElse(""),
            Secrets.read(values, Setting.CLIENT_SECRET, Setting.CLIENT_SECRET_FILE));
    checkSecret(
        values,
        credentials,
        method.map(ClientAuthenticationMethod::needsSecret).orElse(true)
            && !values.isSet(Setting.CLIENT_TEAM_ID));
    checkKey(values, method, teamId.isPresent());
    checkHmac(values, method, credentials);
    return new ProviderSettings.Client(
        credentials,
        method,
        key,
        teamId,
        values.either(Setting.CLIENT_ASSERTION_AUDIENCE, "token-endpoint", "issuer"));
  }

  private static Optional<ClientKey> key(Values values) {
    Optional<ClientKey> key =
        values
            .file(Setting.CLIENT_KEY_FILE)
            .flatMap(ClientSettingsReader::content)
            .map(content -> new ClientKey(content, values.text(Setting.CLIENT_KEY_ID)))
            .filter(ClientKey::isUsable);
    if (key.isEmpty() && values.file(Setting.CLIENT_KEY_FILE).isPresent()) {
      values.report(Mistake.CLIENT_KEY_UNUSABLE, Setting.CLIENT_KEY_FILE, "");
    }
    return key;
  }

  private static Optional<Secret> content(Path file) {
    try (InputStream content = Files.newInputStream(file)) {
      return Optional.of(new String(content.readNBytes(LONGEST_KEY), US_ASCII))
          .filter(text -> !text.isBlank())
          .map(Secret::of);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whoever has a key of their own means to use it. */
  private static Optional<ClientAuthenticationMethod> method(
      Values values, Optional<String> teamId) {
    Optional<ClientAuthenticationMethod> method =
        values.choice(Setting.CLIENT_AUTHENTICATION, methods());
    if (method.isPresent() || !values.isSet(Setting.CLIENT_KEY_FILE)) {
      return method;
    }
    return Optional.of(
        teamId.isPresent()
            ? ClientAuthenticationMethod.CLIENT_SECRET_POST
            : ClientAuthenticationMethod.PRIVATE_KEY_JWT);
  }

  private static void checkKey(
      Values values, Optional<ClientAuthenticationMethod> method, boolean ofTeam) {
    boolean byKey = method.equals(Optional.of(ClientAuthenticationMethod.PRIVATE_KEY_JWT));
    boolean asSecret =
        ofTeam && method.equals(Optional.of(ClientAuthenticationMethod.CLIENT_SECRET_POST));
    if ((byKey || ofTeam) && !values.isSet(Setting.CLIENT_KEY_FILE)) {
      values.report(Mistake.MISSING, Setting.CLIENT_KEY_FILE, "");
    } else if (ofTeam && !asSecret) {
      values.report(
          Mistake.MALFORMED, Setting.CLIENT_TEAM_ID, "only with client_secret_post or auto");
    } else if (!byKey && !asSecret && values.isSet(Setting.CLIENT_KEY_FILE)) {
      values.report(
          Mistake.MALFORMED, Setting.CLIENT_AUTHENTICATION, "it has no use for client-key-file");
    } else if (values.isSet(Setting.CLIENT_KEY_ID) && !values.isSet(Setting.CLIENT_KEY_FILE)) {
      values.report(Mistake.MISSING, Setting.CLIENT_KEY_FILE, "client-key-id is set");
    }
  }

  private static void checkHmac(
      Values values, Optional<ClientAuthenticationMethod> method, ClientCredentials credentials) {
    boolean tooShort =
        credentials
            .clientSecret()
            .filter(s -> s.value().getBytes(UTF_8).length < ClientProof.SHORTEST_HMAC_SECRET)
            .isPresent();
    if (tooShort && method.equals(Optional.of(ClientAuthenticationMethod.CLIENT_SECRET_JWT))) {
      values.report(
          Mistake.MALFORMED,
          Setting.CLIENT_AUTHENTICATION,
          "client_secret_jwt needs a secret of 32 bytes");
    }
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
