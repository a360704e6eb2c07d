package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server received it.
 *
 * @param endpoint the door it came to
 * @param method the HTTP method as sent
 * @param path the path as sent, still encoded
 * @param rawQuery the query as sent, still encoded
 * @param headers the header fields
 * @param body the body, read as UTF-8
 */
public record RecordedRequest(
    Endpoint endpoint,
    String method,
    String path,
    @Nullable String rawQuery,
    List<Header> headers,
    String body) {

  private static final String FORM = "application/x-www-form-urlencoded";

  public RecordedRequest {
    headers = List.copyOf(headers);
  }

  /** The query's parameters. */
  public FormData query() {
    return FormData.parse(rawQuery);
  }

  /** The parameters of a form body; none if the body is something else. */
  public FormData form() {
    return isForm() ? FormData.parse(body) : FormData.of();
  }

  /** Whether the content type says that the body is a form. */
  public boolean isForm() {
    String type = header("Content-Type");
    return type != null && type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(FORM);
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

  /** The token of {@code Authorization: Bearer} (RFC 6750 section 2.1). */
  public @Nullable String bearerToken() {
    return credentials("Bearer");
  }

  /**
   * What stands behind {@code Authorization: Basic}, taken out of its Base64 but not form-decoded:
   * {@code id:secret} as the client encoded them.
   */
  public @Nullable String basicCredentials() {
    String encoded = credentials("Basic");
    return encoded == null ? null : new String(Base64.getDecoder().decode(encoded), UTF_8);
  }

  /** The value of the named cookie. */
  public @Nullable String cookie(String name) {
    for (String line : headers("Cookie")) {
      for (String pair : line.split(";", -1)) {
        String[] parts = pair.strip().split("=", 2);
        if (parts.length == 2 && parts[0].equals(name)) {
          return parts[1];
        }
      }
    }
    return null;
  }

  private @Nullable String credentials(String scheme) {
    String authorization = header("Authorization");
    String prefix = scheme + " ";
    return authorization != null && authorization.regionMatches(true, 0, prefix, 0, prefix.length())
        ? authorization.substring(prefix.length()).strip()
        : null;
  }

  /** The request line only, so that failed assertions print no credentials. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
