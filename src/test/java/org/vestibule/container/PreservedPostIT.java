package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawResponse;

/** A form that meets the login is sent after it, once, and looks to the application as it was. */
@ExtendWith(ArquillianExtension.class)
class PreservedPostIT {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TYPED = "text=Zw%C3%B6lf+Boxk%C3%A4mpfer&text=2&empty=";
  private static final String MULTIPART =
      """
      --x
      Content-Disposition: form-data; name="subject"

      Zwölf Boxkämpfer
      --x
      Content-Disposition: form-data; name="file"; filename="größe.txt"
      Content-Type: text/plain

      what the file says
      --x--
      """
          .replace("\n", "\r\n");

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource
  @OperateOnDeployment("forms")
  private URL deployment;

  @ArquillianResource
  @OperateOnDeployment("published")
  private URL published;

  @Deployment(name = "forms", testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("forms");
  }

  @Deployment(name = "published", testable = false)
  static WebArchive publicApplication() {
    return Application.at(PROVIDER).with("public-url", "https://portal.example").war("publforms");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  private static RawResponse post(Visitor visitor, String path, String type, String body) {
    return visitor
        .request("POST", path)
        .from(visitor.url("/public/forms.html"))
        .body(type, body)
        .send();
  }

  /** Follows the link that opens another tab, signs in there and comes to its end. */
  private static void signInInAnotherTab(Visitor visitor, RawResponse page) {
    Matcher link = Pattern.compile("target=\"_blank\"[^>]* href=\"([^\"]+)\"").matcher(page.body());
    assertThat(link.find()).isTrue();
    RawResponse end = visitor.browser().followAll(visitor.browser().click(page, link.group(1)));
    assertThat(end.url()).isEqualTo(visitor.url("/oauth/signed-in"));
    assertThat(end.status()).isEqualTo(200);
    assertNeutralPage(end);
  }

  private static RawResponse sentAfterLogin(
      Visitor visitor, String path, String type, String body) {
    RawResponse page = post(visitor, path, type, body);
    assertThat(page.status()).as(page.toString()).isEqualTo(401);
    signInInAnotherTab(visitor, page);
    return visitor.browser().submit(page);
  }

  @Test
  void nothing_runs_before_the_second_press_and_nothing_stays_on_the_server() {
    Visitor visitor = Visitor.of(deployment);
    int forms = visitor.hits("form");
    int filtered = visitor.hits("filter");
    int sessions = visitor.hits("sessions");
    RawResponse page = post(visitor, "/form/parameters", FORM, TYPED);

    assertThat(page.status()).isEqualTo(401);
    assertThat(page.header("Cache-Control")).startsWith("no-store");
    assertThat(page.headers("Referrer-Policy")).containsExactly("same-origin");
    assertThat(page.body()).doesNotContain("Boxk", "<script");
    assertThat(visitor.hits("form")).isEqualTo(forms);
    assertThat(visitor.hits("filter")).isEqualTo(filtered);
    assertThat(visitor.hits("sessions")).isEqualTo(sessions);
    assertThat(visitor.hasSession()).isFalse();
    assertThat(visitor.pendingLogins()).isEmpty();

    signInInAnotherTab(visitor, page);
    int afterLogin = visitor.hits("filter");
    assertThat(visitor.hits("form")).isEqualTo(forms);
    assertThat(visitor.browser().submit(page).status()).isEqualTo(200);
    assertThat(visitor.hits("form")).isEqualTo(forms + 1);
    assertThat(visitor.hits("filter")).isEqualTo(afterLogin + 1);

    RawResponse again = visitor.browser().submit(page);
    assertThat(again.status()).isEqualTo(409);
    assertNeutralPage(again);
    assertThat(visitor.hits("form")).isEqualTo(forms + 1);
    assertThat(visitor.log()).contains("VEST4015").doesNotContain("Boxk");
  }

  @Test
  void a_servlet_sees_the_parameters() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse result = sentAfterLogin(visitor, "/form/parameters?q=%2F&text=0", FORM, TYPED);

    assertThat(result.status()).isEqualTo(200);
    assertThat(result.header("X-Seen-By-Filter")).isEqualTo("j.doe");
    assertThat(result.body())
        .isEqualTo(
            """
            remoteUser=j.doe
            query=q=%%2F&text=0
            contentType=application/x-www-form-urlencoded
            contentLength=%d
            origin=%s
            parameter empty=[]
            parameter q=[/]
            parameter text=[0, Zwölf Boxkämpfer, 2]
            """
                .formatted(TYPED.length(), origin(visitor)));
  }

  private static String origin(Visitor visitor) {
    return visitor.url("").substring(0, visitor.url("").length() - visitor.contextPath().length());
  }

  @Test
  void a_servlet_sees_the_body() {
    RawResponse result = sentAfterLogin(Visitor.of(deployment), "/form/body", FORM, TYPED);

    assertThat(result.body()).endsWith("\n" + TYPED);
  }

  @Test
  void a_servlet_that_forwards_adds_its_own_parameters() {
    RawResponse result = sentAfterLogin(Visitor.of(deployment), "/form/forwarded", FORM, "text=1");

    assertThat(result.body())
        .contains("parameter more=[1]\n", "parameter text=[1]\n")
        .doesNotContain("preserved", "vestibule-resume");
  }

