package org.vestibule.container.probe;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps everything that the library and those beneath it log, at every level, from before its first
 * listener runs until the application ends.
 */
public class LogRecorder extends Handler
    implements ServletContainerInitializer, ServletContextListener {

  static final String ATTRIBUTE = "probe.log";

  /** Held on to: loggers that nobody holds are forgotten with their handlers. */
  private final List<Logger> loggers =
      Stream.of("org.vestibule", "com.nimbusds", "java.net.http", "jdk.httpclient", "jdk.internal")
          .map(Logger::getLogger)
          .toList();

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final Map<Logger, Optional<Level>> before = new HashMap<>();

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    setLevel(Level.ALL);
    for (Logger logger : loggers) {
      before.put(logger, Optional.ofNullable(logger.getLevel()));
      logger.setLevel(Level.ALL);
      logger.addHandler(this);
    }
    context.setAttribute(ATTRIBUTE, this);
    context.addListener(this);
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    before.forEach(
        (logger, level) -> {
          logger.removeHandler(this);
          logger.setLevel(level.orElse(null));
        });
  }

  @Override
  public void publish(LogRecord entry) {
    StringWriter text = new StringWriter();
    text.append(entry.getLevel().getName()).append(' ');
    text.append(new SimpleFormatter().formatMessage(entry)).append('\n');
    if (entry.getThrown() != null) {
      entry.getThrown().printStackTrace(new PrintWriter(text, true));
    }
    lines.add(text.toString());
  }

  /** One entry after the other. */
  public String report() {
    return lines.stream().collect(Collectors.joining());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
