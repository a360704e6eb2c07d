package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URL;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.container.probe.foreign.OrdersServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawBrowser;

/**
 * Applications that know nothing of the library, which lies in the WAR of an EAR, and beside the
 * WARs of an EAR. Two providers have the same users with other roles.
 */
@DisabledIf(
    value = "org.vestibule.container.Difference#takesNoEnterpriseArchives",
    disabledReason = "there are no enterprise archives on this server")
@ExtendWith(ArquillianExtension.class)
class EnterpriseIT {

  private static final AuthorizationServer SHOP = Packaging.provider("clerk");
  private static final AuthorizationServer OFFICE = Packaging.provider("manager");

  /** One of the deployments, for the address of the server. */
  @ArquillianResource
  @OperateOnDeployment("enterprise")
  private URL enterprise;

  @Deployment(name = "enterprise", testable = false)
  static EnterpriseArchive inEnterpriseArchive() {
    return Packaging.enterprise(
        "enterprise",
        Packaging.withLibrary("one-shop", Packaging.at(SHOP)),
        Packaging.withLibrary("one-office", Packaging.at(OFFICE)));
  }

  @Deployment(name = "shared", testable = false)
  static EnterpriseArchive besideTheApplications() {
    return Packaging.withSharedLibrary("shared", Packaging.at(SHOP), Packaging.at(OFFICE));
  }

  @AfterAll
  static void stop() {
    SHOP.close();
    OFFICE.close();
  }

  private String orders(String application) {
    return Packaging.orders(enterprise, application);
  }

  private static AuthorizationServer providerOf(String application) {
    return application.endsWith("office") ? OFFICE : SHOP;
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-shop", "one-office", "shared-shop", "shared-office"})
  void an_application_that_knows_nothing_of_it_is_closed_and_opens_for_who_signs_in(String name) {
    AuthorizationServer provider = providerOf(name);

    Packaging.assertClosedUntilSignedIn(orders(name), provider, provider.equals(SHOP));
  }

  @Test
  void who_has_signed_in_to_one_application_is_nobody_in_another() {
    RawBrowser browser = new RawBrowser();
    browser.followAll(browser.get(orders("one-shop")));

    for (String other : List.of("one-office", "shared-shop", "shared-office")) {
      assertSentToProvider(browser.get(orders(other)), providerOf(other));
    }
    assertThat(browser.get(orders("one-shop")).body()).contains(OrdersServlet.ORDERS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"one", "shared"})
  void two_applications_have_two_providers_at_the_same_time(String archive) {
    RawBrowser browser = new RawBrowser();
    String shop = orders(archive + "-shop");
    String office = orders(archive + "-office");

    browser.followAll(browser.get(shop));
    browser.followAll(browser.get(office));

    assertThat(browser.get(shop).body()).contains(OrdersServlet.ORDERS, "clerk=true");
    assertThat(browser.get(office).body()).contains(OrdersServlet.ORDERS, "clerk=false");
  }
}
