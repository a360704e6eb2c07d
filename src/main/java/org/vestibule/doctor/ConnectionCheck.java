package org.vestibule.doctor;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.vestibule.provider.ProbeAnswer;
import org.vestibule.provider.ProviderSettings;

/** Judges what answers tell beside their bodies: the time, the certificate, that there is one. */
final class ConnectionCheck {

  private static final Duration SOON = Duration.ofDays(14);

  /** What Date cannot tell, and the way takes. */
  private static final Duration UNCERTAIN = Duration.ofSeconds(2);

  private static final Set<Integer> NOTHING_THERE = Set.of(404, 410);

  private ConnectionCheck() {}

  static List<Finding> judge(
      Clock clock, ProviderSettings settings, List<ProbeAnswer> answers, List<URI> endpoints) {
    List<Finding> findings = new ArrayList<>();
    Optional<String> provider = Optional.of(settings.id());
    clocks(settings, answers).ifPresent(findings::add);
    List<ProbeAnswer> overTls =
        answers.stream().filter(answer -> answer.certificateEnds().isPresent()).toList();
    List<Finding> ending = ending(clock.instant().plus(SOON), provider, overTls);
    findings.addAll(ending);
    if (ending.isEmpty() && !overTls.isEmpty()) {
      findings.add(Finding.of(Symptom.CERTIFICATES_FINE, provider, ""));
    }
    answers.stream()
        .filter(answer -> NOTHING_THERE.contains(answer.status()))
        .filter(answer -> endpoints.stream().anyMatch(url -> isSame(url, answer.url())))
        .forEach(
            answer ->
                findings.add(Finding.of(Symptom.ENDPOINT_ABSENT, provider, answer.toString())));
    return findings;
  }

  private static boolean isSame(URI endpoint, URI asked) {
    return endpoint.getRawAuthority().equals(asked.getRawAuthority())
        && endpoint.getRawPath().equals(asked.getRawPath());
  }

  /** By the answer that differs least: others may have waited somewhere. */
  private static Optional<Finding> clocks(ProviderSettings settings, List<ProbeAnswer> answers) {
    Optional<Duration> difference =
        answers.stream()
            .flatMap(
                answer ->
                    answer.date().map(date -> Duration.between(date, answer.receivedAt())).stream())
            .min(Comparator.comparing(Duration::abs));
    return difference.map(
        ahead -> {
          Duration skew = settings.checks().clockSkew();
          Duration least = ahead.abs().minus(UNCERTAIN);
          Symptom symptom = Symptom.CLOCKS_AGREE;
          if (least.compareTo(skew) > 0) {
            symptom = Symptom.CLOCK_OFF;
          } else if (!least.isNegative() && least.compareTo(skew.dividedBy(2)) > 0) {
            symptom = Symptom.CLOCK_DRIFTS;
          }
          String detail =
              symptom == Symptom.CLOCKS_AGREE
                  ? ""
                  : "this machine is "
                      + ahead.abs().toSeconds()
                      + " seconds "
                      + (ahead.isNegative() ? "behind" : "ahead");
          return Finding.of(symptom, Optional.of(settings.id()), detail);
        });
  }

  private static List<Finding> ending(
      Instant soon, Optional<String> provider, List<ProbeAnswer> answers) {
    TreeMap<String, Instant> ends = new TreeMap<>();
    for (ProbeAnswer answer : answers) {
      ends.put(answer.url().getRawAuthority(), answer.certificateEnds().orElseThrow());
    }
    return ends.entrySet().stream()
        .filter(end -> end.getValue().isBefore(soon))
        .map(
            end ->
                Finding.of(
                    Symptom.CERTIFICATE_ENDS_SOON,
                    provider,
                    end.getKey() + ", on " + end.getValue().atZone(ZoneOffset.UTC).toLocalDate()))
        .toList();
  }
}
