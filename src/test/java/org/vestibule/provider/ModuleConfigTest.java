package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleConfigTest {

  @TempDir private Path module;

  private ClassLoader moduleWith(String... lines) throws IOException {
    Path folder = Files.createDirectories(module.resolve("META-INF"));
    Files.write(folder.resolve("microprofile-config.properties"), List.of(lines));
    return moduleClassLoader();
  }

  private ClassLoader moduleClassLoader() throws MalformedURLException {
    return new URLClassLoader(new URL[] {module.toUri().toURL()}, null);
  }

  private static Config server(String... keysAndValues) {
    return Configurations.config(
        Configurations.properties(keysAndValues), Map.of("OAUTH_CLIENT_SECRET", "gX1fBat3bV"));
  }

  @Test
  void a_module_whose_file_the_server_has_not_read_has_its_settings_all_the_same()
      throws IOException {
    Config config =
        ModuleConfig.of(
            server(),
            moduleWith(
                "config_ordinal=200",
                "oauth.issuer=https://server.example.com",
                "oauth.client-id=s6BhdRkqt3"));

    Configuration read = SettingsReader.read(config, getClass().getClassLoader());

    assertThat(read.problems()).isEmpty();
    assertThat(read.settingsInEffect())
        .extracting(SettingInEffect::toString)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("oauth.client-id=s6BhdRkqt3")
                    .contains("of the web module, ordinal 200"));
  }

  @Test
  void what_the_server_says_goes_before_it() throws IOException {
    Config config =
        ModuleConfig.of(
            server("oauth.client-id", "portal"), moduleWith("oauth.client-id=s6BhdRkqt3"));

    assertThat(config.getConfigValue("oauth.client-id").getValue()).isEqualTo("portal");
  }

  @Test
  void its_expressions_are_resolved_by_all_that_is_there() throws IOException {
    Config config =
        ModuleConfig.of(
            server("host", "server.example.com"),
            moduleWith("oauth.issuer=https://${host}/${realm}", "realm=main"));

    assertThat(config.getConfigValue("oauth.issuer").getValue())
        .isEqualTo("https://server.example.com/main");
  }

  @Test
  void a_misspelt_key_is_found_there_too() throws IOException {
    Config config = ModuleConfig.of(server(), moduleWith("oauth.cleint-id=s6BhdRkqt3"));

    assertThat(SettingsReader.read(config, getClass().getClassLoader()).problems())
        .anyMatch(problem -> problem.key().equals("oauth.cleint-id"));
  }

  @Test
  void a_server_that_has_read_the_file_is_left_alone() throws IOException {
    Config server = server("oauth.client-id", "s6BhdRkqt3", "other", "1");

    assertThat(ModuleConfig.of(server, moduleWith("oauth.client-id=s6BhdRkqt3", "other=1")))
        .isSameAs(server);
  }

  @Test
  void a_module_without_the_file_or_without_settings_of_ours_changes_nothing() throws IOException {
    Config server = server();

    assertThat(ModuleConfig.of(server, moduleClassLoader())).isSameAs(server);
    assertThat(ModuleConfig.of(server, moduleWith("other=1"))).isSameAs(server);
  }
}
