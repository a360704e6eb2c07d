package org.vestibule.performance;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whole logins one after the other, each of a new user: by connections that stay open as those of
 * browsers do, so that a login's share of the server's processor is the login's and not that of
 * opening connections.
 */
final class Logins {

  private static final int REDIRECTS = 8;

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final URI page;
  private final String expected;

  /**
   * @param page a protected one
   * @param expected its body
   */
  Logins(URI page, String expected) {
    this.page = page;
    this.expected = expected;
  }

  void run(int count) throws IOException, InterruptedException {
    for (int i = 0; i < count; i++) {
      String body = signIn();
      if (!body.equals(expected)) {
        throw new IllegalStateException("not the expected answer: " + body);
      }
    }
  }

  private String signIn() throws IOException, InterruptedException {
    Map<String, String> cookies = new HashMap<>();
    URI url = page;
    for (int i = 0; i < REDIRECTS; i++) {
      HttpResponse<String> answer =
          client.send(request(url, cookies), HttpResponse.BodyHandlers.ofString());
      answer.headers().allValues("Set-Cookie").stream()
          .flatMap(header -> HttpCookie.parse(header).stream())
          .forEach(cookie -> cookies.put(cookie.getName(), cookie.getValue()));
      if (answer.statusCode() == 200) {
        return answer.body();
      }
      url = url.resolve(answer.headers().firstValue("Location").orElseThrow());
    }
    throw new IllegalStateException("redirected without end");
  }

  private static HttpRequest request(URI url, Map<String, String> cookies) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).header("Accept", "text/html");
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request.build();
  }
}
