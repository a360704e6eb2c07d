package org.vestibule.provider;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file in which an application keeps the settings of another client, and with which it can move
 * in as it is. Immutable; it holds secrets and prints none.
 */
public final class AdapterFile {

  /** What a file of settings can be as long as; theirs have two pages. */
  static final int LONGEST = 65536;

  /** Whose file it is, the one that counts first. */
  public enum Format {
    /** WildFly's OpenID Connect client, Elytron. */
    OIDC,
    /** Keycloak's adapters for servlet containers. */
    KEYCLOAK;

    /** Within the application. */
    String path() {
      return "WEB-INF/" + name().toLowerCase(Locale.ROOT) + ".json";
    }
  }

  private final Format format;
  private final byte[] content;

  private AdapterFile(Format format, byte[] content) {
    this.format = format;
    this.content = content;
  }

  /**
   * All that an application has.
   *
   * @param resources finds them by their paths, which begin with a slash; null for those that are
   *     not there
   */
  public static List<AdapterFile> in(Function<String, @Nullable InputStream> resources) {
    return Stream.of(Format.values()).flatMap(format -> read(format, resources).stream()).toList();
  }

  private static Optional<AdapterFile> read(
      Format format, Function<String, @Nullable InputStream> resources) {
    try (InputStream stream = resources.apply("/" + format.path())) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new AdapterFile(format, stream.readNBytes(LONGEST + 1)));
    } catch (IOException e) {
      return Optional.of(new AdapterFile(format, new byte[0]));
    }
  }

  /** A file as it would be in an application. */
  static AdapterFile of(Format format, byte[] content) {
    return new AdapterFile(format, Arrays.copyOf(content, content.length));
  }

  Format format() {
    return format;
  }

  /**
   * @throws IllegalArgumentException it is not JSON, or too long; the message has nothing of it
   */
  Map<String, Object> members() {
    if (content.length > LONGEST) {
      throw new IllegalArgumentException("longer than " + LONGEST + " bytes");
    }
    return Json.read(content);
  }

  /** Its path. */
  @Override
  public String toString() {
    return format.path();
  }
}
