package org.vestibule.protocol;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The scope of an access request (RFC 6749 section 3.3): an unordered set of case-sensitive tokens.
 * The order in which they were written is kept, because people compare what they see. Immutable.
 *
 * @param tokens unmodifiable, without blanks
 */
public record Scope(Set<String> tokens) {

  /** No scope at all: the authorization server's default. */
  public static final Scope NONE = new Scope(Set.of());

  private static final String OPENID = "openid";

  public Scope {
    tokens = Collections.unmodifiableSet(new LinkedHashSet<>(tokens));
  }

  public static Scope of(Collection<String> tokens) {
    return new Scope(new LinkedHashSet<>(tokens));
  }

  /** Reads tokens separated by blanks or commas, as people write them and some providers answer. */
  public static Scope parse(String text) {
    return of(Arrays.stream(text.split("[\\s,]+")).filter(Predicate.not(String::isEmpty)).toList());
  }

  /** The tokens joined for the wire; the specification says one space, some providers a comma. */
  public String join(String separator) {
    return String.join(separator, tokens);
  }

  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Whether this is an OpenID Connect request (OpenID Connect Core section 3.1.2.1). */
  public boolean isOpenId() {
    return tokens.contains(OPENID);
  }

  /** The tokens of this scope that {@code granted} lacks. */
  public Scope without(Scope granted) {
    return new Scope(
        tokens.stream()
            .filter(Predicate.not(granted.tokens::contains))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  @Override
  public String toString() {
    return join(" ");
  }
}
