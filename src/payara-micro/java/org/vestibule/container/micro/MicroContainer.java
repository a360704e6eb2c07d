package org.vestibule.container.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Node;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/** Payara Micro, as Arquillian sees it. For tests that run as its clients. */
public final class MicroContainer implements DeployableContainer<MicroConfiguration> {

  private static final Pattern CONTEXT_ROOT = Pattern.compile("<context-root>(.*)</context-root>");

  private @Nullable MicroConfiguration configuration;
  private @Nullable MicroProcess process;

  @Override
  public Class<MicroConfiguration> getConfigurationClass() {
    return MicroConfiguration.class;
  }

  @Override
  public void setup(MicroConfiguration read) {
    configuration = read;
  }

  @Override
  public ProtocolDescription getDefaultProtocol() {
    return new ProtocolDescription("Servlet 5.0");
  }

  @Override
  public void start() throws LifecycleException {
    process = MicroProcess.start(Objects.requireNonNull(configuration));
  }

  @Override
  public void stop() {
    Objects.requireNonNull(process).close();
  }

  @Override
  public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
    MicroConfiguration server = Objects.requireNonNull(configuration);
    File file = Path.of(server.folder(), archive.getName()).toFile();
    archive.as(ZipExporter.class).exportTo(file, true);
    String root = contextRoot(archive);
    order(MicroHost.DEPLOY, nameOf(archive), root, file.toString());
    return new ProtocolMetaData()
        .addContext(new HTTPContext("localhost", server.httpPort()).add(new Servlet("any", root)));
  }

  @Override
  public void undeploy(Archive<?> archive) throws DeploymentException {
    order(MicroHost.UNDEPLOY, nameOf(archive));
  }

  private void order(String... words) throws DeploymentException {
    String answer = Objects.requireNonNull(process).order(String.join(MicroHost.SEPARATOR, words));
    if (!answer.equals(MicroHost.DONE)) {
      throw new DeploymentException(String.join(" ", words) + ": " + answer);
    }
  }

  private static String nameOf(Archive<?> archive) {
    return archive.getName().replaceFirst("[.]\\w+$", "");
  }

  /** What an enterprise archive says of its only application, or the name of a web archive. */
  private static String contextRoot(Archive<?> archive) {
    Node descriptor = archive.get("META-INF/application.xml");
    if (descriptor == null) {
      return "/" + nameOf(archive);
    }
    try (InputStream text = descriptor.getAsset().openStream()) {
      Matcher said = CONTEXT_ROOT.matcher(new String(text.readAllBytes(), UTF_8));
      return said.find() ? said.group(1) : "/";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
