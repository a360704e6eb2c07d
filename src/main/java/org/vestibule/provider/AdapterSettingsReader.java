package org.vestibule.provider;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.vestibule.provider.AdapterKey.Fate;
import org.vestibule.provider.AdapterSettings.Value;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * Says in our settings what the file of an adapter says: what the application got from the adapter,
 * and no less strict. Used once.
 */
final class AdapterSettingsReader {

  /** An adapter asks for it in any case; which claims come is the provider's affair. */
  private static final String OPENID = "openid";

  private static final String SUBJECT = "sub";
  private static final String WHERE_ROLES_ARE = "id-token,userinfo,access-token";
  private static final String WHOLE_NUMBER = "-?\\d{1,9}";

  /** In the files, variables of the environment have a prefix. */
  private static final String ENVIRONMENT = "\\$\\{env\\.";

  private final AdapterFile file;
  private final Config config;
  private final Map<AdapterKey, Value> said = new EnumMap<>(AdapterKey.class);
  private final Map<Setting, Value> settings = new EnumMap<>(Setting.class);
  private final List<ConfigurationProblem> problems = new ArrayList<>();

  private AdapterSettingsReader(AdapterFile file, Config config) {
    this.file = file;
    this.config = config;
  }

  /**
   * @param config what the file's expressions are about
   */
  static AdapterSettings read(AdapterFile file, Config config) {
    return new AdapterSettingsReader(file, config).read();
  }

  private AdapterSettings read() {
    try {
      scan("", file.members());
    } catch (IllegalArgumentException e) {
      report(Mistake.ADAPTER_FILE_MALFORMED, "*", String.valueOf(e.getMessage()));
      return new AdapterSettings(settings, problems);
    }
    issuer();
    client();
    identity();
    backChannel();
    judge();
    return new AdapterSettings(settings, problems);
  }

  private void scan(String prefix, Map<?, ?> members) {
    members.forEach(
        (name, value) -> {
          String key = prefix + name;
          Optional<AdapterKey> known = AdapterKey.of(file.format(), key);
          if (known.isPresent()) {
            said.put(known.get(), value(known.get(), value));
          } else if (value instanceof Map<?, ?> inner && AdapterKey.isObject(key)) {
            scan(key + ".", inner);
          } else {
            report(Mistake.UNKNOWN_KEY, key, nearest(key));
          }
        });
  }

  private String nearest(String key) {
    List<String> known = AdapterKey.of(file.format()).stream().map(AdapterKey::key).toList();
    return EditDistance.nearest(key, known, UnaryOperator.identity())
        .map(near -> "did you mean " + near + "?")
        .orElse("");
  }

  private Value value(AdapterKey key, Object value) {
    String source = file + ": " + key.key();
    if (value instanceof Map || value instanceof List) {
      if (!key.isObject()) {
        report(Mistake.MALFORMED, key.key(), "a text, a number, true or false");
      }
      return new Value(source, "", !key.isObject());
    }
    if (value instanceof BigDecimal number) {
      return new Value(source, number.toPlainString(), false);
    }
    String text = value.toString().replaceAll(ENVIRONMENT, "\\${");
    Optional<String> resolved = Expressions.resolve(text, config);
    if (resolved.isEmpty()) {
      report(Mistake.EXPRESSION, key.key(), "");
    }
    return new Value(source, resolved.orElse(""), resolved.isEmpty());
  }

