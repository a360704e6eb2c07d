package org.vestibule.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.vestibule.showcase.ServerProcess;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;

/** Glewlwyd, as Debian has it. Its pages are scripts; what those do, this class does. */
record Glewlwyd(ServerProcess process, String origin) implements RealServer {

  private static final String NAME = "glewlwyd";
  private static final int OK = 200;

  static RealServer start(String showcase) {
    Installed.versionOfPackage(NAME);
    int port = ServerProcess.freePort();
    ProcessBuilder command =
        new ProcessBuilder(
            "/usr/bin/python3",
            Installed.setUp(NAME).resolve("server.py").toString(),
            Integer.toString(port),
            showcase,
            emptyDirectory().toString());
    String origin = "http://localhost:" + port;
    String metadata = origin + "/api/oidc/.well-known/openid-configuration";
    return new Glewlwyd(Installed.start(NAME, command, metadata), origin);
  }

  private static Path emptyDirectory() {
    Path directory = Installed.directory(NAME);
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(directory.resolve("database"));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String version() {
    return Installed.versionOfPackage(NAME);
  }

  @Override
  public String issuer() {
    return origin + "/api/oidc";
  }

  @Override
  public RawResponse signIn(Visitor visitor, RawResponse page) {
    call(visitor, "POST", "/api/auth/", "{\"username\":\"alice\",\"password\":\"alice-alice\"}");
    call(visitor, "PUT", "/api/auth/grant/" + CLIENT_ID, "{\"scope\":\"openid profile email\"}");
    String goOn = parameter(page, "callback_url");
    return visitor.follow(visitor.browser().click(page, goOn + "&g_continue"));
  }

  @Override
  public RawResponse signOut(Visitor visitor, RawResponse page) {
    String sid = parameter(page, "sid");
    String session = "/api/" + parameter(page, "plugin") + "/session/" + sid;
    call(visitor, "DELETE", session, "");
    call(visitor, "DELETE", "/api/auth/", "");
    return visitor.follow(visitor.browser().click(page, parameter(page, "callback_url")));
  }

  private void call(Visitor visitor, String method, String path, String json) {
    RawResponse answer =
        visitor
            .browser()
            .request(method, origin + path)
            .from(origin + "/login.html")
            .asFetch()
            .body("application/json", json)
            .send();
    assertThat(answer.status()).as("%s\n%s", answer, answer.body()).isEqualTo(OK);
  }

  private static String parameter(RawResponse page, String name) {
    FormData query = FormData.parse(page.url().replaceFirst("(?s)^[^?]*\\?", ""));
    return Objects.requireNonNull(query.get(name));
  }

  @Override
  public void close() {
    process.close();
  }
}
