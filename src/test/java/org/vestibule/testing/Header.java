package org.vestibule.testing;

import java.util.List;

/** One header field line. Names compare without regard to case. */
public record Header(String name, String value) {

  /** Whether this is a line of the named field. */
  public boolean is(String other) {
    return name.equalsIgnoreCase(other);
  }

  /** All values of the named field, in order. */
  static List<String> values(List<Header> headers, String name) {
    return headers.stream().filter(header -> header.is(name)).map(Header::value).toList();
  }
}