  private void issuer() {
    if (!take(AdapterKey.PROVIDER_URL, Setting.ISSUER)) {
      Optional<String> realm = text(AdapterKey.REALM);
      change(
          AdapterKey.AUTH_SERVER_URL,
          Setting.ISSUER,
          url -> realm.map(name -> url.replaceFirst("/$", "") + "/realms/" + encoded(name)));
      if (said.containsKey(AdapterKey.AUTH_SERVER_URL) && !said.containsKey(AdapterKey.REALM)) {
        report(Mistake.MISSING, AdapterKey.REALM.key(), "");
      }
    }
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void client() {
    if (!take(AdapterKey.RESOURCE, Setting.CLIENT_ID)) {
      take(AdapterKey.CLIENT_ID, Setting.CLIENT_ID);
    }
    if (isTrue(AdapterKey.PUBLIC_CLIENT)) {
      change(AdapterKey.PUBLIC_CLIENT, Setting.CLIENT_AUTHENTICATION, yes -> Optional.of("none"));
      return;
    }
    switch (credentials()) {
      case "secret" -> take(AdapterKey.SECRET, Setting.CLIENT_SECRET);
      case "secret-jwt" -> {
        take(AdapterKey.SECRET_JWT_SECRET, Setting.CLIENT_SECRET);
        authenticate(AdapterKey.SECRET_JWT_SECRET, "client_secret_jwt");
      }
      case "jwt" -> authenticate(AdapterKey.JWT_KEY_STORE_FILE, "private_key_jwt");
      default -> refuse(AdapterKey.CREDENTIALS_PROVIDER, "secret, jwt or secret-jwt");
    }
  }

  private void authenticate(AdapterKey because, String method) {
    change(because, Setting.CLIENT_AUTHENTICATION, any -> Optional.of(method));
  }

  /** Which of its credentials the client uses. */
  private String credentials() {
    if (said.containsKey(AdapterKey.CREDENTIALS_PROVIDER)) {
      return text(AdapterKey.CREDENTIALS_PROVIDER).orElse("");
    }
    if (said.containsKey(AdapterKey.SECRET)) {
      return "secret";
    }
    boolean byKey = said.containsKey(AdapterKey.JWT_KEY_STORE_FILE);
    return byKey ? "jwt" : said.containsKey(AdapterKey.SECRET_JWT_SECRET) ? "secret-jwt" : "secret";
  }

  private void identity() {
    put(Setting.SCOPE, OPENID);
    change(AdapterKey.SCOPE, Setting.SCOPE, scope -> Optional.of(OPENID + " " + scope));
    put(Setting.NAME_CLAIM, SUBJECT);
    change(
        AdapterKey.PRINCIPAL_ATTRIBUTE,
        Setting.NAME_CLAIM,
        name -> Optional.of(name + "," + SUBJECT));
    put(Setting.CLAIMS_FROM, WHERE_ROLES_ARE);
    roles();
    take(AdapterKey.TOKEN_SIGNATURE_ALGORITHM, Setting.ALLOWED_ALGORITHMS);
  }

  /** No role comes from where none came from before. */
  private void roles() {
    boolean ofClient = isTrue(AdapterKey.USE_RESOURCE_ROLE_MAPPINGS);
    boolean ofRealm =
        file.format() == AdapterFile.Format.OIDC
            ? !said.containsKey(AdapterKey.USE_REALM_ROLE_MAPPINGS)
                || isTrue(AdapterKey.USE_REALM_ROLE_MAPPINGS)
            : !ofClient;
    String paths =
        Stream.of(
                ofClient ? "resource_access/{client-id}/roles" : "",
                ofRealm ? "realm_access/roles" : "")
            .filter(path -> !path.isEmpty())
            .collect(Collectors.joining(","));
    if (paths.isEmpty()) {
      refuse(AdapterKey.USE_REALM_ROLE_MAPPINGS, "roles have to come from somewhere");
    } else {
      put(Setting.ROLES_CLAIM, paths);
    }
  }

  private void backChannel() {
    duration(AdapterKey.CONNECTION_TIMEOUT, Setting.CONNECT_TIMEOUT, Duration::ofMillis);
    duration(AdapterKey.SOCKET_TIMEOUT, Setting.READ_TIMEOUT, Duration::ofMillis);
    duration(AdapterKey.TOKEN_MINIMUM_TIME_TO_LIVE, Setting.REFRESH_LEAD, Duration::ofSeconds);
    change(AdapterKey.PROXY_URL, Setting.PROXY, url -> Optional.of(proxy(url)));
    if (text(AdapterKey.TRUST_STORE).filter(path -> path.startsWith("classpath:")).isPresent()) {
      refuse(AdapterKey.TRUST_STORE, "a file outside of the application is needed");
    } else {
      take(AdapterKey.TRUST_STORE, Setting.TLS_TRUST_STORE_FILE);
      take(AdapterKey.TRUST_STORE_PASSWORD, Setting.TLS_TRUST_STORE_PASSWORD);
    }
  }

  /** As it stands, if it is no address of a proxy: then it is told. */
  private static String proxy(String url) {
    try {
      URI proxy = URI.create(url);
      boolean plain = "http".equals(proxy.getScheme()) && proxy.getRawUserInfo() == null;
      return plain && proxy.getHost() != null
          ? proxy.getHost() + ":" + (proxy.getPort() < 0 ? 80 : proxy.getPort())
          : url;
    } catch (IllegalArgumentException e) {
      return url;
    }
  }

  /** Nothing and less than nothing is the adapter's own default. */
  private void duration(AdapterKey key, Setting setting, Function<Long, Duration> unit) {
    Optional<String> number = text(key);
    if (number.isEmpty()) {
      return;
    }
    if (!number.get().matches(WHOLE_NUMBER)) {
      report(Mistake.MALFORMED, key.key(), "a whole number");
    } else if (Long.parseLong(number.get()) > 0) {
      change(key, setting, text -> Optional.of(unit.apply(Long.valueOf(text)).toString()));
    }
  }

  /** Tells about the keys that are none of our settings. */
  private void judge() {
    List<String> withoutEffect = new ArrayList<>();
    said.forEach(
        (key, value) -> {
          boolean isWanted = !value.isBroken() && key.isWanted(value.text());
          if (key.fate() == Fate.REFUSED && isWanted) {
            refuse(key, plain(key));
          } else if (key.fate() == Fate.KEPT && isWanted) {
            report(Mistake.ADAPTER_CHECK_KEPT, key.key(), plain(key));
          } else if (key.fate() == Fate.UNNEEDED || key.fate() == Fate.ABSENT) {
            withoutEffect.add(key.key() + ": " + plain(key));
          }
        });
    if (!withoutEffect.isEmpty()) {
      report(Mistake.ADAPTER_KEYS_UNUSED, "*", String.join("; ", withoutEffect));
    }
  }

  private static String plain(AdapterKey key) {
    return key.text().replace("`", "");
  }

  private boolean isTrue(AdapterKey key) {
    Optional<String> text = text(key);
    if (text.filter(word -> !word.matches("(?i)true|false")).isPresent()) {
      report(Mistake.MALFORMED, key.key(), "true or false");
    }
    return text.filter("true"::equalsIgnoreCase).isPresent();
  }

  private Optional<String> text(AdapterKey key) {
    return Optional.ofNullable(said.get(key)).map(Value::text).filter(text -> !text.isBlank());
  }

  /** Takes a value as it stands; whether there is one, be it broken. */
  private boolean take(AdapterKey key, Setting setting) {
    return change(key, setting, Optional::of);
  }

  private boolean change(
      AdapterKey key, Setting setting, Function<String, Optional<String>> change) {
    Value value = said.get(key);
    if (value == null) {
      return false;
    }
    if (value.isBroken()) {
      settings.put(setting, value);
    } else {
      change
          .apply(value.text())
          .ifPresent(text -> settings.put(setting, new Value(value.source(), text, false)));
    }
    return true;
  }

  /** What no key says, but the format. */
  private void put(Setting setting, String text) {
    settings.put(setting, new Value(file.toString(), text, false));
  }

  private void refuse(AdapterKey key, String detail) {
    report(Mistake.ADAPTER_KEY_REFUSED, key.key(), detail);
  }

  private void report(Mistake mistake, String key, String detail) {
    problems.add(new ConfigurationProblem(mistake, key, file.toString(), detail));
  }
}
