package org.vestibule.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.RawResponse;

/**
 * Django OAuth Toolkit, as Debian has it. It publishes its metadata at an address of its own, and
 * less than it has: its endpoints are set.
 */
record DjangoOauthToolkit(ServerProcess process, String issuer) implements RealServer {

  private static final String NAME = "django-oauth-toolkit";
  private static final String PACKAGE = "python3-django-oauth-toolkit";

  static RealServer start(String showcase) {
    Installed.versionOfPackage(PACKAGE);
    int port = ServerProcess.freePort();
    String issuer = "http://localhost:" + port + "/o";
    ProcessBuilder command =
        new ProcessBuilder(
            "/usr/bin/python3",
            Installed.setUp(NAME).resolve("server.py").toString(),
            Integer.toString(port),
            showcase,
            emptyDatabase().toString());
    ServerProcess process =
        Installed.start(NAME, command, issuer + "/.well-known/openid-configuration/");
    return new DjangoOauthToolkit(process, issuer);
  }

  private static Path emptyDatabase() {
    Path directory = Installed.directory(NAME);
    Path database = directory.resolve("database");
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(database);
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String version() {
    return Installed.versionOfPackage(PACKAGE);
  }

  @Override
  public String metadataUrl() {
    return issuer + "/.well-known/openid-configuration/";
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(RealServer.super.settings());
    settings.put("discovery", "off");
    settings.put("authorization-endpoint", issuer + "/authorize/");
    settings.put("token-endpoint", issuer + "/token/");
    settings.put("userinfo-endpoint", issuer + "/userinfo/");
    settings.put("jwks-uri", issuer + "/.well-known/jwks.json");
    settings.put("revocation-endpoint", issuer + "/revoke_token/");
    return settings;
  }

  @Override
  public RawResponse signIn(Visitor visitor, RawResponse page) {
    RawResponse consent = visitor.submit(page, "username", USER, "password", USER);
    return visitor.submit(consent, "allow", "Authorize");
  }

  @Override
  public void close() {
    process.close();
  }
}
