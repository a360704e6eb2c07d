package org.vestibule.doctor;

import java.security.cert.CertificateExpiredException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.vestibule.protocol.LoginException;
import org.vestibule.provider.ConfigurationProblem;
import org.vestibule.provider.Setting;

/**
 * One thing that was found. Nothing in it is secret. Immutable.
 *
 * @param code {@code VESTnnnn}, which never changes its meaning and has a page in the manual
 * @param provider whom it is about; empty for the application
 * @param cause what is so, without capital and full stop
 * @param detail the facts, on one line; may be empty
 * @param remedy what to do, in sentences
 */
public record Finding(
    String code,
    Severity severity,
    Optional<String> provider,
    String cause,
    String detail,
    String remedy) {

  public Finding {
    detail = Printable.line(detail);
  }

  static Finding of(Symptom symptom, Optional<String> provider, String detail) {
    return new Finding(
        symptom.code(), symptom.severity(), provider, symptom.cause(), detail, symptom.remedy());
  }

  /** What a login would fail with. */
  static Finding of(LoginException failure, String provider) {
    if (isOfExpiredCertificate(failure)) {
      return of(Symptom.CERTIFICATE_EXPIRED, Optional.of(provider), failure.detail());
    }
    return new Finding(
        failure.failure().code(),
        Severity.ERROR,
        Optional.of(provider),
        failure.failure().cause(),
        failure.detail(),
        failure.failure().remedy());
  }

  /** A problem of the configuration, which never has a value in it. */
  static Finding of(ConfigurationProblem problem) {
    String origin = problem.source().isEmpty() ? "" : " [from " + problem.source() + "]";
    String detail = problem.detail().isEmpty() ? "" : ", " + problem.detail();
    return new Finding(
        problem.mistake().code(),
        severity(problem),
        provider(problem.key()),
        problem.mistake().cause(),
        problem.key() + origin + detail,
        problem.mistake().remedy());
  }

  private static Severity severity(ConfigurationProblem problem) {
    if (problem.isError()) {
      return Severity.ERROR;
    }
    return problem.mistake().isNote() ? Severity.ADVICE : Severity.WARNING;
  }

  private static Optional<String> provider(String key) {
    int end = key.indexOf('.', Setting.PROVIDER_PREFIX.length());
    return key.startsWith(Setting.PROVIDER_PREFIX) && end > 0
        ? Optional.of(key.substring(Setting.PROVIDER_PREFIX.length(), end))
        : Optional.empty();
  }

  private static boolean isOfExpiredCertificate(LoginException failure) {
    return Stream.<Throwable>iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(CertificateExpiredException.class::isInstance);
  }

  /** The same as less than what it is: of something that logins can do without. */
  Finding asWarning() {
    return new Finding(code, Severity.WARNING, provider, cause, detail, remedy);
  }

  /** One line: number, whom it is about, cause, facts, remedy. */
  @Override
  public String toString() {
    return code
        + " "
        + provider.map(id -> "provider " + id).orElse("application")
        + ": "
        + cause
        + (detail.isEmpty() ? "" : " (" + detail + ")")
        + ". "
        + remedy;
  }
}
