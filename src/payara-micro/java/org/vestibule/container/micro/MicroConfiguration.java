package org.vestibule.container.micro;

import java.util.List;
import java.util.Objects;
import org.jboss.arquillian.container.spi.client.container.ContainerConfiguration;
import org.jspecify.annotations.Nullable;

/** The properties of the container in {@code arquillian.xml}. */
public final class MicroConfiguration implements ContainerConfiguration {

  private @Nullable Integer httpPort;
  private @Nullable String folder;
  private List<String> jvmOptions = List.of();
  private @Nullable String commandFile;

  @Override
  public void validate() {
    Objects.requireNonNull(httpPort, "httpPort");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(commandFile, "commandFile");
  }

  int httpPort() {
    return Objects.requireNonNull(httpPort);
  }

  /** Where the server keeps its log and what is deployed. */
  String folder() {
    return Objects.requireNonNull(folder);
  }

  List<String> jvmOptions() {
    return jvmOptions;
  }

  /** What its administration is told before the start. */
  String commandFile() {
    return Objects.requireNonNull(commandFile);
  }

  /** Called by Arquillian, as are the others. */
  public void setHttpPort(Integer port) {
    httpPort = port;
  }

  public void setFolder(String path) {
    folder = path;
  }

  public void setJvmOptions(String options) {
    jvmOptions = List.of(options.trim().split("\\s+"));
  }

  public void setCommandFile(String path) {
    commandFile = path;
  }
}
