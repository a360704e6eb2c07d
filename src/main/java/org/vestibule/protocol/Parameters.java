package org.vestibule.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names and values of {@code application/x-www-form-urlencoded} (RFC 6749 appendix B), in order.
 * Repetitions are kept so that they can be refused: "request and response parameters MUST NOT be
 * included more than once" (section 3.1). Immutable.
 *
 * <p>Its text shows names only: values may be codes and tokens.
 */
public final class Parameters {

  /** One name with one value; the value is hidden from {@code toString}. */
  private record Entry(String name, String value) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static final Parameters EMPTY = new Parameters(List.of());

  private final List<Entry> entries;

  private Parameters(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  public static Parameters empty() {
    return EMPTY;
  }

  /**
   * Parses an encoded query or body, strictly.
   *
   * @throws IllegalArgumentException a percent sequence is broken, or the bytes are not UTF-8
   */
  public static Parameters parse(String encoded) {
    List<Entry> entries = new ArrayList<>();
    for (String pair : encoded.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        entries.add(new Entry(decode(name), decode(value)));
      }
    }
    return new Parameters(entries);
  }

  /** These parameters and one more. */
  public Parameters with(String name, String value) {
    List<Entry> longer = new ArrayList<>(entries);
    longer.add(new Entry(name, value));
    return new Parameters(longer);
  }

  /** These parameters and one more, if there is a value. */
  public Parameters with(String name, Optional<String> value) {
    return value.map(present -> with(name, present)).orElse(this);
  }

  /** These parameters and all of {@code more}. */
  public Parameters with(Parameters more) {
    List<Entry> longer = new ArrayList<>(entries);
    longer.addAll(more.entries);
    return new Parameters(longer);
  }

  /** These parameters but for all of one name. */
  public Parameters without(String name) {
    return new Parameters(entries.stream().filter(entry -> !entry.name().equals(name)).toList());
  }

  /** These parameters, some under other names. */
  public Parameters renamed(Map<String, String> names) {
    return names.isEmpty()
        ? this
        : new Parameters(
            entries.stream()
                .map(e -> new Entry(names.getOrDefault(e.name(), e.name()), e.value()))
                .toList());
  }

  /** The first value; absent and empty are the same (RFC 6749 section 3.1). */
  public Optional<String> get(String name) {
    for (Entry entry : entries) {
      if (entry.name().equals(name)) {
        return entry.value().isEmpty() ? Optional.empty() : Optional.of(entry.value());
      }
    }
    return Optional.empty();
  }

  public boolean contains(String name) {
    return entries.stream().anyMatch(entry -> entry.name().equals(name));
  }

  /** The names, each once, in order of first appearance. */
  public Set<String> names() {
    return entries.stream().map(Entry::name).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** The first name that occurs more than once among {@code names}. */
  public Optional<String> firstRepeated(Set<String> names) {
    Set<String> seen = new LinkedHashSet<>();
    return entries.stream()
        .map(Entry::name)
        .filter(names::contains)
        .filter(name -> !seen.add(name))
        .findFirst();
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Encoded for a query or a body. */
  public String encode() {
    return entries.stream()
        .map(entry -> encode(entry.name()) + "=" + encode(entry.value()))
        .collect(Collectors.joining("&"));
  }

  /** One name or value, form-urlencoded. */
  public static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    byte[] raw = text.getBytes(UTF_8);
    for (int i = 0; i < raw.length; i++) {
      switch (raw[i]) {
        case '+' -> bytes.write(' ');
        case '%' -> {
          bytes.write(hexadecimal(raw, i + 1) * 16 + hexadecimal(raw, i + 2));
          i += 2;
        }
        default -> bytes.write(raw[i]);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  private static int hexadecimal(byte[] raw, int index) {
    int digit = index < raw.length ? Character.digit((char) (raw[index] & 0xff), 16) : -1;
    if (digit < 0) {
      throw new IllegalArgumentException("broken percent sequence");
    }
    return digit;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters parameters && entries.equals(parameters.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return names().toString();
  }
}
