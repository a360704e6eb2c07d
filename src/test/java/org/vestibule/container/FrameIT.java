package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawResponse;

/** An application that is shown in the frames of other sites. */
@ExtendWith(ArquillianExtension.class)
class FrameIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER)
        .with("public-url", "https://portal.example")
        .with("cookie-partitioned", "on")
        .war("framed");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static RawResponse inFrame(Visitor visitor, String path) {
    return visitor
        .request("GET", path)
        .header("Sec-Fetch-Dest", "iframe")
        .header("Sec-Fetch-Site", "cross-site")
        .send();
  }

  @Test
  void a_login_in_a_frame_leaves_cookies_that_browsers_heed_there() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse begun = inFrame(visitor, "/oauth/login?return=/framed/protected/page");

    assertSentToProvider(begun, PROVIDER);
    assertPartitioned(begun.headers("Set-Cookie"), "__Host-vestibule-framed-login-");

    String callback = visitor.browser().follow(begun).location();
    RawResponse done =
        inFrame(visitor, "/oauth/callback" + callback.substring(callback.indexOf('?')));
    assertThat(done.header("Location")).isEqualTo("/framed/protected/page");
    assertPartitioned(done.headers("Set-Cookie"), "JSESSIONID=");
  }

  @Test
  void a_frame_does_not_begin_one_of_its_own_accord() {
    RawResponse answer = inFrame(Visitor.of(deployment), Visitor.PROTECTED);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  private static void assertPartitioned(List<String> cookies, String name) {
    assertThat(cookies)
        .filteredOn(cookie -> cookie.startsWith(name))
        .isNotEmpty()
        .allSatisfy(
            cookie ->
                assertThat(cookie)
                    .containsIgnoringCase("; SameSite=None")
                    .containsIgnoringCase("; Secure")
                    .containsPattern("(?i); Partitioned(;|=|$)"));
  }
}
