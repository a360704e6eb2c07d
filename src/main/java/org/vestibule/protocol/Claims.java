package org.vestibule.protocol;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The members of a JSON object that says something about somebody: the payload of a token, or a
 * UserInfo response. Asking for a member of the wrong type is like asking for one that is missing,
 * so that no rule can be satisfied by a value of a surprising kind. Immutable.
 *
 * @param members values are {@code String}, {@code Boolean}, {@code Long}, {@code BigDecimal},
 *     {@code List} and {@code Map} of the same; JSON's null is absent
 */
public record Claims(Map<String, Object> members) {

  public static final Claims NONE = new Claims(Map.of());

  /** 9999-12-31T23:59:59Z; what lies behind it is no date but a mistake or an attack. */
  private static final long LAST_SECOND = 253_402_300_799L;

  public Claims {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  public boolean has(String name) {
    return members.containsKey(name);
  }

  public Optional<String> string(String name) {
    return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** A NumericDate (RFC 7519 section 2): seconds since the epoch, possibly with a fraction. */
  public Optional<Instant> instant(String name) {
    Object value = members.get(name);
    if (value instanceof Long seconds && seconds >= 0 && seconds <= LAST_SECOND) {
      return Optional.of(Instant.ofEpochSecond(seconds));
    }
    if (value instanceof BigDecimal seconds
        && seconds.signum() >= 0
        && seconds.compareTo(BigDecimal.valueOf(LAST_SECOND)) <= 0) {
      return Optional.of(Instant.ofEpochSecond(seconds.longValue()));
    }
    return Optional.empty();
  }

  /** A text, or a list of texts, as a list; empty if it is anything else. */
  public List<String> strings(String name) {
    return strings(members.get(name));
  }

  /**
   * The texts at a path such as {@code realm_access/roles}. A member whose own name contains
   * slashes ({@code https://example.com/roles}) is found under that name first.
   */
  public List<String> stringsAt(String path) {
    return strings(valueAt(path).orElse(null));
  }

  /** Whatever stands at such a path. */
  public Optional<Object> valueAt(String path) {
    if (members.containsKey(path)) {
      return Optional.ofNullable(members.get(path));
    }
    int slash = path.indexOf('/');
    while (slash > 0) {
      if (members.get(path.substring(0, slash)) instanceof Map<?, ?> nested) {
        return of(nested).valueAt(path.substring(slash + 1));
      }
      slash = path.indexOf('/', slash + 1);
    }
    return Optional.empty();
  }

  /** These claims, completed by those of {@code others} that are not here. */
  public Claims completedBy(Claims others) {
    Map<String, Object> all = new LinkedHashMap<>(others.members);
    all.putAll(members);
    return new Claims(all);
  }

  /** The members of an object that is a value of another. */
  public static Claims of(Map<?, ?> nested) {
    Map<String, Object> members = new LinkedHashMap<>();
    nested.forEach((name, value) -> members.put(String.valueOf(name), value));
    return new Claims(members);
  }

  private static List<String> strings(@Nullable Object value) {
    if (value instanceof String text) {
      return List.of(text);
    }
    if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    return List.of();
  }

  /** The names only: claims are personal. */
  @Override
  public String toString() {
    return "Claims" + members.keySet();
  }
}
