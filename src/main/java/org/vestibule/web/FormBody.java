package org.vestibule.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Locale;
import org.vestibule.protocol.Parameters;

/** The body of a form alone, of bounded size: containers would mix it with the query. */
final class FormBody {

  private static final int LARGEST = 65_536;
  private static final String FORM = "application/x-www-form-urlencoded";

  private FormBody() {}

  /**
   * @throws IllegalArgumentException there is none, or it is too large or broken; the message says
   *     what, and nothing of what was sent
   */
  static Parameters read(HttpServletRequest request) throws IOException {
    String type = request.getContentType() == null ? "" : request.getContentType();
    if (!type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals(FORM)) {
      throw new IllegalArgumentException("not a form");
    }
    byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw new IllegalArgumentException("too large");
    }
    return Parameters.parse(new String(body, ISO_8859_1));
  }
}
