package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import java.util.Optional;
import org.vestibule.protocol.Claims;

/**
 * What the provider answered to a back channel request. Its text has nothing of the body.
 *
 * @param contentType as it came; empty if there was none
 * @param body bounded by {@code maximum-response-size}; empty if it is not UTF-8
 */
record HttpAnswer(int status, String contentType, String body) {

  static final int OK = 200;

  static HttpAnswer of(int status, String contentType, byte[] body) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return new HttpAnswer(status, contentType, text);
    } catch (CharacterCodingException e) {
      return new HttpAnswer(status, contentType, "");
    }
  }

  /** The media type alone, in lower case. */
  String mediaType() {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /** The JSON object that the body is; empty if it is declared to be, or is, anything else. */
  Optional<Claims> json() {
    String type = mediaType();
    return type.equals("application/json") || type.endsWith("+json")
        ? jsonOfAnyType()
        : Optional.empty();
  }

  /** The JSON object that the body is, whatever it is declared to be. */
  Optional<Claims> jsonOfAnyType() {
    try {
      return Optional.of(new Claims(Json.read(body)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return status + " " + mediaType() + ", " + body.length() + " characters";
  }
}
