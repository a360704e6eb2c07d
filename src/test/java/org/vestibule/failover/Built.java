package org.vestibule.failover;

import com.nimbusds.jose.JWSObject;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.vestibule.failover.probe.PageServlet;
import org.vestibule.failover.probe.next.NewsServlet;

/** What the build has put in place. */
final class Built {

  private Built() {}

  /** A file or directory that the build names by this system property. */
  static Path path(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new AssertionError("The build sets the system property " + property + ".");
    }
    return Path.of(value);
  }

  /** A command of Open Liberty. */
  static String wlp(String command) {
    return path("wlp.home").resolve("bin").resolve(command).toString();
  }

  /** A directory of {@code liberty/cluster}. */
  static Path setUp() {
    return path("project.basedir").resolve("liberty/cluster");
  }

  /** The application, with the library as one of its own and settings from the environment. */
  static void application(Path war) {
    write(application(), war);
  }

  /** The same, with one thing more. */
  static void nextApplication(Path war) {
    write(application().addPackage(NewsServlet.class.getPackage()), war);
  }

  private static void write(WebArchive application, Path war) {
    application.as(ZipExporter.class).exportTo(war.toFile(), true);
  }

  private static WebArchive application() {
    return ShrinkWrap.create(WebArchive.class, "vestibule.war")
        .addPackage(PageServlet.class.getPackage())
        .addAsLibraries(new File(System.getProperty("classes.jar")), jose())
        .setWebXML(
            new StringAsset(
                """
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <distributable/>
                  <session-config>
                    <cookie-config><name>CLUSTER_SESSION</name></cookie-config>
                    <tracking-mode>COOKIE</tracking-mode>
                  </session-config>
                </web-app>
                """));
  }

  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static File jose() {
    try {
      return new File(JWSObject.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
