package org.vestibule.container;

import com.nimbusds.jose.JWSObject;
import jakarta.servlet.ServletContainerInitializer;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.ClassLoaderAsset;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.vestibule.container.probe.LogRecorder;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.container.probe.faces.Desk;
import org.vestibule.testing.AuthorizationServer;

/**
 * A deployment in the making: an application and its settings. Immutable. The settings go into the
 * deployment's own {@code microprofile-config.properties}, so that several can be deployed at once.
 */
final class Application {

  /** The client's registration at every provider of these tests. */
  static final String CLIENT_ID = "s6BhdRkqt3";

  static final String CLIENT_SECRET = "7Fjfp0ZBr1KtDRbnfVdmIw";

  private final Map<String, String> settings;

  private Application(Map<String, String> settings) {
    this.settings = settings;
  }

  /** Without a provider. Public is what lies below {@code /public/}. */
  static Application withoutProvider() {
    return new Application(Map.of()).with("public-paths", "/public/*,/error-page");
  }

  /** With a provider that is known by its issuer identifier and nothing else. */
  static Application at(AuthorizationServer provider) {
    return at(provider.issuer());
  }

  /** With a provider that is known by its issuer identifier and nothing else. */
  static Application at(String issuer) {
    return withoutProvider()
        .with("issuer", issuer)
        .with("client-id", CLIENT_ID)
        .with("client-secret", CLIENT_SECRET);
  }

  /** Without a setting, so that its default counts; the key without {@code oauth.}. */
  Application without(String key) {
    Map<String, String> fewer = new LinkedHashMap<>(settings);
    fewer.remove("oauth." + key);
    return new Application(fewer);
  }

  /** With one more setting, or another value of an old one; the key without {@code oauth.}. */
  Application with(String key, String value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put("oauth." + key, value);
    return new Application(more);
  }

  /** The application of the package {@code probe}, with the library as one of its own. */
  WebArchive war(String name) {
    return ShrinkWrap.create(WebArchive.class, name + ".war")
        .addPackage(ProtectedServlet.class.getPackage())
        .deleteClass(LogRecorder.class)
        .addAsWebResource(new StringAsset(ProtectedServlet.CANARY), "static/page.txt")
        .addAsWebResource(new StringAsset(ProtectedServlet.CANARY), "index.html")
        .addAsWebResource(new StringAsset("public"), "public/style.css")
        .addAsWebResource(new ClassLoaderAsset("probe/forms.html"), "public/forms.html")
        .addAsWebResource(new ClassLoaderAsset("probe/fetch.html"), "public/fetch.html")
        .addAsWebResource(new ClassLoaderAsset("probe/embedding.html"), "public/embedding.html")
        .addAsWebResource(new ClassLoaderAsset("probe/framing.html"), "public/framing.html")
        .addAsWebResource(new ClassLoaderAsset("probe/framed.html"), "public/framed.html")
        .addAsWebResource(new ClassLoaderAsset("probe/routes.html"), "static/routes.html")
        .addAsResource(properties(), "META-INF/microprofile-config.properties")
        .addAsResource("META-INF/vestibule/pages_he.properties")
        .addAsLibraries(libraries())
        .addAsLibraries(recorder())
        .setWebXML(
            new StringAsset(
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <welcome-file-list><welcome-file>index.html</welcome-file></welcome-file-list>
                  <error-page><error-code>409</error-code><location>/error-page</location></error-page>
                </web-app>
                """));
  }

  /** The same with a view of Jakarta Faces and a page with htmx. */
  WebArchive withFaces(String name) {
    String htmx = "META-INF/resources/webjars/htmx.org/%s/dist/htmx.min.js";
    return war(name)
        .addPackage(Desk.class.getPackage())
        .addAsWebInfResource(
            new StringAsset(
                "<faces-config xmlns='https://jakarta.ee/xml/ns/jakartaee' version='4.0'/>"),
            "faces-config.xml")
        .addAsWebResource(new ClassLoaderAsset("probe/orders.xhtml"), "orders.xhtml")
        .addAsWebResource(new ClassLoaderAsset("probe/htmx.html"), "public/htmx.html")
        .addAsWebResource(
            new ClassLoaderAsset(htmx.formatted(System.getProperty("htmx.version"))),
            "public/htmx.js");
  }

  /**
   * The same at the root of the server, which an enterprise archive can ask for; where there are
   * none, a name does.
   */
  Archive<?> atRoot(String name) {
    return Difference.TAKES_NO_ENTERPRISE_ARCHIVES.isHere() ? war("ROOT") : enterpriseAtRoot(name);
  }

  private EnterpriseArchive enterpriseAtRoot(String name) {
    return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
        .addAsModule(war(name))
        .setApplicationXML(
            new StringAsset(
                """
                <application xmlns="https://jakarta.ee/xml/ns/jakartaee" version="10">
                  <module>
                    <web><web-uri>%s.war</web-uri><context-root>/</context-root></web>
                  </module>
                </application>
                """
                    .formatted(name)));
  }

  /** The product as it was built, with these settings. */
  WebArchive product(String name) {
    return ShrinkWrap.create(WebArchive.class, name + ".war")
        .merge(ShrinkWrap.createFromZipFile(WebArchive.class, file("war.file")))
        .addAsResource(properties(), "META-INF/microprofile-config.properties");
  }

  /** A library, since not every server looks for initializers among the classes of a WAR. */
  private static JavaArchive recorder() {
    return ShrinkWrap.create(JavaArchive.class, "recorder.jar")
        .addClass(LogRecorder.class)
        .addAsServiceProvider(ServletContainerInitializer.class, LogRecorder.class);
  }

  /** The settings as a file. */
  StringAsset properties() {
    Properties properties = new Properties();
    properties.setProperty("config_ordinal", "200");
    properties.putAll(settings);
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StringAsset(text.toString());
  }

  /** What an application has to carry: the library and what it needs. */
  static File[] libraries() {
    return new File[] {file("classes.jar"), jarOf(JWSObject.class)};
  }

  private static File file(String property) {
    return new File(System.getProperty(property));
  }

  /** The jar that a class comes from. */
  static File jarOf(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
