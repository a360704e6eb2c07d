package org.vestibule.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seeds and earlier findings, read again in every build, and small changes to each of them. The
 * profile {@code fuzz} looks for more.
 */
class CorpusTest {

  private static final int CHANGES = 200;

  static Stream<Arguments> seeds() {
    return Arrays.stream(Target.values())
        .flatMap(target -> files(target).stream().map(file -> Arguments.of(target, file)));
  }

  private static List<Path> files(Target target) {
    URL folder = CorpusTest.class.getResource(target.folder());
    assertThat(folder).as("seeds of " + target).isNotNull();
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.sorted().toList();
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @EnumSource
  void every_target_has_seeds(Target target) {
    assertThat(files(target)).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_seed_is_read_or_refused(Target target, Path seed) throws IOException {
    target.read(Files.readAllBytes(seed));
  }

  /** The same changes each time. */
  @ParameterizedTest
  @MethodSource("seeds")
  void a_seed_with_an_error_in_it_is_read_or_refused(Target target, Path seed) throws IOException {
    byte[] bytes = Files.readAllBytes(seed);
    SplittableRandom random = new SplittableRandom(target.ordinal());
    for (int i = 0; i < CHANGES && bytes.length > 0; i++) {
      byte[] changed =
          Arrays.copyOf(bytes, i % 4 == 0 ? random.nextInt(bytes.length) : bytes.length);
      for (int j = 0; j < 1 + i % 3 && changed.length > 0; j++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      target.read(changed);
    }
  }
}
