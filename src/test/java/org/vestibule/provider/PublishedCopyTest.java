package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertFails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.Provokes;
import org.vestibule.TestClient;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Violation;
import org.vestibule.provider.ConfigurationProblem.Mistake;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.MovableClock;

/** What a provider publishes outlives the application in a file. */
class PublishedCopyTest {

  private static final Answer DOWN = Answer.empty(503);

  @TempDir private Path directory;

  private final MovableClock clock = new MovableClock();
  private final AuthorizationServer server =
      AuthorizationServer.start(c -> c.clock(clock).client(TestClient.ID, TestClient.SECRET));

  @AfterEach
  void stop() {
    server.close();
  }

  /** A provider as another run of the application, or another node, has it. */
  private Provider provider(String... more) {
    String[] usual = {"issuer", server.issuer(), "metadata-cache-directory", directory.toString()};
    return new Provider(
        clock,
        TestClient.settings(
            Stream.concat(Stream.of(usual), Stream.of(more)).toArray(String[]::new)),
        CredentialsSource.NONE);
  }

  private void goDown() {
    for (Endpoint endpoint :
        List.of(Endpoint.OPENID_CONFIGURATION, Endpoint.OAUTH_METADATA, Endpoint.JWKS)) {
      server.on(endpoint).always(DOWN);
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_application_starts_with_what_another_run_has_read() {
    provider().require();
    goDown();
    Provider restarted = provider();

    restarted.require();
    assertThat(restarted.metadata().tokenEndpoint())
        .isEqualTo(URI.create(server.url(Endpoint.TOKEN)));
    assertThat(files()).hasSize(2);
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void a_copy_is_used_for_a_day_from_when_the_provider_said_it() {
    provider().require();
    goDown();
    clock.advance(Duration.ofDays(1).minusSeconds(2));
    provider().require();

    clock.advance(Duration.ofSeconds(2));
    assertFails(ProviderTrouble.UNEXPECTED_STATUS, () -> provider().metadata());
  }

  @Test
  void the_provider_goes_before_the_copy() {
    provider().require();
    server.metadata(
        metadata -> metadata.put("token_endpoint", server.url(Endpoint.TOKEN) + "?new"));

    assertThat(provider().metadata().tokenEndpoint()).hasQuery("new");
    goDown();
    assertThat(provider().metadata().tokenEndpoint()).as("the newer copy").hasQuery("new");
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void another_client_or_another_server_has_copies_of_its_own() {
    provider().require();
    goDown();

    assertFails(
        ProviderTrouble.UNEXPECTED_STATUS, () -> provider("client-id", "another").metadata());
    assertFails(
        ProviderTrouble.UNEXPECTED_STATUS,
        () -> provider("issuer", server.issuer() + "/").metadata());
  }

  /** The old place may have been the wrong one. */
  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void what_was_read_elsewhere_is_no_copy_of_what_another_place_says() {
    provider().require();
    goDown();

    assertFails(
        ProviderTrouble.UNEXPECTED_STATUS,
        () -> provider("jwks-uri", server.url(Endpoint.JWKS) + "?other").require());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"read_at\":0,\"content\":{}}",
        "{\"read_at\":\"now\",\"content\":{}}",
        "{\"content\":{\"issuer\":\"https://evil.example\"}}"
      })
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void what_is_no_copy_is_as_if_it_was_not_there(String content) throws IOException {
    provider().require();
    for (Path file : files()) {
      Files.writeString(file, content);
    }
    goDown();

    assertFails(ProviderTrouble.UNEXPECTED_STATUS, () -> provider().metadata());
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void a_copy_is_held_to_the_same_rules_as_what_is_read() throws IOException {
    provider().require();
    for (Path file : files()) {
      Files.writeString(
          file, Files.readString(file).replace(server.issuer(), "https://evil.example"));
    }
    goDown();

    assertFails(ProviderTrouble.UNEXPECTED_STATUS, () -> provider().metadata());
  }

  @Test
  @Provokes(trouble = ProviderTrouble.UNEXPECTED_STATUS)
  void a_copy_from_the_future_is_none() {
    clock.advance(Duration.ofDays(30));
    provider().require();
    clock.advance(Duration.ofDays(-30));
    goDown();

    assertFails(ProviderTrouble.UNEXPECTED_STATUS, () -> provider().metadata());
  }

  @Test
  @Provokes(Violation.METADATA_ISSUER)
  void nothing_is_kept_that_broke_a_rule() {
    server.metadata(metadata -> metadata.put("issuer", "https://evil.example"));

    assertFails(Violation.METADATA_ISSUER, () -> provider().metadata());
    assertThat(files()).isEmpty();
  }

  @Test
  void a_directory_that_has_gone_stops_nobody() throws IOException {
    Provider provider = provider();
    Files.delete(directory);

    provider.require();
    assertThat(directory).doesNotExist();
    Files.createDirectory(directory);
  }

  @Test
  void only_the_server_can_read_and_write_a_copy() throws IOException {
    provider().require();

    for (Path file : files()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_directory_that_others_can_write_is_refused() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(
            Configurations.mistakes(
                Configurations.read(
                    Configurations.least("oauth.metadata-cache-directory", directory.toString()))))
        .containsExactly(Mistake.CACHE_UNUSABLE);
  }
}
