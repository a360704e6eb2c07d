package org.vestibule.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.RawResponse;

/** oidc-provider for Node.js, which gives refresh tokens to whoever asks for offline access. */
record OidcProvider(ServerProcess process, String issuer) implements RealServer {

  private static final String NAME = "oidc-provider";
  private static final Pattern VERSION = Pattern.compile("\"version\":\\s*\"([^\"]+)\"");

  static RealServer start(String showcase) {
    int port = ServerProcess.freePort();
    String issuer = "http://localhost:" + port;
    ProcessBuilder command =
        new ProcessBuilder(node(), "server.mjs", Integer.toString(port), showcase)
            .directory(Installed.directory(NAME).toFile());
    String metadata = issuer + "/.well-known/openid-configuration";
    return new OidcProvider(Installed.start(NAME, command, metadata), issuer);
  }

  /** The one that comes along, where there is one for the machine. */
  private static String node() {
    try (var found = Files.newDirectoryStream(modules(), "node-linux-*")) {
      for (Path module : found) {
        return module.resolve("bin").resolve("node").toString();
      }
      return "node";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path modules() {
    return Installed.directory(NAME).resolve("node_modules");
  }

  @Override
  public String version() {
    try {
      Matcher version =
          VERSION.matcher(Files.readString(modules().resolve(NAME).resolve("package.json")));
      assertThat(version.find()).isTrue();
      return version.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(RealServer.super.settings());
    settings.put("scope", "openid profile email offline_access");
    settings.put("prompt", "consent");
    return settings;
  }

  @Override
  public RawResponse signIn(Visitor visitor, RawResponse page) {
    RawResponse consent =
        page.form().fields().get("prompt").equals("login")
            ? visitor.submit(page, "login", USER, "password", USER)
            : page;
    return visitor.submit(consent);
  }

  @Override
  public RawResponse signOut(Visitor visitor, RawResponse page) {
    return visitor.submit(page, "logout", "yes");
  }

  @Override
  public void close() {
    process.close();
  }
}
