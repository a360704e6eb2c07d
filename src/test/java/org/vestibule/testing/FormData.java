package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Parameters in {@code application/x-www-form-urlencoded} form, in their order and with their
 * duplicates.
 */
public record FormData(List<Field> fields) {

  /** One name and one value, decoded. */
  public record Field(String name, String value) {}

  public FormData {
    fields = List.copyOf(fields);
  }

  /** From names and values in turn: {@code FormData.of("code", "abc", "state", "xyz")}. */
  public static FormData of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a name without a value");
    }
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.add(new Field(namesAndValues[i], namesAndValues[i + 1]));
    }
    return new FormData(fields);
  }

  /** From a map, in its order. */
  public static FormData of(Map<String, String> values) {
    return new FormData(
        values.entrySet().stream().map(e -> new Field(e.getKey(), e.getValue())).toList());
  }

  /**
   * Parses a query string or a form body; {@code null} and the empty string have no fields.
   *
   * @throws IllegalArgumentException if a percent sequence is malformed
   */
  public static FormData parse(@Nullable String encoded) {
    List<Field> fields = new ArrayList<>();
    if (encoded != null) {
      for (String pair : encoded.split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String name = equals < 0 ? pair : pair.substring(0, equals);
          String value = equals < 0 ? "" : pair.substring(equals + 1);
          fields.add(new Field(decode(name), decode(value)));
        }
      }
    }
    return new FormData(fields);
  }

  /** The first value of the name. A parameter without a value counts as absent (RFC 6749 §3.1). */
  public @Nullable String get(String name) {
    return fields.stream()
        .filter(field -> field.name().equals(name) && !field.value().isEmpty())
        .map(Field::value)
        .findFirst()
        .orElse(null);
  }

  /** All values of the name, in order, empty ones included. */
  public List<String> all(String name) {
    return fields.stream().filter(f -> f.name().equals(name)).map(Field::value).toList();
  }

  /** Whether the name occurs, with or without a value. */
  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name().equals(name));
  }

  /** A name that occurs more than once, which RFC 6749 sections 3.1 and 3.2 forbid. */
  public Optional<String> duplicated() {
    return fields.stream().map(Field::name).filter(name -> all(name).size() > 1).findFirst();
  }

  /** The first value of each name, in order. */
  public Map<String, String> asMap() {
    Map<String, String> values = new LinkedHashMap<>();
    fields.forEach(field -> values.putIfAbsent(field.name(), field.value()));
    return values;
  }

  /** This and another field behind it. */
  public FormData and(String name, String value) {
    List<Field> longer = new ArrayList<>(fields);
    longer.add(new Field(name, value));
    return new FormData(longer);
  }

  /** The encoded form, a space as {@code +}. */
  public String encoded() {
    return fields.stream()
        .map(field -> encode(field.name()) + "=" + encode(field.value()))
        .collect(Collectors.joining("&"));
  }

  static String decode(String encoded) {
    return URLDecoder.decode(encoded, UTF_8);
  }

  static String encode(String decoded) {
    return URLEncoder.encode(decoded, UTF_8);
  }
}
