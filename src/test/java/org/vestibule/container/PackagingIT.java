package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.foreign.OrdersServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/**
 * Applications that know nothing of the library, which lies in the WAR, all in one server. Two
 * providers have the same users with other roles.
 */
@ExtendWith(ArquillianExtension.class)
class PackagingIT {

  private static final AuthorizationServer SHOP = Packaging.provider("clerk");
  private static final AuthorizationServer OFFICE = Packaging.provider("manager");

  /** One of the deployments, for the address of the server. */
  @ArquillianResource
  @OperateOnDeployment("foreign")
  private URL foreign;

  @Deployment(name = "foreign", testable = false)
  static WebArchive foreignApplication() {
    return Packaging.withLibrary("foreign", Packaging.at(SHOP));
  }

  @Deployment(name = "complete", testable = false)
  static WebArchive withCompleteDescriptor() {
    return Packaging.complete("complete", Packaging.at(OFFICE));
  }

  @Deployment(name = "named", testable = false)
  static WebArchive withListenerNamed() {
    return Packaging.completeWithListener("named", Packaging.at(OFFICE));
  }

  @AfterAll
  static void stop() {
    SHOP.close();
    OFFICE.close();
  }

  private String orders(String application) {
    return Packaging.orders(foreign, application);
  }

  private static AuthorizationServer providerOf(String application) {
    return application.equals("named") ? OFFICE : SHOP;
  }

  @ParameterizedTest
  @ValueSource(strings = {"foreign", "named"})
  void an_application_that_knows_nothing_of_it_is_closed_and_opens_for_who_signs_in(String name) {
    AuthorizationServer provider = providerOf(name);

    Packaging.assertClosedUntilSignedIn(orders(name), provider, provider.equals(SHOP));
  }

  @Test
  void where_a_server_must_not_look_for_the_library_the_application_is_closed_and_not_open() {
    RawResponse answer = new RawBrowser().get(orders("complete"));

    assertThat(answer.status()).isIn(404, 500, 503);
    assertThat(answer.body()).doesNotContain(OrdersServlet.ORDERS);
  }

  @Test
  void who_has_signed_in_to_one_application_is_nobody_in_another() {
    RawBrowser browser = new RawBrowser();
    browser.followAll(browser.get(orders("foreign")));

    assertSentToProvider(browser.get(orders("named")), OFFICE);
    assertThat(browser.get(orders("foreign")).body()).contains(OrdersServlet.ORDERS);
  }
}
