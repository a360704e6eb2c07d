package org.vestibule.provider;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.ApplicationSettings.DoctorAccess;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Reads what is set about the application, whoever the provider is. */
final class ApplicationSettingsReader {

  /** A JNDI name or a URI. */
  private static final Pattern PLACE = Pattern.compile("[A-Za-z][A-Za-z0-9+./:_~%-]*");

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration YEAR = Duration.ofDays(366);
  private static final int KEY_LENGTH = 32;
  private static final int LARGEST_POST = 1 << 20;

  /** Of what {@code SessionCodec} reads again. */
  private static final int LARGEST_SESSION = 1 << 20;

  private ApplicationSettingsReader() {}

  static ApplicationSettings read(Values values) {
    ApplicationSettings.Paths paths = PathSettingsReader.read(values);
    return new ApplicationSettings(
        paths,
        browser(values, paths),
        ChoiceSettingsReader.read(values),
        pages(values, paths),
        manners(values),
        session(values),
        cluster(values),
        operations(values));
  }

  private static ApplicationSettings.Cluster cluster(Values values) {
    Optional<String> cache = values.text(Setting.CLUSTER_CACHE);
    Optional<String> dataSource = values.text(Setting.CLUSTER_DATA_SOURCE);
    if (cache.isPresent() && !PLACE.matcher(cache.get()).matches()) {
      values.report(Mistake.MALFORMED, Setting.CLUSTER_CACHE, "a URI or a JNDI name");
    }
    if (dataSource.isPresent() && !PLACE.matcher(dataSource.get()).matches()) {
      values.report(Mistake.MALFORMED, Setting.CLUSTER_DATA_SOURCE, "a JNDI name");
    }
    if (cache.isPresent() && dataSource.isPresent()) {
      values.report(
          Mistake.MALFORMED,
          Setting.CLUSTER_DATA_SOURCE,
          Setting.CLUSTER_CACHE.key() + " is set as well, and the nodes meet in one place");
    }
    return new ApplicationSettings.Cluster(cache, dataSource);
  }

  private static ApplicationSettings.Operations operations(Values values) {
    Map<String, DoctorAccess> choices = new LinkedHashMap<>();
    choices.put("off", DoctorAccess.OFF);
    choices.put("on", DoctorAccess.ON);
    choices.put("loopback", DoctorAccess.LOOPBACK);
    DoctorAccess doctor = values.choice(Setting.DOCTOR, choices);
    Optional<String> role = values.text(Setting.DOCTOR_ROLE);
    if (doctor == DoctorAccess.ON && role.isEmpty()) {
      values.report(Mistake.MISSING, Setting.DOCTOR_ROLE, Setting.DOCTOR.key() + " is on");
    }
    return new ApplicationSettings.Operations(reloadInterval(values), doctor, role);
  }

  private static ApplicationSettings.Browser browser(
      Values values, ApplicationSettings.Paths paths) {
    Optional<String> publicUrl = publicUrl(values);
    return new ApplicationSettings.Browser(
        publicUrl,
        values.choices(Setting.TRUSTED_PROXIES, IpNetwork::parse),
        redirectUri(values, publicUrl, paths.callback()),
        values.duration(Setting.LOGIN_TIMEOUT, SECOND, Duration.ofHours(1)),
        values.integer(Setting.MAXIMUM_PENDING_LOGINS, 1, 20),
        cookiePrefix(values));
  }

  private static ApplicationSettings.Manners manners(Values values) {
    return new ApplicationSettings.Manners(
        values.integer(Setting.PRESERVE_POST_SIZE, 0, LARGEST_POST),
        values.either(Setting.COOKIE_PARTITIONED, "on", "off"),
        values.either(Setting.KEEP_FRAGMENT, "on", "off"));
  }

  private static Optional<String> publicUrl(Values values) {
    Optional<URI> url = values.url(Setting.PUBLIC_URL);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    boolean isOrigin = url.get().getRawQuery() == null && url.get().getRawPath().matches("/?");
    if (!isOrigin) {
      values.report(Mistake.MALFORMED, Setting.PUBLIC_URL, "scheme, host and port only");
      return Optional.empty();
    }
    return Optional.of(url.get().toString().replaceFirst("/$", ""));
  }

