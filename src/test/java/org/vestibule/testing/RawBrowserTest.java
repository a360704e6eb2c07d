package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RawBrowserTest {

  private final AuthorizationServer server = AuthorizationServer.start(c -> {});
  private final RawBrowser browser = new RawBrowser();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a/../b/%2e%2e/..;x=1//c?d=%zz",
        "//evil.example/\\",
        "http://evil.example/",
        "*"
      })
  void a_request_line_is_sent_as_it_is(String target) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(Loopback.at(0));
      CompletableFuture<String> requestLine =
          CompletableFuture.supplyAsync(() -> answerOnce(socket));
      browser
          .request("GET", "http://localhost:" + socket.getLocalPort() + "/")
          .target(target)
          .send();

      assertThat(requestLine.join()).isEqualTo("GET " + target + " HTTP/1.1");
    }
  }

  @Test
  void a_url_is_not_normalised_and_its_fragment_stays_at_home() {
    browser.get(server.origin() + "/a/../b/%2e%2e/..;x=1//c?d#never");

    RecordedRequest request = server.lastRequest(Endpoint.OTHER);
    assertThat(request.path()).isEqualTo("/a/../b/%2e%2e/..;x=1//c");
    assertThat(request.rawQuery()).isEqualTo("d");
  }

  @Test
  void header_fields_can_be_replaced_doubled_and_left_out() {
    browser
        .request("PROPFIND", server.origin() + "/x")
        .header("Accept", "application/json")
        .and("X-Twice", "1")
        .and("X-Twice", "2")
        .without("Sec-Fetch-Mode")
        .header("Host", "evil.example")
        .send();

    RecordedRequest request = server.lastRequest(Endpoint.OTHER);
    assertThat(request.method()).isEqualTo("PROPFIND");
    assertThat(request.headers("Accept")).containsExactly("application/json");
    assertThat(request.headers("X-Twice")).containsExactly("1", "2");
    assertThat(request.headers("Host")).containsExactly("evil.example");
    assertThat(request.header("Sec-Fetch-Mode")).isNull();
  }

  @Test
  void cookies_belong_to_a_host_and_not_to_a_port() {
    try (var sameHost = AuthorizationServer.start(c -> {});
        var otherHost = AuthorizationServer.start(c -> c.host("127.0.0.1"))) {
      set("a=1; Path=/; HttpOnly; Secure");
      browser.get(sameHost.origin() + "/");
      browser.get(otherHost.origin() + "/");

      assertThat(sameHost.lastRequest(Endpoint.OTHER).cookie("a")).isEqualTo("1");
      assertThat(otherHost.lastRequest(Endpoint.OTHER).header("Cookie")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/app, /app, true",
    "/app, /app/x, true",
    "/app/, /app/x, true",
    "/app, /application, false",
    "/app/, /app, false",
    "/, /anything, true"
  })
  void cookies_belong_to_a_path(String cookiePath, String path, boolean sent) {
    set("a=1; Path=" + cookiePath);
    browser.get(server.origin() + path + "?x");

    assertThat("1".equals(server.lastRequest(Endpoint.OTHER).cookie("a"))).isEqualTo(sent);
  }

  @Test
  void the_longest_path_comes_first() {
    set("a=short; Path=/");
    set("a=long; Path=/deep");
    browser.get(server.origin() + "/deep");

    assertThat(server.lastRequest(Endpoint.OTHER).header("Cookie")).isEqualTo("a=long; a=short");
  }

  @Test
  void cookies_are_deleted_by_age_and_by_date() {
    set("a=1; Path=/");
    set("b=2; Path=/");
    set("a=; Path=/; Max-Age=0");
    set("b=; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

    assertThat(browser.cookies().all()).isEmpty();
  }

  @Test
  void cookies_that_a_browser_refuses_are_refused() {
    set("__Host-a=1; Path=/");
    set("__Host-b=1; Secure; Path=/app");
    set("__Host-c=1; Secure; Path=/; Domain=localhost");
    set("__Secure-d=1; Path=/");
    set("big=" + "x".repeat(4096) + "; Path=/");
    set("__Host-good=1; Secure; Path=/");

    assertThat(browser.cookies().all()).extracting(Cookie::name).containsExactly("__Host-good");
  }

  @Test
  void a_form_from_another_site_brings_only_cookies_that_allow_it() {
    set("lax=1; Path=/; SameSite=Lax");
    set("none=1; Path=/; SameSite=None; Secure");
    try (var other = AuthorizationServer.start(c -> c.host("127.0.0.1"))) {
      String form = "<form method=post action='" + server.origin() + "/cb'></form>";
      other.on(Endpoint.OTHER).always(Answer.html(200, form));
      browser.submit(browser.get(other.origin() + "/page"), "code", "SplxlOBeZQQYbYS6WxSbIA");
    }

    RecordedRequest posted = server.lastRequest(Endpoint.OTHER);
    assertThat(posted.header("Cookie")).isEqualTo("none=1");
    assertThat(posted.header("Sec-Fetch-Site")).isEqualTo("cross-site");
    assertThat(posted.form().get("code")).isEqualTo("SplxlOBeZQQYbYS6WxSbIA");
  }

  @Test
  void a_copy_goes_its_own_way() {
    set("a=1; Path=/");
    RawBrowser other = browser.copy();
    other.cookies().clear();

    assertThat(browser.cookies().named("a")).isPresent();
    assertThat(other.cookies().all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"302, GET", "303, GET", "307, POST", "308, POST"})
  void redirects_are_followed_when_asked_and_as_their_status_says(int status, String method) {
    server.on(Endpoint.OTHER).once(Answer.redirect(status, "/next"));
    RawResponse first = browser.post(server.origin() + "/", FormData.of("a", "b"));
    assertThat(server.requests()).hasSize(1);

    browser.follow(first);

    RecordedRequest next = server.lastRequest(Endpoint.OTHER);
    assertThat(next.path()).isEqualTo("/next");
    assertThat(next.method()).isEqualTo(method);
    assertThat(next.body()).isEqualTo(method.equals("GET") ? "" : "a=b");
  }

  @Test
  void an_endless_loop_is_given_up() {
    server.on(Endpoint.OTHER).always(Answer.redirect(302, "/"));

    assertThatThrownBy(() -> browser.followAll(browser.get(server.origin() + "/")))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/a, http://localhost:1/a",
    "b?c, http://localhost:1/app/b?c",
    "?c, http://localhost:1/app/x?c",
    "//evil.example/, http://evil.example/",
    "/\\evil.example/, http://evil.example/",
    "\\/\\evil.example, http://evil.example",
    "https:evil.example, https://evil.example",
    "javascript:alert(1), javascript:alert(1)"
  })
  void a_location_is_read_as_browsers_read_it(String reference, String url) {
    assertThat(Urls.resolve("http://localhost:1/app/x?y", reference)).isEqualTo(url);
  }

  @Test
  void the_loopback_interface_is_never_left() {
    assertThatThrownBy(() -> browser.get("http://evil.example/"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("loopback");
  }

  @Test
  void the_first_form_of_a_page_is_found() {
    String page =
        """
        <FORM action='/go?a=1&amp;b=2' method="post">
          <input type=hidden name="token" value="&lt;&#x22;x&#34;&gt;">
          <input name=user><input type="checkbox" name="unchecked" value="1">
          <input type=submit name=ok value=ok>
        </FORM><form action="/second"></form>
        """;
    HtmlForm form = HtmlForm.first(page, "http://localhost:1/x").orElseThrow();

    assertThat(form.action()).isEqualTo("http://localhost:1/go?a=1&b=2");
    assertThat(form.method()).isEqualTo("POST");
    assertThat(form.filledWith(FormData.of("user", "alice", "ok", "ok")))
        .isEqualTo(FormData.of("token", "<\"x\">", "user", "alice", "ok", "ok"));
  }

  /** Reads a request up to the end of its head, answers, and gives the request line. */
  private static String answerOnce(ServerSocket server) {
    try (Socket socket = server.accept()) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      String requestLine = in.readLine();
      while (!"".equals(in.readLine())) {
        // The header fields do not matter here.
      }
      socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(ISO_8859_1));
      return requestLine;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void set(String cookie) {
    server.on(Endpoint.OTHER).once(Answer.empty(204).withHeader("Set-Cookie", cookie));
    RawResponse response = browser.get(server.origin() + "/set");
    assertThat(response.headers("Set-Cookie")).isEqualTo(List.of(cookie));
  }
}
