package org.vestibule.web;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.api.RequiresAcr;
import org.vestibule.protocol.AuthenticationRequirement;

/** What a {@link RequiresAcr} asks for. */
final class RequiredAcr {

  private RequiredAcr() {}

  /**
   * @param place what is annotated, for the message
   * @throws IllegalArgumentException the annotation asks for nothing, or for what cannot be
   */
  static AuthenticationRequirement of(RequiresAcr annotation, String place) {
    List<String> acrValues = List.of(annotation.value());
    AuthenticationRequirement requirement =
        new AuthenticationRequirement(acrValues, maxAge(annotation, place));
    if (requirement.isEmpty() || !acrValues.stream().allMatch(AuthenticationRequirement::isToken)) {
      throw wrong(place, Arrays.toString(annotation.value()), null);
    }
    return requirement;
  }

  private static Optional<Duration> maxAge(RequiresAcr annotation, String place) {
    if (annotation.maxAge().isEmpty()) {
      return Optional.empty();
    }
    try {
      Duration age = Duration.parse(annotation.maxAge());
      if (AuthenticationRequirement.isPossible(age)) {
        return Optional.of(Duration.ofSeconds(age.toSeconds()));
      }
    } catch (DateTimeParseException e) {
      throw wrong(place, annotation.maxAge(), e);
    }
    throw wrong(place, annotation.maxAge(), null);
  }

  private static IllegalArgumentException wrong(
      String place, String found, @Nullable DateTimeParseException cause) {
    return new IllegalArgumentException(
        "@RequiresAcr of "
            + place
            + " needs acr values without spaces, or a maxAge from "
            + AuthenticationRequirement.SHORTEST_AGE
            + " to "
            + AuthenticationRequirement.LONGEST_AGE
            + ", but has "
            + found,
        cause);
  }
}