  /** Checked with sample values: what is in braces and known leaves no braces behind. */
  private static String redirectUri(Values values, Optional<String> publicUrl, String callback) {
    String template = values.text(Setting.REDIRECT_URI).orElse("");
    String sample =
        template
            .replace("{public-url}", publicUrl.orElse("http://localhost"))
            .replace("{context-path}", "/app")
            .replace("{callback-path}", callback);
    Optional<URI> uri = values.url(Setting.REDIRECT_URI, sample);
    if (uri.isPresent() && !uri.get().getRawPath().endsWith(callback)) {
      values.report(Mistake.CALLBACK_ELSEWHERE, Setting.REDIRECT_URI, callback);
    }
    return uri.isPresent() ? template : Setting.REDIRECT_URI.defaultValue();
  }

  private static String cookiePrefix(Values values) {
    String prefix = values.text(Setting.COOKIE_PREFIX).orElse("");
    if (prefix.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")) {
      return prefix;
    }
    values.report(
        Mistake.MALFORMED, Setting.COOKIE_PREFIX, "a letter or digit, then also - and _, up to 40");
    return Setting.COOKIE_PREFIX.defaultValue();
  }

  private static Map<Setting, String> pages(Values values, ApplicationSettings.Paths paths) {
    Map<Setting, String> pages = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.Group.PAGES.settings()) {
      Optional<String> page = values.text(setting);
      if (page.isPresent() && isPage(page.get(), paths)) {
        pages.put(setting, page.get());
      } else if (page.isPresent()) {
        values.report(
            Mistake.MALFORMED, setting, "a path such as /goodbye, none of the library's own");
      }
    }
    return pages;
  }

  private static boolean isPage(String path, ApplicationSettings.Paths paths) {
    return path.equals("/") || (PathSettingsReader.isPage(path) && !paths.own().contains(path));
  }

  private static ApplicationSettings.Session session(Values values) {
    Optional<Secret> key = key(values, Setting.ENCRYPTION_KEY_FILE);
    Optional<Secret> previousKey = key(values, Setting.ENCRYPTION_KEY_PREVIOUS_FILE);
    if (previousKey.isPresent() && !values.isSet(Setting.ENCRYPTION_KEY_FILE)) {
      values.report(
          Mistake.MISSING,
          Setting.ENCRYPTION_KEY_FILE,
          Setting.ENCRYPTION_KEY_PREVIOUS_FILE.key() + " is set");
    }
    return new ApplicationSettings.Session(
        values.duration(Setting.SESSION_MAXIMUM, SECOND, YEAR),
        values.optionalDuration(Setting.SESSION_IDLE, SECOND, YEAR),
        values.integer(Setting.MAXIMUM_SESSION_SIZE, 4096, LARGEST_SESSION),
        values.either(Setting.SESSION_EXPIRED, "page", "login"),
        values.either(Setting.RENEWAL, "silent", "off"),
        values.either(Setting.CONTAINER_IDENTITY, "on", "off"),
        key,
        previousKey);
  }

  /** Nothing, or long enough not to keep the machine busy. */
  private static Duration reloadInterval(Values values) {
    Duration interval = values.duration(Setting.RELOAD_INTERVAL, Duration.ZERO, Duration.ofDays(1));
    if (!interval.isZero() && interval.compareTo(SECOND) < 0) {
      values.report(Mistake.MALFORMED, Setting.RELOAD_INTERVAL, "PT0S, or from PT1S to P1D");
    }
    return interval;
  }

  private static Optional<Secret> key(Values values, Setting setting) {
    Optional<Secret> key =
        Secrets.inFile(values, setting).map(text -> Secret.of(text.value().strip()));
    if (key.isPresent() && !isKey(key.get())) {
      values.report(Mistake.KEY_UNUSABLE, setting, "");
      return Optional.empty();
    }
    return key;
  }

  private static boolean isKey(Secret secret) {
    try {
      return Base64.getDecoder().decode(secret.value()).length == KEY_LENGTH;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
