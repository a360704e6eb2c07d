package org.vestibule.servers;

import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.RawResponse;

/** mock-oauth2-server, which takes every client and every user. */
record MockOauth2Server(ServerProcess process, String issuer) implements RealServer {

  private static final String NAME = "mock-oauth2-server";

  static RealServer start(String showcase) {
    int port = ServerProcess.freePort();
    String issuer = "http://localhost:" + port + "/vestibule";
    ProcessBuilder command =
        Installed.java(NAME, "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt");
    command.environment().put("SERVER_HOSTNAME", "127.0.0.1");
    command.environment().put("SERVER_PORT", Integer.toString(port));
    command
        .environment()
        .put("JSON_CONFIG_PATH", Installed.setUp(NAME).resolve("config.json").toString());
    String metadata = issuer + "/.well-known/openid-configuration";
    return new MockOauth2Server(Installed.start(NAME, command, metadata), issuer);
  }

  @Override
  public String version() {
    return Installed.versionOfLibrary(NAME, NAME);
  }

  @Override
  public RawResponse signIn(Visitor visitor, RawResponse page) {
    return visitor.submit(page, "username", USER);
  }

  @Override
  public void close() {
    process.close();
  }
}
