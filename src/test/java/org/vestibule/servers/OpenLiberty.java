package org.vestibule.servers;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.RawResponse;

/** Open Liberty's own authorization server, in a server of its own. */
record OpenLiberty(ServerProcess process, String issuer) implements RealServer {

  private static final String NAME = "open-liberty";
  private static final String SERVER = "op";

  static RealServer start(String showcase) {
    int port = ServerProcess.freePort();
    String issuer = "http://localhost:" + port + "/oidc/endpoint/demo";
    Path directory = Installed.directory(NAME).resolve("servers").resolve(SERVER);
    try {
      Files.createDirectories(directory);
      Files.copy(
          Installed.setUp(NAME).resolve("server.xml"),
          directory.resolve("server.xml"),
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ProcessBuilder command =
        new ProcessBuilder(home().resolve("bin").resolve("server").toString(), "run", SERVER);
    command.environment().keySet().removeIf(key -> key.matches("(WLP|LOG)_.*"));
    command
        .environment()
        .putAll(
            Map.of(
                "WLP_USER_DIR", Installed.directory(NAME).toString(),
                "HTTP_PORT", Integer.toString(port),
                "SHOWCASE", showcase,
                "PAGES", Installed.project().resolve("liberty/apps/demo-as.war").toString(),
                "JVM_ARGS", "-Xmx192m"));
    String metadata = issuer + "/.well-known/openid-configuration";
    return new OpenLiberty(Installed.start(NAME, command, metadata), issuer);
  }

  private static Path home() {
    return Path.of(System.getProperty("wlp.home"));
  }

  @Override
  public String version() {
    Properties properties = new Properties();
    Path file = home().resolve("lib/versions/openliberty.properties");
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("com.ibm.websphere.productVersion");
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(RealServer.super.settings());
    settings.put("roles-claim", "groupIds");
    return settings;
  }

  @Override
  public RawResponse signIn(Visitor visitor, RawResponse page) {
    return visitor.submit(page, "j_username", USER, "j_password", USER);
  }

  @Override
  public void close() {
    process.close();
  }
}
