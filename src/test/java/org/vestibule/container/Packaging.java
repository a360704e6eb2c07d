package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.container.Verdicts.assertSentToProvider;

import java.net.URI;
import java.net.URL;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.vestibule.container.probe.foreign.OrdersServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;
import org.vestibule.testing.User;

/** Ways to put the library into an application that knows nothing of it. */
final class Packaging {

  private static final String SETTINGS = "META-INF/microprofile-config.properties";

  private static final String LISTENER =
      "<listener><listener-class>org.vestibule.web.Registration</listener-class></listener>";

  private static final String DESCRIPTOR =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0" metadata-complete="%s">
        %s
        <filter>
          <filter-name>audit</filter-name>
          <filter-class>org.vestibule.container.probe.foreign.AuditFilter</filter-class>
        </filter>
        <filter-mapping><filter-name>audit</filter-name><url-pattern>/*</url-pattern></filter-mapping>
        <servlet>
          <servlet-name>orders</servlet-name>
          <servlet-class>org.vestibule.container.probe.foreign.OrdersServlet</servlet-class>
        </servlet>
        <servlet-mapping><servlet-name>orders</servlet-name><url-pattern>/orders/*</url-pattern></servlet-mapping>
      </web-app>
      """;

  private Packaging() {}

  private static WebArchive foreign(String name, String descriptor) {
    return ShrinkWrap.create(WebArchive.class, name + ".war")
        .addPackage(OrdersServlet.class.getPackage())
        .setWebXML(new StringAsset(descriptor));
  }

  private static WebArchive withLibrary(String name, String descriptor, Application settings) {
    return foreign(name, descriptor)
        .addAsLibraries(Application.libraries())
        .addAsLibraries(
            ShrinkWrap.create(JavaArchive.class, "settings.jar")
                .addAsManifestResource(settings.properties(), "microprofile-config.properties"));
  }

  /** Three jars more than before, and nothing else: the library, what it needs, its settings. */
  static WebArchive withLibrary(String name, Application settings) {
    return withLibrary(name, DESCRIPTOR.formatted(false, ""), settings);
  }

  /** The same, where the descriptor tells the server to look for nothing that it does not name. */
  static WebArchive complete(String name, Application settings) {
    return withLibrary(name, DESCRIPTOR.formatted(true, ""), settings);
  }

  /** The same, where it names us. */
  static WebArchive completeWithListener(String name, Application settings) {
    return withLibrary(name, DESCRIPTOR.formatted(true, LISTENER), settings);
  }

  /** The library once for both applications; each has settings and names us in its descriptor. */
  static EnterpriseArchive withSharedLibrary(String name, Application shop, Application office) {
    String descriptor = DESCRIPTOR.formatted(false, LISTENER);
    return enterprise(
            name,
            foreign(name + "-shop", descriptor).addAsResource(shop.properties(), SETTINGS),
            foreign(name + "-office", descriptor).addAsResource(office.properties(), SETTINGS))
        .addAsLibraries(Application.libraries());
  }

  /** Each application at a context root of the name that it has. */
  static EnterpriseArchive enterprise(String name, WebArchive... applications) {
    EnterpriseArchive archive = ShrinkWrap.create(EnterpriseArchive.class, name + ".ear");
    StringBuilder modules = new StringBuilder();
    for (WebArchive application : applications) {
      String file = application.getName();
      archive.addAsModule(application);
      modules.append(
          "<module><web><web-uri>%s</web-uri><context-root>/%s</context-root></web></module>"
              .formatted(file, file.replace(".war", "")));
    }
    return archive.setApplicationXML(
        new StringAsset(
            """
            <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
            %s
            <library-directory>lib</library-directory>
            </application>
            """
                .formatted(modules)));
  }

  /** A provider of the users of all, which has them in a group of its own. */
  static AuthorizationServer provider(String group) {
    return AuthorizationServer.start(
        c ->
            c.client(Application.CLIENT_ID, Application.CLIENT_SECRET)
                .approving(User.JANE.with("groups", List.of(group))));
  }

  /** Settings for an application that knows nothing of the library. */
  static Application at(AuthorizationServer provider) {
    return Application.at(provider).without("public-paths");
  }

  /** The page of an application on the same server as another one. */
  static String orders(URL deployed, String application) {
    return URI.create(deployed.toString()).resolve("/" + application + "/orders/").toString();
  }

  /** A stranger is sent to the provider, and is known when they are back. */
  static void assertClosedUntilSignedIn(
      String orders, AuthorizationServer provider, boolean isClerk) {
    RawBrowser browser = new RawBrowser();
    RawResponse challenge = browser.get(orders);
    assertSentToProvider(challenge, provider);

    RawResponse answer = browser.followAll(challenge);
    assertThat(answer.url()).isEqualTo(orders);
    assertThat(answer.body())
        .contains(OrdersServlet.ORDERS, "user=j.doe", "audited=j.doe", "clerk=" + isClerk);
  }
}
