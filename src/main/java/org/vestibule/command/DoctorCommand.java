package org.vestibule.command;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vestibule.doctor.Diagnosis;
import org.vestibule.doctor.Doctor;
import org.vestibule.doctor.JsonReport;
import org.vestibule.doctor.Severity;
import org.vestibule.doctor.Site;
import org.vestibule.doctor.TextReport;
import org.vestibule.protocol.RandomValues;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.SettingsReader;

/**
 * The doctor for a file of settings, before there is an application that runs with it. What it
 * prints has no secret.
 */
public final class DoctorCommand {

  /** Somebody can sign in; there may be warnings. */
  static final int FINE = 0;

  /** There are errors. */
  static final int FAULTY = 1;

  /** It was called wrongly, or the file cannot be read. */
  static final int USAGE = 2;

  private static final String HELP =
      """
      usage: java -jar vestibule-doctor.jar [option…] <file>

      The file has settings as in microprofile-config.properties, or is the keycloak.json or
      oidc.json of an application. System properties (java -D…) and the environment go before it.

        --json                 the report as JSON
        --settings             looks at the settings alone and asks no provider
        --context-path=/app    where the application is going to be
        --help                 this

      Exit code: 0 if somebody can sign in, 1 if there are errors, 2 if it cannot be told.
      """;

  private final Map<String, String> environment;
  private final PrintStream out;
  private final PrintStream err;

  DoctorCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.out = out;
    this.err = err;
  }

  public static void main(String[] arguments) {
    System.exit(new DoctorCommand(System.getenv(), System.out, System.err).run(List.of(arguments)));
  }

  /** The exit code. */
  int run(List<String> words) {
    Optional<Arguments> arguments = Arguments.parse(words);
    if (arguments.isEmpty()) {
      err.print(HELP);
      return USAGE;
    }
    if (arguments.get().help()) {
      out.print(HELP);
      return FINE;
    }
    try {
      return examine(arguments.get());
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      err.println(arguments.get().file() + " cannot be read: " + e.getClass().getSimpleName());
      return USAGE;
    }
  }

  private int examine(Arguments arguments) throws IOException {
    SettingsFile file = SettingsFile.read(arguments.file());
    Configuration configuration =
        SettingsReader.read(
            new FileConfig(file.properties(), file.toString(), environment),
            DoctorCommand.class.getClassLoader(),
            file.adapterFiles());
    Doctor doctor = new Doctor(Clock.systemUTC(), new RandomValues(new SecureRandom()));
    Site site = Site.at(arguments.contextPath());
    Diagnosis diagnosis =
        arguments.settingsOnly()
            ? doctor.read(configuration, site)
            : doctor.examine(configuration, site);
    out.println(arguments.json() ? JsonReport.of(diagnosis) : TextReport.of(diagnosis));
    return diagnosis.worst() == Severity.ERROR ? FAULTY : FINE;
  }
}
