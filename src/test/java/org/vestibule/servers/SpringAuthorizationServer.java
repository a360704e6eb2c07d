package org.vestibule.servers;

import java.util.List;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.RawResponse;

/** Spring Authorization Server in a Spring Boot application. */
record SpringAuthorizationServer(ServerProcess process, String issuer) implements RealServer {

  private static final String NAME = "spring-authorization-server";

  static RealServer start(String showcase) {
    int port = ServerProcess.freePort();
    String issuer = "http://localhost:" + port;
    ProcessBuilder command = Installed.java(NAME, "org.vestibule.servers.spring.Server");
    command
        .command()
        .addAll(
            List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--issuer=" + issuer,
                "--showcase=" + showcase));
    String metadata = issuer + "/.well-known/openid-configuration";
    return new SpringAuthorizationServer(Installed.start(NAME, command, metadata), issuer);
  }

  @Override
  public String version() {
    return Installed.versionOfLibrary(NAME, "spring-security-oauth2-authorization-server");
  }

  @Override
  public RawResponse signIn(Visitor visitor, RawResponse page) {
    return visitor.submit(page, "username", USER, "password", USER);
  }

  @Override
  public void close() {
    process.close();
  }
}
