package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the proxies that a request came through say about it, the nearest last: {@code Forwarded}
 * (RFC 7239 section 4), or the {@code X-Forwarded-} headers from before it.
 */
final class ForwardedHops {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

  /** A pair of an element, and what comes after it. */
  private static final Pattern PAIR =
      Pattern.compile(
          "\\G\\s*(?<name>"
              + TOKEN
              + ")=(?:(?<token>"
              + TOKEN
              + ")|\"(?<quoted>[^\"\\\\]*)\")"
              + "\\s*(?<end>[;,]|$)");

  /**
   * @param from the address of who sent the request to this proxy, without a port
   * @param scheme with which it was sent there
   * @param host and perhaps port, to which it was sent
   * @param port if the host does not tell it
   */
  record Hop(
      Optional<String> from,
      Optional<String> scheme,
      Optional<String> host,
      Optional<String> port) {

    boolean tellsAddress() {
      return scheme.isPresent() || host.isPresent() || port.isPresent();
    }
  }

  private ForwardedHops() {}

  /** Those of {@code Forwarded}; empty if the header is malformed, an empty list without it. */
  static Optional<List<Hop>> standard(HttpServletRequest request) {
    String text = String.join(",", Collections.list(request.getHeaders("Forwarded")));
    List<Hop> hops = new ArrayList<>();
    Map<String, String> element = new HashMap<>();
    Matcher pair = PAIR.matcher(text);
    int end = 0;
    while (end < text.length() && pair.find()) {
      String token = pair.group("token");
      String value = token == null ? pair.group("quoted") : token;
      if (element.put(pair.group("name").toLowerCase(Locale.ROOT), value) != null) {
        return Optional.empty();
      }
      if (!pair.group("end").equals(";")) {
        hops.add(hop(element));
        element.clear();
      }
      end = pair.end();
    }
    return end == text.length() && element.isEmpty() ? Optional.of(hops) : Optional.empty();
  }

  private static Hop hop(Map<String, String> element) {
    return new Hop(
        Optional.ofNullable(element.get("for")).map(ForwardedHops::withoutPort),
        Optional.ofNullable(element.get("proto")),
        Optional.ofNullable(element.get("host")),
        Optional.empty());
  }

  /** Those of the older headers, whose lists end alike: each proxy adds at the end, or replaces. */
  static List<Hop> older(HttpServletRequest request) {
    List<String> from = list(request, "X-Forwarded-For");
    List<String> schemes = list(request, "X-Forwarded-Proto");
    List<String> hosts = list(request, "X-Forwarded-Host");
    List<String> ports = list(request, "X-Forwarded-Port");
    int longest =
        Math.max(Math.max(from.size(), schemes.size()), Math.max(hosts.size(), ports.size()));
    List<Hop> hops = new ArrayList<>();
    for (int fromEnd = longest; fromEnd > 0; fromEnd--) {
      hops.add(
          new Hop(
              at(from, fromEnd).map(ForwardedHops::withoutPort),
              at(schemes, fromEnd),
              at(hosts, fromEnd),
              at(ports, fromEnd)));
    }
    return hops;
  }

  private static List<String> list(HttpServletRequest request, String name) {
    List<String> values = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(name))) {
      for (String value : line.split(",", -1)) {
        values.add(value.strip());
      }
    }
    return values;
  }

  private static Optional<String> at(List<String> values, int fromEnd) {
    return fromEnd > values.size()
        ? Optional.empty()
        : Optional.of(values.get(values.size() - fromEnd));
  }

  /** {@code 192.0.2.1:80} and {@code [2001:db8::1]:80}, whose brackets go as well. */
  private static String withoutPort(String node) {
    if (node.startsWith("[")) {
      return node.substring(1, Math.max(1, node.indexOf(']')));
    }
    int colon = node.indexOf(':');
    return colon >= 0 && colon == node.lastIndexOf(':') ? node.substring(0, colon) : node;
  }
}
