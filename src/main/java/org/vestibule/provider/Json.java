package org.vestibule.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON from and to plain maps, with the server's JSON-P. Reading is strict and bounded, the same on
 * every server: UTF-8 only, one object and nothing after it, no member twice, no deep nesting, no
 * numbers that take long to expand. Thread-safe.
 */
public final class Json {

  private static final int DEEPEST = 16;
  private static final int MOST_VALUES = 20_000;
  private static final int LONGEST_NUMBER = 40;
  private static final int LARGEST_EXPONENT = 400;
  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private Json() {}

  /**
   * Reads a JSON object (RFC 8259).
   *
   * @return unmodifiable all through; values as {@code Claims} describes them; members that are
   *     null are left out
   * @throws IllegalArgumentException it is anything else; the message has nothing of the content
   */
  public static Map<String, Object> read(byte[] utf8) {
    try {
      return read(UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8", e);
    }
  }

  /** Like {@link #read(byte[])}. */
  public static Map<String, Object> read(String text) {
    try (JsonParser parser = PROVIDER.createParser(new StringReader(text))) {
      Reading reading = new Reading(parser);
      if (parser.next() != JsonParser.Event.START_OBJECT) {
        throw new IllegalArgumentException("not a JSON object");
      }
      Map<String, Object> object = reading.object(1);
      if (parser.hasNext()) {
        throw new IllegalArgumentException("something follows the JSON object");
      }
      return object;
    } catch (JsonException | NoSuchElementException | IllegalStateException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
  }

  /** Writes an object whose values are of the kinds that {@link #read(String)} gives. */
  public static String write(Map<String, ?> object) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = PROVIDER.createGenerator(text)) {
      generator.writeStartObject();
      object.forEach(
          (name, value) -> {
            generator.writeKey(name);
            write(generator, value);
          });
      generator.writeEnd();
    }
    return text.toString();
  }

  private static void write(JsonGenerator generator, Object value) {
    if (value instanceof Map<?, ?> map) {
      generator.writeStartObject();
      map.forEach(
          (name, member) -> {
            generator.writeKey(String.valueOf(name));
            write(generator, member);
          });
      generator.writeEnd();
    } else if (value instanceof Iterable<?> list) {
      generator.writeStartArray();
      list.forEach(element -> write(generator, element));
      generator.writeEnd();
    } else if (value instanceof Boolean truth) {
      generator.write(truth);
    } else if (value instanceof Long number) {
      generator.write(number);
    } else if (value instanceof BigDecimal number) {
      generator.write(number);
    } else {
      generator.write(value.toString());
    }
  }

  /** One reading, which counts what it has read. */
  private static final class Reading {

    private final JsonParser parser;
    private int values;

    Reading(JsonParser parser) {
      this.parser = parser;
    }

    Map<String, Object> object(int depth) {
      Map<String, Object> members = new LinkedHashMap<>();
      Set<String> names = new HashSet<>();
      while (parser.next() != JsonParser.Event.END_OBJECT) {
        String name = parser.getString();
        if (!names.add(name)) {
          throw new IllegalArgumentException("a member occurs twice");
        }
        Object value = value(parser.next(), depth + 1);
        if (value != null) {
          members.put(name, value);
        }
      }
      return Collections.unmodifiableMap(members);
    }

    private List<Object> array(int depth) {
      List<Object> elements = new ArrayList<>();
      JsonParser.Event event = parser.next();
      while (event != JsonParser.Event.END_ARRAY) {
        Object value = value(event, depth + 1);
        if (value != null) {
          elements.add(value);
        }
        event = parser.next();
      }
      return Collections.unmodifiableList(elements);
    }

    private @Nullable Object value(JsonParser.Event event, int depth) {
      if (depth > DEEPEST || ++values > MOST_VALUES) {
        throw new IllegalArgumentException("too large or too deep");
      }
      return switch (event) {
        case START_OBJECT -> object(depth);
        case START_ARRAY -> array(depth);
        case VALUE_STRING -> parser.getString();
        case VALUE_NUMBER -> number();
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        case VALUE_NULL -> null;
        default -> throw new IllegalArgumentException("not JSON");
      };
    }

    /** {@code Long} where it fits; a huge exponent is refused before anybody expands it. */
    private Object number() {
      String text = parser.getString();
      if (text.length() > LONGEST_NUMBER) {
        throw new IllegalArgumentException("a number is too long");
      }
      BigDecimal number = new BigDecimal(text);
      if (Math.abs((long) number.scale()) > LARGEST_EXPONENT) {
        throw new IllegalArgumentException("a number is too large");
      }
      boolean whole = number.scale() <= 0 && number.precision() - number.scale() <= 18;
      return whole ? (Object) number.longValueExact() : number;
    }
  }
}
