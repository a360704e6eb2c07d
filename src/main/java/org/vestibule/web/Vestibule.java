package org.vestibule.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vestibule.login.AuthorizationCodeFlow;
import org.vestibule.login.TokenRefresh;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.session.EndedSessions;
import org.vestibule.session.PendingLogins;
import org.vestibule.session.PreservedPosts;
import org.vestibule.session.Seal;
import org.vestibule.session.SessionCodec;

/**
 * The house: everything that is needed to serve requests, put together once from a configuration.
 * Immutable; one for each application, kept in its servlet context so that nothing is static and
 * two applications in one server share nothing.
 */
record Vestibule(
    Clock clock,
    Configuration configuration,
    Map<String, Provider> providers,
    String contextPath,
    AuthorizationCodeFlow flow,
    TokenRefresh refresh,
    PathRules paths,
    AccessRules accessRules,
    Gate gate,
    ReturnAddress returnAddress,
    PublicAddress address,
    PendingLoginCookies pendingLogins,
    Sessions sessions,
    LoginStart loginStart,
    FreshStart freshStart,
    PostPreservation preservation,
    LogoutState logoutState,
    Pages pages,
    Chooser chooser,
    KeptFragment keptFragment,
    ExpiredSession expiredSession,
    SilentRenewal renewal,
    FailurePage failurePage) {

  private static final String ATTRIBUTE = Vestibule.class.getName();

  /**
   * @param contextPath of the application, empty for the root
   */
  static Vestibule build(
      Configuration configuration, String contextPath, Clock clock, SecureRandom secureRandom) {
    ApplicationSettings settings = configuration.application();
    Map<String, Provider> providers = new LinkedHashMap<>();
    if (configuration.isUsable()) {
      configuration.providers().forEach((id, set) -> providers.put(id, new Provider(clock, set)));
    }
    RandomValues random = new RandomValues(secureRandom);
    PathRules paths = new PathRules(settings.paths());
    ReturnAddress returnAddress = new ReturnAddress(contextPath, paths);
    PublicAddress address = new PublicAddress(settings, contextPath);
    AuthorizationCodeFlow flow =
        new AuthorizationCodeFlow(clock, random, settings.browser().loginTimeout());
    List<Secret> keys = keys(configuration, random);
    Cookies cookies =
        new Cookies(
            settings.browser().cookiePrefix(),
            contextPath,
            settings.manners().partitionedCookies());
    PendingLoginCookies pendingLogins =
        new PendingLoginCookies(
            cookies,
            new PendingLogins(Seal.of(secureRandom, "pending-login", keys), contextPath),
            address,
            settings.browser().loginTimeout(),
            settings.browser().maximumPendingLogins());
    Pages pages = new Pages(settings.pages());
    FailurePage failurePage = new FailurePage(random, returnAddress, pages);
    Sessions sessions =
        new Sessions(
            clock,
            codec(settings, secureRandom),
            settings.session(),
            providers,
            new EndedSessions(settings.session().maximum()),
            new EndedSessions(settings.session().maximum()));
    String loginUrl = contextPath + settings.paths().login();
    Chooser chooser = new Chooser(settings.chooseOnPage(), providers, loginUrl, pages);
    KeptFragment keptFragment =
        new KeptFragment(settings.manners().keepFragment(), contextPath, loginUrl);
    ExpiredSession expiredSession =
        new ExpiredSession(settings.session(), cookies, address, loginUrl, keptFragment, pages);
    LoginStart loginStart =
        new LoginStart(
            flow, providers, configuration.defaultProvider(), address, pendingLogins, chooser);
    return new Vestibule(
        clock,
        configuration,
        providers,
        contextPath,
        flow,
        new TokenRefresh(clock),
        paths,
        new AccessRules(settings.paths().rules()),
        new Gate(clock, providers, failurePage),
        returnAddress,
        address,
        pendingLogins,
        sessions,
        loginStart,
        new FreshStart(cookies, address, settings.browser().loginTimeout()),
        new PostPreservation(
            settings.manners().preservePostSize(),
            clock,
            random,
            new PreservedPosts(Seal.of(secureRandom, "form", keys), contextPath),
            cookies,
            address,
            returnAddress),
        new LogoutState(
            random,
            Seal.of(secureRandom, "logout", keys),
            cookies,
            address,
            settings.browser().loginTimeout()),
        pages,
        chooser,
        keptFragment,
        expiredSession,
        new SilentRenewal(providers, sessions, expiredSession, loginStart),
        failurePage);
  }

  /** The application's own house. */
  static Vestibule in(ServletContext context) {
    return required(findIn(context));
  }

  /** Null if it was never put together. */
  static @Nullable Vestibule findIn(ServletContext context) {
    return context.getAttribute(ATTRIBUTE) instanceof Vestibule house ? house : null;
  }

  static Vestibule required(@Nullable Vestibule house) {
    if (house == null) {
      throw new IllegalStateException("org.vestibule.web.Registration did not run");
    }
    return house;
  }

  void moveInto(ServletContext context) {
    context.setAttribute(ATTRIBUTE, this);
  }

  /** The provider that has this issuer identifier, the first if there are several. */
  Optional<Provider> provider(String issuer) {
    return providers.values().stream()
        .filter(provider -> provider.settings().endpoints().issuer().equals(Optional.of(issuer)))
        .findFirst();
  }

  /** Where a login starts, as an address that a browser can follow. */
  String loginUrl() {
    return contextPath + configuration.application().paths().login();
  }

  /** Likewise, for a login that leads back to the page whose script sends the request. */
  String loginUrl(HttpServletRequest request) {
    return callingPage(request)
        .map(page -> loginUrl() + "?return=" + Parameters.encode(page))
        .orElseGet(this::loginUrl);
  }

  /** The page of this application that a request was sent from, if a login can lead back to it. */
  Optional<String> callingPage(HttpServletRequest request) {
    return address
        .knownOrigin(request)
        .flatMap(origin -> CallingPage.of(request, origin))
        .map(returnAddress::accepted)
        .filter(page -> !page.equals(returnAddress.root()));
  }

  /** Likewise, for a login in a tab of its own. */
  String loginInNewTabUrl() {
    return loginUrl() + "?return=" + Parameters.encode(contextPath + PathRules.SIGNED_IN);
  }

  String logoutUrl() {
    return contextPath + configuration.application().paths().logout();
  }

  /**
   * The keys for cookies: those that are set, else the client secrets, which all nodes have in
   * common; else one that lives as long as this run.
   */
  private static List<Secret> keys(Configuration configuration, RandomValues random) {
    ApplicationSettings.Session session = configuration.application().session();
    List<Secret> set =
        Stream.of(session.encryptionKey(), session.previousEncryptionKey())
            .flatMap(Optional::stream)
            .toList();
    if (!set.isEmpty()) {
      return set;
    }
    List<Secret> secrets =
        configuration.providers().values().stream()
            .map(ProviderSettings::client)
            .flatMap(client -> client.credentials().clientSecret().stream())
            .toList();
    return secrets.isEmpty() ? List.of(random.next()) : secrets;
  }

  private static SessionCodec codec(ApplicationSettings settings, SecureRandom random) {
    ApplicationSettings.Session session = settings.session();
    return new SessionCodec(
        session
            .encryptionKey()
            .map(
                key ->
                    Seal.of(
                        random,
                        "session",
                        Stream.concat(Stream.of(key), session.previousEncryptionKey().stream())
                            .toList())));
  }
}
