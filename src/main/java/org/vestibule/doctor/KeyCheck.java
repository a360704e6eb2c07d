package org.vestibule.doctor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.PublishedKey;

/** Judges the keys that a provider publishes. */
final class KeyCheck {

  private KeyCheck() {}

  static List<Finding> judge(ProviderSettings settings, List<PublishedKey> keys) {
    List<Finding> findings = new ArrayList<>();
    Optional<String> provider = Optional.of(settings.id());
    Set<String> allowed = settings.checks().allowedAlgorithms();
    boolean isUsable =
        keys.stream().anyMatch(key -> key.algorithms().stream().anyMatch(allowed::contains));
    String algorithms =
        keys.stream()
            .flatMap(key -> key.algorithms().stream())
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    findings.add(
        isUsable
            ? Finding.of(Symptom.KEYS_FINE, provider, "")
            : Finding.of(
                Symptom.NO_USABLE_KEY,
                provider,
                "of " + keys.size() + (algorithms.isEmpty() ? "" : ", which can " + algorithms)));
    keys.stream()
        .filter(PublishedKey::isSecret)
        .forEach(
            key -> findings.add(Finding.of(Symptom.PRIVATE_KEY_PUBLISHED, provider, name(key))));
    keys.stream()
        .filter(key -> key.isForSignatures() && key.bits() > 0)
        .filter(key -> key.bits() < PublishedKey.SMALLEST_RSA_BITS)
        .forEach(
            key ->
                findings.add(
                    Finding.of(
                        Symptom.WEAK_KEY,
                        provider,
                        name(key) + ", RSA of " + key.bits() + " bits")));
    Set<String> seen = new HashSet<>();
    keys.stream()
        .filter(key -> !key.id().isEmpty() && !seen.add(key.type() + " " + key.id()))
        .forEach(key -> findings.add(Finding.of(Symptom.DUPLICATE_KEY_ID, provider, name(key))));
    return findings;
  }

  private static String name(PublishedKey key) {
    return key.id().isEmpty() ? "without kid" : "kid " + key.id();
  }
}
