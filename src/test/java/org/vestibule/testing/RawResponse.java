package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response as it came over the wire.
 *
 * @param request what it answers
 * @param status the status code
 * @param headers the header fields, in order and with duplicates
 * @param octets the body's bytes, each as one character; {@link #body()} is for reading
 */
public record RawResponse(RawRequest request, int status, List<Header> headers, String octets) {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  public RawResponse {
    headers = List.copyOf(headers);
  }

  /** The URL that was asked for. */
  public String url() {
    return request.url();
  }

  /** The body, read as UTF-8. */
  public String body() {
    return new String(octets.getBytes(ISO_8859_1), UTF_8);
  }

  /** The first value of the named header field. */
  public @Nullable String header(String name) {
    List<String> values = headers(name);
    return values.isEmpty() ? null : values.get(0);
  }

  /** All values of the named header field. */
  public List<String> headers(String name) {
    return Header.values(headers, name);
  }

  /** Whether a browser would go elsewhere. */
  public boolean isRedirect() {
    return REDIRECTS.contains(status) && header("Location") != null;
  }

  /**
   * Where a browser would go, absolute, with its reading of backslashes and double slashes.
   *
   * @throws AssertionError if there is no {@code Location}
   */
  public String location() {
    String location = header("Location");
    if (location == null) {
      throw new AssertionError("no Location in the answer " + status + " of " + url());
    }
    return Urls.resolve(url(), location);
  }

  /** The query parameters of {@link #location()}. */
  public FormData locationQuery() {
    String withoutFragment = location().replaceFirst("(?s)#.*", "");
    int query = withoutFragment.indexOf('?');
    return FormData.parse(query < 0 ? null : withoutFragment.substring(query + 1));
  }

  /** The body's JSON object; a mutable map. */
  public Map<String, Object> json() {
    return Json.read(body());
  }

  /**
   * The first form of the page.
   *
   * @throws AssertionError if there is none
   */
  public HtmlForm form() {
    return HtmlForm.first(body(), url())
        .orElseThrow(() -> new AssertionError("no form in the answer " + status + " of " + url()));
  }

  /** Status and path, so that failed assertions print no secrets. */
  @Override
  public String toString() {
    return status + " from " + Urls.origin(url()) + Urls.path(Urls.target(url()));
  }
}
