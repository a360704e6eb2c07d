package org.vestibule.testing;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads and checks the {@code scope} parameter (RFC 6749 section 3.3). */
final class Scopes {

  private static final String SCOPE_TOKEN = "[\\x21\\x23-\\x5B\\x5D-\\x7E]+";

  private Scopes() {}

  static Set<String> parse(@Nullable String scope, Settings settings) {
    if (scope == null) {
      return Set.of();
    }
    Set<String> tokens =
        Arrays.stream(scope.split(Pattern.quote(settings.scopeSeparator()), -1))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    for (String token : tokens) {
      boolean exists = settings.scopes().isEmpty() || settings.scopes().contains(token);
      if (!exists || !token.matches(SCOPE_TOKEN)) {
        throw new OAuthProblem(400, "invalid_scope", "no such scope");
      }
    }
    return tokens;
  }

  static String join(Set<String> scope, Settings settings) {
    return String.join(settings.scopeSeparator(), scope);
  }
}
