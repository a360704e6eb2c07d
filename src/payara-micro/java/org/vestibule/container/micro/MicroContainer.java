package org.vestibule.container.micro;

import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import org.jboss.arquillian.container.spi.client.container.DeployableContainer;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.container.LifecycleException;
import org.jboss.arquillian.container.spi.client.protocol.ProtocolDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jspecify.annotations.Nullable;

/** Payara Micro, as Arquillian sees it. */
public final class MicroContainer implements DeployableContainer<MicroConfiguration> {

  /** What Arquillian puts into a deployment whose tests run inside. */
  private static final String RUNNER = "ArquillianServletRunnerEE9";

  /** A name that Payara Micro deploys at its root. */
  private static final String ROOT = "ROOT";

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
        .addContext(new HTTPContext("localhost", server.httpPort()).add(new Servlet(RUNNER, root)));
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

  private static String contextRoot(Archive<?> archive) {
    return nameOf(archive).equals(ROOT) ? "/" : "/" + nameOf(archive);
  }
}
