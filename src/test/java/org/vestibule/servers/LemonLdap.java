package org.vestibule.servers;

import java.util.UUID;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.RawResponse;

/** LemonLDAP::NG, as Debian has it, with the users that it brings for demonstrations. */
record LemonLdap(ServerProcess process, String issuer) implements RealServer {

  private static final String NAME = "lemonldap-ng";
  private static final String PACKAGE = "liblemonldap-ng-portal-perl";
  private static final String DEMO_USER = "dwho";

  static RealServer start(String showcase) {
    Installed.versionOfPackage(PACKAGE);
    int port = ServerProcess.freePort();
    String issuer = "http://localhost:" + port;
    ProcessBuilder command =
        new ProcessBuilder(
            "/usr/bin/python3",
            Installed.setUp(NAME).resolve("server.py").toString(),
            Integer.toString(port),
            showcase,
            Installed.directory(NAME).resolve(UUID.randomUUID().toString()).toString());
    String metadata = issuer + "/.well-known/openid-configuration";
    return new LemonLdap(Installed.start(NAME, command, metadata), issuer);
  }

  @Override
  public String version() {
    return Installed.versionOfPackage(PACKAGE);
  }

  @Override
  public RawResponse signIn(Visitor visitor, RawResponse page) {
    return visitor.submit(page, "user", DEMO_USER, "password", DEMO_USER);
  }

  @Override
  public RawResponse signOut(Visitor visitor, RawResponse page) {
    return visitor.submit(page);
  }

  @Override
  public void close() {
    process.close();
  }
}
