package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Part;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.List;
import org.springframework.mock.web.MockHttpServletRequest;
import org.vestibule.protocol.LoginException;
import org.vestibule.provider.IpNetwork;
import org.vestibule.testing.Urls;

/** What this package makes of arbitrary bytes; each method fails if a promise is broken. */
public final class WebTargets {

  private static final ReturnAddress BELOW_A_CONTEXT_ROOT = Houses.usual().returnAddress();
  private static final ReturnAddress AT_THE_ROOT =
      Houses.at("", Clock.systemUTC(), Houses.usualSettings()).returnAddress();
  private static final PathRules RULES = Houses.usual("public-paths", "/about,/public/*").paths();
  private static final TrustedProxies PROXIES =
      new TrustedProxies(List.of(IpNetwork.parse("10.0.0.0/8").orElseThrow()));

  private WebTargets() {}

  /** Whatever comes in, it is a place of this application that comes out. */
  public static void returnAddress(byte[] data) {
    String address = new String(data, UTF_8);
    assertStays(BELOW_A_CONTEXT_ROOT.accepted(address), "/app/");
    assertStays(AT_THE_ROOT.accepted(address), "/");
    MockHttpServletRequest request = Requests.raw("GET", "/app/" + address, "/x");
    assertStays(BELOW_A_CONTEXT_ROOT.of(request), "/app/");
  }

  private static void assertStays(String accepted, String root) {
    assertThat(accepted).startsWith(root).matches("[!-~]*").doesNotContain("\\", "\"", "<", ">");
    String path = accepted.replaceFirst("[?#].*", "");
    assertThat(path).doesNotContain("//", ";", "/../", "/./").doesNotMatch(".*/\\.{1,2}");
    assertThat(Urls.resolve("https://app.example.com/x", accepted))
        .startsWith("https://app.example.com" + root);
  }

  /** A request line without tricks is decoded to one path, which can be read in one way. */
  public static void path(byte[] data) {
    String uri = new String(data, ISO_8859_1);
    boolean ambiguous = !uri.isEmpty() && RequestPath.isAmbiguous(uri);
    if (RequestPath.hasTricks(uri)) {
      return;
    }
    assertThat(ambiguous).isFalse();
    String path = URLDecoder.decode(uri.replace("+", "%2B"), UTF_8);
    if (!RequestPath.isAmbiguous(path)) {
      assertThat(path).startsWith("/").doesNotContain("//", "\\", "\u0000", "/../", "/./");
      boolean named =
          path.equals("/about") || path.equals("/public") || path.startsWith("/public/");
      assertThat(RULES.isPublic(path)).isEqualTo(named);
    }
  }

  /** The first line is {@code Forwarded}, the others are those of the older kind. */
  public static void forwarded(byte[] data) {
    String[] lines = new String(data, ISO_8859_1).split("\n", 5);
    MockHttpServletRequest request = Requests.get("/orders");
    request.setRemoteAddr("10.1.2.3");
    String[] names = {
      "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port"
    };
    for (int i = 0; i < lines.length; i++) {
      request.addHeader(names[i], lines[i]);
    }
    try {
      PROXIES
          .origin(request)
          .ifPresent(
              origin ->
                  assertThat(origin)
                      .matches("(https|http)://([a-z0-9._-]+|\\[[0-9a-f:.]+\\])(:[1-9]\\d{0,4})?"));
    } catch (LoginException refused) {
      assertThat(refused.getMessage()).startsWith("VEST");
    }
  }

  /** The boundary is that of the seeds, or what stands before the first line break. */
  public static void multipart(byte[] data) {
    String text = new String(data, ISO_8859_1);
    String boundary = text.lines().findFirst().orElse("").replaceFirst("^--", "");
    List<Part> parts = Multipart.parse("multipart/form-data; boundary=\"" + boundary + "\"", data);
    for (Part part : parts) {
      assertThat(part.getName()).isNotNull();
      assertThat(part.getSize()).isBetween(0L, (long) data.length);
      part.getHeaderNames().forEach(part::getHeaders);
      part.getSubmittedFileName();
    }
  }
}
