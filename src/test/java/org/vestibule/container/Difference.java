package org.vestibule.container;

import java.util.List;
import java.util.regex.Pattern;
import org.vestibule.testing.RawResponse;

/**
 * What is a server's and not ours, each by its name, with its servers (as {@code arquillian.xml}
 * names them) and its evidence. The manual's page on servers says what follows for applications;
 * tests ask here and nowhere else which server they run in.
 */
enum Difference {

  /**
   * After a dispatch from an asynchronous request no bean of the request can be used: WELD-001303
   * (no active context), WELD-000715 (the container is not fully compliant). The application's own
   * beans fail likewise; the Servlet API knows the caller.
   */
  NO_CDI_AFTER_ASYNCHRONOUS_DISPATCH("payara", "payara-micro", "glassfish"),

  /**
   * {@code /static} is redirected to {@code /static/} before any filter runs, if it is a folder of
   * the application; whatever follows a semicolon is no part of the path by then.
   */
  REDIRECTS_TO_FOLDERS_ITSELF("payara", "payara-micro", "wildfly", "glassfish"),

  /**
   * A query with a backslash, or with an escape that is none, is answered with an empty page and
   * the status 400 before any filter runs: Undertow refuses what RFC 3986 does not allow.
   */
  REFUSES_ODD_QUERIES("wildfly"),

  /**
   * A cookie with bytes beyond ASCII is answered with 500, whoever asks for the session first:
   * UT000173 (an invalid control character).
   */
  FAILS_ON_COOKIES_BEYOND_ASCII("wildfly"),

  /**
   * A target that begins with no slash is answered with 500 before any filter runs, if the
   * application is at the root: UT000068 (no match for the path).
   */
  FAILS_WITHOUT_A_SLASH("wildfly"),

  /**
   * The answer in which a session ends takes the browser's cookie away, so that later requests
   * cannot be told from those of somebody who was never signed in.
   */
  TAKES_THE_COOKIE_OF_AN_ENDED_SESSION_AWAY("wildfly"),

  /** Jakarta Security has a principal for who is nobody, where its documentation says null. */
  CALLS_NOBODY_ANONYMOUS("wildfly"),

  /**
   * A target with an escape that is none, or a host that is none, is answered with an empty page
   * and the status 200 before any filter runs: Grizzly leaves the answer to itself when its parsing
   * throws.
   */
  ANSWERS_WHAT_IT_CANNOT_READ_WITH_NOTHING("payara", "payara-micro"),

  /**
   * The text fields of a multipart form that says no charset are taken for ISO-8859-1 by {@code
   * getParameter}. A form that is sent after the login is read as UTF-8.
   */
  READS_MULTIPART_FIELDS_AS_LATIN_1("payara", "payara-micro", "glassfish"),

  /**
   * {@code /app/.//x} is a path of the application at the root of the server if there is one, else
   * of that at {@code /app}.
   */
  CHOOSES_THE_APPLICATION_BEFORE_DOTS_ARE_RESOLVED("payara", "payara-micro"),

  /**
   * Some path parameters are answered with 500 before any filter runs, a {@code
   * StringIndexOutOfBoundsException} of its own.
   */
  FAILS_AT_SOME_PATH_PARAMETERS("liberty"),

  /** An enterprise archive is none of its archives: "Archive type … was not recognized". */
  TAKES_NO_ENTERPRISE_ARCHIVES("payara-micro"),

  /** The source of settings that is {@code microprofile-config.properties} has another name. */
  CALLS_THE_SETTINGS_FILE_PROPERTIES("payara", "payara-micro"),

  /**
   * {@code @RolesAllowed} on a resource of Jakarta REST asks Jakarta Security who calls, which
   * knows nobody without {@code container-identity=on}: 401 for everybody.
   */
  ASKS_JAKARTA_SECURITY_FOR_THE_CALLER_OF_A_RESOURCE("payara-7"),

  /**
   * A path with a colon is answered with 503 before any filter runs, whatever the application is:
   * IllegalArgumentException (invalid URLPatternSpec) out of {@code WebResourcePermission}, whose
   * names have a syntax in which colons separate patterns.
   */
  FAILS_AT_COLONS("payara-7");

  /** As the JDK words it, which another JDK does in another way. */
  private static final Pattern OUT_OF_BOUNDS =
      Pattern.compile("Exception Message: \\[(begin |Range \\[)");

  /** Its own page, which it has for what fails before an application is found. */
  private static final String UNDERTOW =
      "<html><head><title>Error</title></head><body>500 - Internal Server Error</body></html>";

  private static final String HERE = System.getProperty("arquillian.launch", "");

  private static final boolean IS_PAYARA_7 =
      System.getProperty("server.version", "").matches("Payara \\w+ 7.*");

  private final List<String> servers;

  Difference(String... servers) {
    this.servers = List.of(servers);
  }

  /** Whether the server under test has it. */
  boolean isHere() {
    return servers.contains(HERE) || (IS_PAYARA_7 && servers.contains("payara-7"));
  }

  /** What Jakarta Security says of somebody who is not signed in, no text for null. */
  static String nobody() {
    return CALLS_NOBODY_ANONYMOUS.isHere() ? "anonymous" : "";
  }

  /** A condition of tests that would have nothing to test. */
  static boolean takesNoEnterpriseArchives() {
    return TAKES_NO_ENTERPRISE_ARCHIVES.isHere();
  }

  /** Whether an answer is the server's, which the application was never asked for. */
  static boolean isServersOwn(RawResponse answer) {
    boolean folder = answer.isRedirect() && isFolderHere(answer);
    boolean nothing = answer.status() == 200 && answer.body().isEmpty();
    return (folder && REDIRECTS_TO_FOLDERS_ITSELF.isHere())
        || (nothing && ANSWERS_WHAT_IT_CANNOT_READ_WITH_NOTHING.isHere())
        || (answer.status() == 400 && answer.body().isEmpty() && REFUSES_ODD_QUERIES.isHere())
        || (answer.status() == 500 && FAILS_ON_COOKIES_BEYOND_ASCII.isHere())
        || failsAtColons(answer);
  }

  /** Whether the server failed before the application was asked; to HEAD it does not say why. */
  static boolean failsAt(RawResponse answer) {
    boolean empty = answer.body().isEmpty();
    return (FAILS_WITHOUT_A_SLASH.isHere()
            && answer.status() == 500
            && (empty || answer.body().contains(UNDERTOW)))
        || (FAILS_AT_SOME_PATH_PARAMETERS.isHere()
            && answer.status() == 500
            && (empty || OUT_OF_BOUNDS.matcher(answer.body()).find()))
        || failsAtColons(answer);
  }

  /** The page is the server's: an application's has a number of ours or a text of the tests. */
  private static boolean failsAtColons(RawResponse answer) {
    return FAILS_AT_COLONS.isHere()
        && answer.status() == 503
        && (answer.body().isEmpty() || answer.body().contains("HTTP Status 503"));
  }

  /** Whether it leads to the same server, to an address that ends as those of folders do. */
  private static boolean isFolderHere(RawResponse answer) {
    String server = answer.url().replaceFirst("^(\\w+://[^/]+).*", "$1/");
    return answer.location().endsWith("/") && answer.location().startsWith(server);
  }
}
