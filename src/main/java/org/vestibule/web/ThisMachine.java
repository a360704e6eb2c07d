package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.vestibule.provider.BackChannelUrl;

/** Whether a request was made on this machine, by somebody who meant to make it here. */
final class ThisMachine {

  /** What proxies add beside the headers that are named by their beginnings. */
  private static final Set<String> OF_PROXIES =
      Set.of(
          "forwarded",
          "via",
          "true-client-ip",
          "x-real-ip",
          "x-client-ip",
          "client-ip",
          "x-forwarded");

  private ThisMachine() {}

  /**
   * By the connection and by the name that was asked for, which another site's page that was made
   * to lead here (DNS rebinding) does not have; and never where anything was forwarded, since a
   * proxy on this machine speaks for others.
   */
  static boolean isOriginOf(HttpServletRequest request) {
    return BackChannelUrl.isLoopback(request.getRemoteAddr())
        && BackChannelUrl.isLoopback(request.getServerName())
        && !"cross-site".equals(request.getHeader("Sec-Fetch-Site"))
        && Collections.list(request.getHeaderNames()).stream().noneMatch(ThisMachine::isOfProxy);
  }

  private static boolean isOfProxy(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return OF_PROXIES.contains(name)
        || name.startsWith("x-forwarded-")
        || name.startsWith("x-original-")
        || name.startsWith("x-envoy-")
        || name.startsWith("x-cluster-")
        || name.startsWith("x-azure-")
        || name.startsWith("x-arr-")
        || name.startsWith("fastly-")
        || name.endsWith("proxy-client-ip")
        || name.startsWith("cf-")
        || name.startsWith("$ws");
  }
}
