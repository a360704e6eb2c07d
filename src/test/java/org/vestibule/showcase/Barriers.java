package org.vestibule.showcase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What keeps people out of a page who do not see, do not use a mouse, or see colours differently,
 * as far as <a href="https://github.com/dequelabs/axe-core">axe-core</a> can tell: the rules of the
 * Web Content Accessibility Guidelines up to 2.2 AA, and good practice.
 */
public final class Barriers {

  private static final String AXE = axe();

  private static final String LOOK =
      """
      axe.run(document, {resultTypes: ['violations']}).then(result => result.violations.map(rule =>
        rule.id + ': ' + rule.help + ' ' + rule.nodes.map(node => node.html)))
      """;

  private Barriers() {}

  /** Asserts that the page that is open has none. */
  public static void assertNone(Chromium chromium, String page) {
    chromium.evaluate("(() => {" + AXE + "\n})()");
    Object found = chromium.evaluate(LOOK.strip());
    assertThat((List<?>) found).as(page).isEmpty();
  }

  private static String axe() {
    try (InputStream script = Barriers.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) {
        throw new IllegalStateException("axe-core is not on the class path");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
