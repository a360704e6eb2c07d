package org.vestibule.provider;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vestibule.protocol.Secret;

/**
 * All that is set about the application itself; each component is described by the {@link Setting}
 * of its name. Immutable.
 */
public record ApplicationSettings(
    Paths paths,
    Browser browser,
    Choosing choosing,
    Map<Setting, String> pages,
    Manners manners,
    Session session,
    Cluster cluster,
    Operations operations) {

  /**
   * @param pages the application's own pages by the setting that names them: paths below the
   *     context root
   */
  public ApplicationSettings {
    pages = Map.copyOf(pages);
  }

  /**
   * Patterns and exact paths below the context root, each beginning with a slash.
   *
   * @param rules what callers need beside being signed in; each pattern once
   */
  public record Paths(
      List<String> protectedPaths,
      List<String> publicPaths,
      String callback,
      String login,
      String logout,
      String session,
      List<AccessRule> rules) {

    public Paths {
      rules = List.copyOf(rules);
    }

    /** The page after a logout. Neither this path nor those below can be set. */
    public static final String LOGGED_OUT = "/oauth/logged-out";

    /** Where a login ends that was begun in a tab of its own, likewise. */
    public static final String SIGNED_IN = "/oauth/signed-in";

    /** Where a provider says that somebody signed out there. */
    public static final String BACK_CHANNEL_LOGOUT = "/oauth/backchannel-logout";

    /** What a provider shows in a frame when somebody signs out there. */
    public static final String FRONT_CHANNEL_LOGOUT = "/oauth/frontchannel-logout";

    /** Where others send users to sign in. */
    public static final String INITIATE = "/oauth/initiate";

    /** The script that takes the fragment of an address along to a login. */
    public static final String FRAGMENT_SCRIPT = "/oauth/fragment.js";

    /** Where the clients' public keys are. */
    public static final String JWKS = "/oauth/jwks";

    /** The diagnosis. */
    public static final String DOCTOR = "/oauth/doctor";

    /** The paths of ours that cannot be set. */
    public static final Set<String> FIXED =
        Set.of(
            LOGGED_OUT,
            BACK_CHANNEL_LOGOUT,
            FRONT_CHANNEL_LOGOUT,
            INITIATE,
            SIGNED_IN,
            FRAGMENT_SCRIPT,
            JWKS,
            DOCTOR);

    /** The library's own paths. */
    public Set<String> own() {
      return Stream.concat(FIXED.stream(), Stream.of(callback, login, logout, session))
          .collect(Collectors.toUnmodifiableSet());
    }
  }

  /**
   * @param publicUrl without a slash at its end
   * @param trustedProxies who is believed where {@code publicUrl} is empty
   * @param redirectUri a template with {@code {public-url}}, {@code {context-path}} and {@code
   *     {callback-path}}
   */
  public record Browser(
      Optional<String> publicUrl,
      List<IpNetwork> trustedProxies,
      String redirectUri,
      Duration loginTimeout,
      int maximumPendingLogins,
      String cookiePrefix) {}

  /**
   * How people are treated who come without a session.
   *
   * @param preservePostSize in bytes; 0 keeps no form
   * @param partitionedCookies whether the application is in the frames of other sites
   * @param keepFragment whether a login leads back to the fragment of an address
   */
  public record Manners(int preservePostSize, boolean partitionedCookies, boolean keepFragment) {}

  /**
   * How one of several providers is taken.
   *
   * @param header the name of the header; empty unless it is chosen by one
   * @param defaultChosen whether the settings name the default provider
   * @param secondRefused whether nobody signs in at a second provider before they have signed out
   */
  public record Choosing(
      ChooseBy by, Optional<String> header, boolean defaultChosen, boolean secondRefused) {}

  /** What decides. */
  public enum ChooseBy {
    DEFAULT,
    PAGE,
    PATH,
    HOST,
    HEADER,
    EMAIL_DOMAIN
  }

  /**
   * What the nodes have in common, if there are several; at most one of both.
   *
   * @param cache a URI or a JNDI name
   * @param dataSource a JNDI name
   */
  public record Cluster(Optional<String> cache, Optional<String> dataSource) {}

  /**
   * @param reloadInterval zero for never
   * @param doctorRole who has it may see the diagnosis
   */
  public record Operations(
      Duration reloadInterval, DoctorAccess doctor, Optional<String> doctorRole) {}

  /** Who may see the diagnosis. */
  public enum DoctorAccess {
    /** Nobody. */
    OFF,
    /** Whoever has the role. */
    ON,
    /** They, and everybody on this machine. */
    LOOPBACK
  }

  /**
   * @param maximumSize of what is remembered of a user, in bytes
   * @param expiredOnPage whether people are told that their session has ended
   * @param silentRenewal whether the provider is asked first without showing a page
   * @param containerIdentity whether a container with Jakarta Security is told who the caller is
   * @param encryptionKey 32 bytes in Base64
   * @param previousEncryptionKey likewise
   */
  public record Session(
      Duration maximum,
      Optional<Duration> idle,
      int maximumSize,
      boolean expiredOnPage,
      boolean silentRenewal,
      boolean containerIdentity,
      Optional<Secret> encryptionKey,
      Optional<Secret> previousEncryptionKey) {}
}
