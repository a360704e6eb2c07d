package org.vestibule.web;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** All that is logged while it is open, at every level, instead of on the console. */
final class Logs extends Handler implements AutoCloseable {

  private final Logger logger = Logger.getLogger("org.vestibule");
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  Logs() {
    setLevel(Level.ALL);
    logger.setLevel(Level.ALL);
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  /** The lines of a level. */
  List<String> at(Level level) {
    return records.stream()
        .filter(record -> record.getLevel().equals(level))
        .map(LogRecord::getMessage)
        .toList();
  }

  /** All of it as text, stacks included. */
  String text() {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    for (LogRecord record : records) {
      writer.println(record.getLevel() + " " + record.getMessage());
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(writer);
      }
    }
    return text.toString();
  }

  @Override
  public void publish(LogRecord record) {
    records.add(record);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
    logger.setUseParentHandlers(true);
    logger.setLevel(null);
  }
}
