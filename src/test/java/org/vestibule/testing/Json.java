package org.vestibule.testing;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects as maps, with the parser the JOSE library brings along. */
final class Json {

  private Json() {}

  static String write(Map<String, ?> object) {
    return JSONObjectUtils.toJSONString(object);
  }

  /** A mutable map. */
  static Map<String, Object> read(String json) {
    try {
      return new LinkedHashMap<>(JSONObjectUtils.parse(json));
    } catch (ParseException e) {
      throw new IllegalArgumentException("not a JSON object: " + json, e);
    }
  }
}
