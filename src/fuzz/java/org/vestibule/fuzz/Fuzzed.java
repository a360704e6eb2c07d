package org.vestibule.fuzz;

/** What Jazzer calls; which target it is about is said by the system property {@code target}. */
public final class Fuzzed {

  private static final Target TARGET = Target.valueOf(System.getProperty("target"));

  private Fuzzed() {}

  /** To load classes takes its time, and is no finding. */
  public static void fuzzerInitialize() {
    TARGET.read(new byte[] {'{', '}'});
  }

  public static void fuzzerTestOneInput(byte[] data) {
    TARGET.read(data);
  }
}
