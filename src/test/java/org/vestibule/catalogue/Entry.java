package org.vestibule.catalogue;

import java.util.List;

/**
 * One attack or requirement of the catalogue and what answers it.
 *
 * @param id group and number, such as {@code CB-04}; a number is never given twice
 * @param requirement what an adversary must not achieve or what must hold, in one sentence
 * @param tests the tests that show it, as {@code Class.method}
 * @param exception why nothing here can show it, or empty
 */
record Entry(String id, String requirement, List<String> tests, String exception) {

  Entry {
    tests = List.copyOf(tests);
  }

  boolean isAnswered() {
    return !tests.isEmpty() || !exception.isEmpty();
  }
}
