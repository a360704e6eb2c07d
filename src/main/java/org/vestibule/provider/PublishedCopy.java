package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.Sha256;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * A copy of something that a provider publishes, in a file, so that an application can start while
 * its provider is down ({@code metadata-cache-directory}). Whoever can write the file can be
 * anybody's provider: it lies where only the server writes. Several nodes may share it.
 */
final class PublishedCopy {

  private static final Logger LOG = Logger.getLogger("org.vestibule");
  private static final String CONTENT = "content";
  private static final String READ_AT = "read_at";
  private static final int PLACE_CHARACTERS = 8;

  private final Optional<Path> file;
  private final int largest;

  private PublishedCopy(Optional<Path> file, int largest) {
    this.file = file;
    this.largest = largest;
  }

  /**
   * @param what is published, as a part of the file's name
   */
  static PublishedCopy of(ProviderSettings settings, String what) {
    String name =
        String.join("-", settings.id(), settings.registration(), place(settings), what) + ".json";
    return new PublishedCopy(
        settings.http().metadataCacheDirectory().map(directory -> Path.of(directory, name)),
        2 * settings.http().maximumResponseSize());
  }

  /** What was read elsewhere is not what another place would say. */
  private static String place(ProviderSettings settings) {
    ProviderSettings.Endpoints endpoints = settings.endpoints();
    return Sha256.base64url(
            Stream.of(endpoints.metadata(), endpoints.jwks())
                .map(set -> set.map(URI::toString).orElse(""))
                .collect(Collectors.joining("\n")))
        .substring(0, PLACE_CHARACTERS);
  }

  /** Whether nobody but the server and its group can write there; and it can. */
  static boolean isSafe(Path directory) {
    try {
      return Files.isDirectory(directory)
          && Files.isWritable(directory)
          && (!isPosix(directory)
              || !Files.getPosixFilePermissions(directory)
                  .contains(PosixFilePermission.OTHERS_WRITE));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isPosix(Path directory) {
    return directory.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /**
   * Writes the copy, as a whole or not at all. If that fails everything goes on without.
   *
   * @param readAt when the provider said it
   */
  void keep(Claims content, Instant readAt) {
    if (file.isPresent()) {
      try {
        write(file.get(), content, readAt);
      } catch (IOException e) {
        LOG.log(Level.WARNING, () -> problem(file.get(), e).toString());
      }
    }
  }

  private static void write(Path file, Claims content, Instant readAt) throws IOException {
    Map<String, Object> copy = new LinkedHashMap<>();
    copy.put(READ_AT, readAt.getEpochSecond());
    copy.put(CONTENT, content.members());
    Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".vestibule", ".json");
    try {
      Files.writeString(draft, Json.write(copy));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static ConfigurationProblem problem(Path file, IOException e) {
    return new ConfigurationProblem(
        Mistake.CACHE_UNUSABLE,
        Setting.PREFIX + Setting.METADATA_CACHE_DIRECTORY.key(),
        "",
        file + ": " + e.getClass().getSimpleName());
  }

  /** What was kept, and when it was read; empty if there is nothing that can be understood. */
  Optional<LastGood.Old<Claims>> last() {
    if (file.isEmpty() || !Files.isReadable(file.get())) {
      return Optional.empty();
    }
    try (InputStream content = Files.newInputStream(file.get())) {
      byte[] bytes = content.readNBytes(largest + 1);
      if (bytes.length > largest) {
        return Optional.empty();
      }
      Claims copy = new Claims(Json.read(new String(bytes, UTF_8)));
      return copy.instant(READ_AT)
          .flatMap(readAt -> content(copy).map(members -> new LastGood.Old<>(members, readAt)));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Claims> content(Claims copy) {
    return copy.members().get(CONTENT) instanceof Map<?, ?> members
        ? Optional.of(Claims.of(members))
        : Optional.empty();
  }
}
