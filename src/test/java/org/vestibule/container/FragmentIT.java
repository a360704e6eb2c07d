package org.vestibule.container;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertProtected;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.net.URLEncoder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawResponse;

/** An application whose addresses have fragments; what a browser's script does is done by hand. */
@ExtendWith(ArquillianExtension.class)
class FragmentIT {

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).with("keep-fragment", "on").war("fragment");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static String found(String pattern, RawResponse page) {
    Matcher matcher = Pattern.compile(pattern).matcher(page.body());
    assertThat(matcher.find()).as(page.body()).isTrue();
    return matcher.group(1).replace("&amp;", "&");
  }

  @Test
  void a_page_takes_the_place_of_the_redirection_and_its_script_is_there() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse page = visitor.get(Visitor.PROTECTED);

    assertThat(page.status()).isEqualTo(401);
    assertThat(page.headers("Set-Cookie")).isEmpty();
    assertThat(page.body()).doesNotContain(ProtectedServlet.CANARY);
    assertProtected(page);
    RawResponse script =
        visitor.browser().click(page, found("<script defer src=\"([^\"]+)\"", page));
    assertThat(script.status()).isEqualTo(200);
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
    assertThat(script.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(script.headers("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    assertThat(script.body()).contains("location.replace");
    assertThat(script.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void the_login_that_it_leads_to_ends_at_the_fragment() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse page = visitor.get(Visitor.PROTECTED + "?a=%C3%A4&b=%26");
    String login = found("data-return=\"now\" href=\"([^\"]+)\"", page);
    RawResponse begun =
        visitor.browser().click(page, login + URLEncoder.encode("#/orders/7?c=d%20e#f", UTF_8));
    assertSentToProvider(begun, PROVIDER);

    RawResponse done = visitor.browser().get(visitor.browser().follow(begun).location());
    assertThat(done.header("Location"))
        .isEqualTo("/fragment" + Visitor.PROTECTED + "?a=%C3%A4&b=%26#/orders/7?c=d%20e#f");
    assertThat(visitor.get(Visitor.PROTECTED).body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void a_browser_without_scripts_gets_there_without_it() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse page = visitor.get(Visitor.PROTECTED);
    RawResponse begun = visitor.browser().click(page, found("content=\"0;url=([^\"]+)\"", page));

    assertThat(visitor.browser().followAll(begun).body()).isEqualTo(ProtectedServlet.CANARY);
  }

  @Test
  void scripts_and_forms_are_answered_as_ever() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse fetched =
        visitor
            .request("GET", Visitor.PROTECTED)
            .header("Sec-Fetch-Mode", "cors")
            .header("Sec-Fetch-Dest", "empty")
            .send();

    assertThat(fetched.json()).containsEntry("error", "login_required");
    assertThat(visitor.request("POST", Visitor.PROTECTED).send().location())
        .startsWith(PROVIDER.url(Endpoint.AUTHORIZATION));
  }
}