  @Test
  void a_servlet_sees_the_parts_and_the_file() {
    RawResponse result =
        sentAfterLogin(
            Visitor.of(deployment), "/form/parts", "multipart/form-data; boundary=x", MULTIPART);

    assertThat(result.body())
        .contains(
            "contentType=multipart/form-data; boundary=x\n",
            "part subject=null,null,Zwölf Boxkämpfer\n",
            "part file=größe.txt,text/plain,what the file says\n",
            "parameter subject=[Zwölf Boxkämpfer]\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {FORM, "multipart/form-data; boundary=x"})
  void it_looks_as_if_it_was_sent_without_a_detour(String type) {
    String path = type.equals(FORM) ? "/form/parameters?q=1" : "/form/parts?q=1";
    String body = type.equals(FORM) ? "text=a+b%2Fc&text=2&empty=&alone" : readAlikeHere(MULTIPART);

    assertThat(sentAfterLogin(Visitor.of(deployment), path, type, body).body())
        .isEqualTo(post(Visitor.signedInAt(deployment), path, type, body).body());
  }

  private static String readAlikeHere(String multipart) {
    return Difference.READS_MULTIPART_FIELDS_AS_LATIN_1.isHere()
        ? multipart.replace("Zwölf Boxkämpfer", "Twelve boxers")
        : multipart;
  }

  @Test
  void jakarta_rest_sees_the_fields() {
    assertThat(sentAfterLogin(Visitor.of(deployment), "/api/form", FORM, TYPED).body())
        .isEqualTo("text=Zwölf Boxkämpfer");
  }

  @Test
  void a_form_of_64_kilobytes_is_kept_and_a_larger_one_is_not() {
    String largest = "text=" + "a".repeat(65_531);
    RawResponse result = sentAfterLogin(Visitor.of(deployment), "/form/body", FORM, largest);

    assertThat(result.body()).contains("contentLength=65536\n").endsWith(largest);
    assertSentToProvider(post(Visitor.of(deployment), "/form/body", FORM, largest + "a"), PROVIDER);
  }

  @Test
  void a_form_sent_in_chunks_is_kept_too() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse page =
        visitor
            .request("POST", "/form/parameters")
            .from(visitor.url("/public/forms.html"))
            .body(FORM, "6\r\ntext=1\r\n2\r\n&b\r\n0\r\n\r\n")
            .without("Content-Length")
            .header("Transfer-Encoding", "chunked")
            .send();
    signInInAnotherTab(visitor, page);

    assertThat(visitor.browser().submit(page).body())
        .contains("contentLength=8\n", "parameter b=[]\n", "parameter text=[1]\n");
  }

  @Test
  void another_browser_cannot_send_it() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse page = post(visitor, "/form/parameters", FORM, TYPED);
    Visitor thief = Visitor.signedInAt(deployment);
    post(thief.copy(), "/form/parameters", FORM, TYPED);
    int before = thief.hits("form");
    RawResponse refused = thief.browser().post(page.form().action(), page.form().fields());

    assertThat(refused.status()).isEqualTo(400);
    assertNeutralPage(refused);
    assertThat(thief.hits("form")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"https://evil.example/, 400", "http://other.localhost/, 400"})
  void another_site_cannot_press_the_button(String site, int status) {
    Visitor visitor = Visitor.of(deployment);
    RawResponse page = post(visitor, "/form/parameters", FORM, TYPED);
    signInInAnotherTab(visitor, page);
    int before = visitor.hits("form");
    RawResponse refused =
        visitor
            .request("POST", "/form/parameters?vestibule-resume")
            .from(site)
            .form(page.form().fields())
            .header("Cookie", cookies(visitor))
            .send();

    assertThat(refused.status()).isEqualTo(status);
    assertThat(visitor.hits("form")).isEqualTo(before);
  }

  /** As if the browser did not heed SameSite. */
  private static String cookies(Visitor visitor) {
    return String.join(
        "; ",
        visitor.browser().cookies().all().stream()
            .map(cookie -> cookie.name() + "=" + cookie.value())
            .toList());
  }

  @Test
  void a_script_keeps_what_it_wanted_to_send() {
    Visitor visitor = Visitor.of(deployment);
    RawResponse answer =
        visitor
            .request("POST", "/form/body")
            .from(visitor.url("/public/forms.html"))
            .asFetch()
            .body("application/json", "{\"text\":1}")
            .send();

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.json()).containsEntry("error", "login_required");
    assertThat(answer.headers("Set-Cookie")).isEmpty();
  }

  @Test
  void under_https_the_cookie_is_of_this_host_alone() {
    Visitor visitor = Visitor.of(published);
    RawResponse page = post(visitor, "/form/parameters", FORM, TYPED);

    assertThat(page.headers("Set-Cookie"))
        .singleElement()
        .asString()
        .matches("__Host-vestibule-publforms-form=[A-Za-z0-9_-]{43}; .*")
        .containsIgnoringCase("; Path=/;")
        .containsIgnoringCase("; Secure")
        .containsIgnoringCase("; HttpOnly")
        .containsIgnoringCase("; SameSite=Strict")
        .doesNotContainIgnoringCase("Domain");
  }

  @Test
  void a_login_of_ones_own_ends_on_the_page_for_it_and_no_other_of_ours() {
    Visitor visitor = Visitor.of(deployment);
    for (String page : List.of("/oauth/signed-in", "/oauth/logged-out", "/oauth/logout")) {
      RawResponse end =
          visitor
              .browser()
              .followAll(visitor.get("/oauth/login?return=" + visitor.contextPath() + page));
      boolean ours = page.equals("/oauth/signed-in");
      assertThat(end.url()).isEqualTo(visitor.url(ours ? page : "/"));
    }
    assertThat(visitor.browser().post(visitor.url("/oauth/signed-in"), FormData.of()).status())
        .isEqualTo(405);
  }
}
