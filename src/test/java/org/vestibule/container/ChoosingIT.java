package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertNeutralPage;
import static org.vestibule.container.Verdicts.assertRefused;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;

/** Who signs users in, where there is more than one that could, as the container sees requests. */
@ExtendWith(ArquillianExtension.class)
class ChoosingIT {

  private static final String PARTNERS = Visitor.PROTECTED + "/partner";

  private static final AuthorizationServer CORP = provider();
  private static final AuthorizationServer PARTNER = provider();

  @ArquillianResource
  @OperateOnDeployment("paths")
  private URL paths;

  @ArquillianResource
  @OperateOnDeployment("hosts")
  private URL hosts;

  @ArquillianResource
  @OperateOnDeployment("headers")
  private URL headers;

  @ArquillianResource
  @OperateOnDeployment("addresses")
  private URL addresses;

  private static AuthorizationServer provider() {
    return AuthorizationServer.start(
        c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));
  }

  private static Application application() {
    return Application.at(CORP)
        .with("providers", "corp,partner")
        .with("provider.partner.issuer", PARTNER.issuer());
  }

  @Deployment(name = "paths", testable = false)
  static WebArchive byPath() {
    return application()
        .with("choose-by", "path")
        .with("provider.partner.paths", PARTNERS + "/*")
        .with("provider.corp.forward-parameters", "kc_idp_hint")
        .war("by-path");
  }

  @Deployment(name = "hosts", testable = false)
  static WebArchive byHost() {
    return application()
        .with("choose-by", "host")
        .with("public-url", "https://portal.example")
        .with("provider.partner.hosts", "partner.example")
        .war("by-host");
  }

  @Deployment(name = "headers", testable = false)
  static WebArchive byHeader() {
    return application()
        .with("choose-by", "header")
        .with("choose-header", "X-Tenant")
        .with("second-provider", "refuse")
        .war("by-header");
  }

  @Deployment(name = "addresses", testable = false)
  static WebArchive byAddress() {
    return application()
        .with("choose-by", "email-domain")
        .with("provider.corp.email-domains", "corp.example")
        .with("provider.partner.email-domains", "*.partner.example")
        .war("by-address");
  }

  @AfterAll
  static void stop() {
    CORP.close();
    PARTNER.close();
  }

  @Test
  void a_path_is_for_the_users_of_its_provider() {
    Visitor visitor = Visitor.of(paths);
    assertSentToProvider(visitor.get(PARTNERS), PARTNER);
    visitor.signIn();

    assertThat(visitor.session()).containsEntry("provider", "corp");
    RawResponse elsewhere = visitor.get(PARTNERS + "/orders");
    assertSentToProvider(elsewhere, PARTNER);
    assertThat(elsewhere.body()).doesNotContain(ProtectedServlet.CANARY);

    RawResponse page = visitor.browser().followAll(elsewhere);
    assertThat(page.body()).contains(ProtectedServlet.CANARY);
    assertThat(visitor.session()).containsEntry("provider", "partner");
  }

  @Test
  void no_other_way_to_write_a_path_leads_around_its_provider() {
    Visitor visitor = Visitor.signedInAt(paths);

    for (String path :
        new String[] {
          PARTNERS.replace("partner", "p%61rtner"),
          PARTNERS.replace("partner", "%70artner/x"),
          PARTNERS.replace("/partner", "//partner"),
          PARTNERS.replace("/partner", "/./partner"),
          PARTNERS.replace("/partner", "/x/../partner"),
          PARTNERS + ";a=b",
          PARTNERS + "/",
          PARTNERS.replace("partner", "p%2561rtner")
        }) {
      RawResponse answer = visitor.get(path);
      assertThat(answer.body()).as(path).doesNotContain(ProtectedServlet.CANARY);
      assertThat(answer.status()).as(path).isIn(302, 400, 404);
    }
  }

  @Test
  void a_link_tells_the_provider_how_to_go_on() {
    RawResponse answer = Visitor.of(paths).get(Visitor.PROTECTED + "?kc_idp_hint=google&x=1");

    assertSentToProvider(answer, CORP);
    assertThat(answer.locationQuery().get("kc_idp_hint")).isEqualTo("google");
    assertThat(answer.locationQuery().has("x")).isFalse();
  }

  private static RawResponse at(String host, URL deployment) {
    return Visitor.of(deployment).request("GET", Visitor.PROTECTED).header("Host", host).send();
  }

  @Test
  void a_host_has_its_provider_and_its_redirection_URI() {
    RawResponse partner = at("Partner.example", hosts);
    assertSentToProvider(partner, PARTNER);
    assertThat(partner.locationQuery().get("redirect_uri"))
        .isEqualTo("https://partner.example/by-host/oauth/callback");

    RawResponse other = at("evil.example", hosts);
    assertSentToProvider(other, CORP);
    assertThat(other.locationQuery().get("redirect_uri"))
        .isEqualTo("https://portal.example/by-host/oauth/callback");
  }

  private static RawRequest of(Visitor visitor, String tenant) {
    return visitor.request("GET", Visitor.PROTECTED).header("X-Tenant", tenant);
  }

  @Test
  void a_header_names_the_provider() {
    assertSentToProvider(of(Visitor.of(headers), "partner").send(), PARTNER);
    assertSentToProvider(of(Visitor.of(headers), "corp").send(), CORP);
    assertSentToProvider(Visitor.of(headers).get(Visitor.PROTECTED), CORP);
    assertThat(of(Visitor.of(headers), "nobody").send().status()).isEqualTo(404);
  }

  @Test
  void whoever_is_signed_in_signs_out_before_they_go_to_another_provider() {
    Visitor visitor = Visitor.signedInAt(headers);
    RawResponse refused = of(visitor, "partner").send();

    assertThat(refused.status()).isEqualTo(403);
    assertNeutralPage(refused);
    assertThat(of(visitor, "corp").send().body()).contains(ProtectedServlet.CANARY);
  }

  @Test
  void the_domain_of_an_address_leads_to_its_provider() {
    Visitor visitor = Visitor.of(addresses);
    RawResponse page = visitor.browser().follow(visitor.get(Visitor.PROTECTED + "?id=7"));
    RawResponse sent =
        visitor
            .browser()
            .request("POST", visitor.url("/oauth/login?return=/by-address/protected?id=7"))
            .form(FormData.of("email", "jane@sales.partner.example"))
            .send();

    assertThat(page.form().action()).contains("/by-address/oauth/login?return=");
    assertThat(sent.status()).isEqualTo(303);
    assertSentToProvider(sent, PARTNER);
    assertThat(sent.locationQuery().get("login_hint")).isEqualTo("jane@sales.partner.example");
    assertThat(visitor.browser().followAll(sent).body()).contains(ProtectedServlet.CANARY);
  }

  /** RFC 9700 section 4.4.1: the code of the honest one is not for the other. */
  @Test
  void a_provider_that_passes_the_browser_on_does_not_get_the_code_of_the_other() {
    PARTNER
        .on(Endpoint.AUTHORIZATION)
        .once(
            (request, regular) ->
                Answer.redirect(
                    302, CORP.url(Endpoint.AUTHORIZATION) + "?" + request.query().encoded()));
    Visitor visitor = Visitor.of(paths);
    RawResponse passedOn = visitor.browser().follow(visitor.get(PARTNERS));
    String callback = visitor.browser().follow(passedOn).location();

    assertGivesNoCodeAway(visitor, callback);
  }

  /** Likewise where both logins are under way in one browser. */
  @Test
  void a_response_is_not_taken_for_that_of_the_other_provider() {
    Visitor visitor = Visitor.of(paths);
    FormData ofCorp = FormData.parse(visitor.callback().replaceFirst(".*[?]", ""));
    FormData ofPartner = FormData.parse(visitor.callbackFor(PARTNERS).replaceFirst(".*[?]", ""));
    FormData mixed =
        FormData.of(
            "code", String.valueOf(ofCorp.get("code")),
            "state", String.valueOf(ofPartner.get("state")),
            "iss", CORP.issuer());

    assertGivesNoCodeAway(visitor, visitor.url("/oauth/callback?" + mixed.encoded()));
  }

  private static void assertGivesNoCodeAway(Visitor visitor, String callback) {
    CORP.forgetRequests();
    PARTNER.forgetRequests();
    assertRefused(visitor.browser().get(callback), visitor);
    assertThat(CORP.requests()).isEmpty();
    assertThat(PARTNER.requests()).isEmpty();
  }
}
