package org.vestibule.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The groups of the catalogue in the order of the page. Each has a file of its own, {@code CB.txt},
 * beside this class among the test resources: an entry begins at the margin with its id and
 * requirement, and the indented lines below it are its tests, or {@code except: } and a reason.
 */
public enum Group {
  AR("Authorization request", 21),
  CB("Authorization response", 26),
  TK("Token request, token response, UserInfo", 24),
  ID("ID token", 22),
  JW("Metadata and keys", 13),
  RF("Refresh", 10),
  SE("Session and cookies", 18),
  FB("Ways around the filter", 22),
  OR("Redirections", 10),
  LO("Logout", 14),
  LG("Logs, secrets, error pages", 12),
  DS("Exhaustion", 11),
  CF("Mistakes in the configuration", 14),
  CR("Cryptography", 10),
  AD("Advanced profiles", 14);

  final String title;
  final int size;

  Group(String title, int size) {
    this.title = title;
    this.size = size;
  }

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    Draft draft = null;
    for (String line : lines()) {
      if (line.isBlank()) {
        continue;
      }
      if (!line.startsWith(" ")) {
        add(entries, draft);
        String[] head = line.split(" ", 2);
        draft = new Draft(head[0], head[1]);
      } else if (draft != null) {
        draft.take(line.strip());
      }
    }
    add(entries, draft);
    return entries;
  }

  private static void add(List<Entry> entries, @Nullable Draft draft) {
    if (draft != null) {
      entries.add(draft.entry());
    }
  }

  private List<String> lines() {
    try (InputStream file = Group.class.getResourceAsStream(name() + ".txt")) {
      if (file == null) {
        throw new IllegalStateException("there is no " + name() + ".txt");
      }
      return new String(file.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An entry of which not all lines are read. */
  private static final class Draft {

    private final String id;
    private final String requirement;
    private final List<String> tests = new ArrayList<>();
    private String exception = "";

    Draft(String id, String requirement) {
      this.id = id;
      this.requirement = requirement;
    }

    void take(String line) {
      if (line.startsWith("except: ")) {
        exception = line.substring("except: ".length());
      } else {
        tests.add(line);
      }
    }

    Entry entry() {
      return new Entry(id, requirement, tests, exception);
    }
  }
}
