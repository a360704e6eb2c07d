package org.vestibule.testing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An end-user of the authorization server.
 *
 * @param sub the subject identifier
 * @param claims everything else that is known about the user
 */
public record User(String sub, Map<String, Object> claims) {

  /** The user of the examples in OpenID Connect Core. */
  public static final User JANE =
      new User(
          "248289761001",
          Map.of(
              "name", "Jane Doe",
              "given_name", "Jane",
              "family_name", "Doe",
              "preferred_username", "j.doe",
              "email", "janedoe@example.com"));

  public User {
    claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
  }

  /** Somebody of whom no more is known than the name, which is the subject identifier too. */
  public static User named(String name) {
    return new User(name, Map.of("preferred_username", name));
  }

  /** With one more claim, or another value of an old one. */
  public User with(String claim, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(claims);
    more.put(claim, value);
    return new User(sub, more);
  }
}
