package org.vestibule.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What Maven's plugins for tests wrote about a run: {@code TEST-*.xml} in one or more folders. */
final class Reports {

  private final Map<String, Outcome> outcomes = new HashMap<>();

  private Reports() {}

  static Reports in(List<Path> folders) throws IOException {
    Reports reports = new Reports();
    for (Path folder : folders) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.filter(Reports::isReport).sorted().toList()) {
          reports.read(file);
        }
      }
    }
    return reports;
  }

  /**
   * @param test as {@code Class.method}, all its invocations together
   */
  Outcome of(String test) {
    return outcomes.getOrDefault(test, Outcome.NOT_RUN);
  }

  private static boolean isReport(Path file) {
    return file.getFileName().toString().matches("TEST-.*[.]xml");
  }

  private void read(Path file) throws IOException {
    XMLInputFactory factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    try (InputStream bytes = Files.newInputStream(file)) {
      XMLStreamReader xml = factory.createXMLStreamReader(bytes);
      String test = "";
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "testcase" -> {
              test = name(xml);
              outcomes.merge(test, Outcome.PASSED, Outcome::and);
            }
            case "skipped" -> outcomes.merge(test, Outcome.SKIPPED, Outcome::and);
            case "failure", "error" -> outcomes.merge(test, Outcome.FAILED, Outcome::and);
            default -> {}
          }
        }
      }
    } catch (XMLStreamException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /** Of a parameterised test without its parameters. */
  private static String name(XMLStreamReader xml) {
    String type = xml.getAttributeValue(null, "classname").replaceFirst(".*[.]", "");
    String method = xml.getAttributeValue(null, "name").replaceFirst("[({\\[ ].*", "");
    return type + "." + method;
  }
}
