package org.vestibule.web;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vestibule.login.AuthorizationCodeFlow;
import org.vestibule.login.TokenRefresh;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.PendingAuthorization;
import org.vestibule.provider.AccessRule;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.ApplicationSettings.ChooseBy;
import org.vestibule.provider.ClientKey;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.session.PendingLogins;
import org.vestibule.session.PreservedPosts;
import org.vestibule.session.Seal;
import org.vestibule.session.SessionCodec;

/**
 * The house: everything that is needed to serve requests, put together from one configuration.
 * Immutable; {@link CurrentVestibule} has the one that counts.
 *
 * @param providers by id, in the configured order; empty if the configuration is broken
 * @param keys what seals cookies, of these settings alone; the first seals
 */
record Vestibule(
    Lasting lasting,
    Configuration configuration,
    Map<String, Provider> providers,
    List<Secret> keys,
    Former former,
    AuthorizationCodeFlow flow,
    PathRules paths,
    AccessRules accessRules,
    ProviderChoice choice,
    Gate gate,
    ReturnAddress returnAddress,
    PublicAddress address,
    PendingLoginCookies pendingLogins,
    TwinCookies twins,
    LoginLoop loginLoop,
    Sessions sessions,
    Lending lending,
    LoginStart loginStart,
    TakenProvider takenProvider,
    FreshStart freshStart,
    PostPreservation preservation,
    LogoutState logoutState,
    Pages pages,
    Chooser chooser,
    KeptFragment keptFragment,
    ExpiredSession expiredSession,
    SilentRenewal renewal,
    FailurePage failurePage) {

  static Vestibule build(Configuration configuration, Lasting lasting) {
    return build(
        configuration, lasting, providers(configuration, Map.of(), lasting), Former.NOTHING);
  }

  /**
   * This house with other settings. Providers about which nothing has changed are the same objects,
   * with all that they know by now.
   */
  Vestibule changed(Configuration next, Map<String, Provider> nextProviders) {
    Instant until = clock().instant().plus(configuration.application().browser().loginTimeout());
    List<Secret> nextKeys = keys(next, lasting);
    Former left =
        former.with(
            until,
            keys.stream().filter(key -> !nextKeys.contains(key)).toList(),
            providers.values().stream()
                .filter(provider -> !nextProviders.containsValue(provider))
                .toList());
    return build(next, lasting, nextProviders, left);
  }

  /** This house without what is left of settings from before, once nobody can need it. */
  Vestibule settled() {
    return build(configuration, lasting, providers, Former.NOTHING);
  }

  /** The providers of a configuration; those of this house, where they are set in the same way. */
  Map<String, Provider> providersOf(Configuration next) {
    return providers(next, providers, lasting);
  }

  private static Map<String, Provider> providers(
      Configuration configuration, Map<String, Provider> known, Lasting lasting) {
    Map<String, Provider> providers = new LinkedHashMap<>();
    if (configuration.isUsable()) {
      configuration
          .providers()
          .forEach(
              (id, set) -> {
                Provider before = known.get(id);
                providers.put(
                    id,
                    before != null && before.settings().equals(set)
                        ? before
                        : new Provider(lasting.clock(), set, lasting.credentials()));
              });
    }
    return providers;
  }

  private static Vestibule build(
      Configuration configuration,
      Lasting lasting,
      Map<String, Provider> providers,
      Former former) {
    ApplicationSettings settings = configuration.application();
    String contextPath = lasting.contextPath();
    Clock clock = lasting.clock();
    SecureRandom secureRandom = lasting.secureRandom();
    RandomValues random = lasting.random();
    PathRules paths = new PathRules(settings.paths());
    ReturnAddress returnAddress = new ReturnAddress(contextPath, paths);
    PublicAddress address = new PublicAddress(settings, contextPath, hosts(configuration));
    AccessRules accessRules = new AccessRules(configuration.accessRules());
    ProviderChoice choice = new ProviderChoice(settings.choosing(), providers, address);
    AuthorizationCodeFlow flow =
        new AuthorizationCodeFlow(clock, random, settings.browser().loginTimeout());
    List<Secret> own = keys(configuration, lasting);
    List<Secret> keys = Stream.concat(own.stream(), former.keys().stream()).distinct().toList();
    Cookies cookies =
        new Cookies(
            settings.browser().cookiePrefix(),
            contextPath,
            settings.manners().partitionedCookies());
    PendingLoginCookies pendingLogins =
        new PendingLoginCookies(
            cookies,
            new PendingLogins(
                Seal.of(secureRandom, "pending-login", keys), contextPath, lasting.spentLogins()),
            address,
            settings.browser().loginTimeout(),
            settings.browser().maximumPendingLogins());
    Pages pages = new Pages(settings.pages(), lasting.warnings());
    FailurePage failurePage =
        new FailurePage(
            random,
            returnAddress,
            contextPath + settings.paths().logout(),
            pages,
            lasting.warnings());
    TwinCookies twins = new TwinCookies(cookies, address, settings.session().maximum());
    SessionCodec codec = codec(settings, former, secureRandom);
    Lending lending = new Lending(lasting.lent(), codec);
    Sessions sessions =
        new Sessions(clock, codec, settings.session(), providers, lasting.ended(), twins, lending);
    String loginUrl = contextPath + settings.paths().login();
    Chooser chooser =
        new Chooser(
            settings.choosing(),
            configuration.defaultProvider(),
            providers.values(),
            loginUrl,
            pages);
    KeptFragment keptFragment =
        new KeptFragment(settings.manners().keepFragment(), contextPath, loginUrl);
    ExpiredSession expiredSession =
        new ExpiredSession(
            settings.session(), clock, cookies, address, loginUrl, keptFragment, pages);
    TakenProvider takenProvider =
        new TakenProvider(contextPath, configuration, providers, accessRules, choice, sessions);
    LoginLoop loginLoop = new LoginLoop(clock, sessions, cookies, address);
    LoginStart loginStart =
        new LoginStart(flow, takenProvider, address, pendingLogins, chooser, loginLoop);
    return new Vestibule(
        lasting,
        configuration,
        providers,
        own,
        former,
        flow,
        paths,
        accessRules,
        choice,
        new Gate(clock, providers, failurePage),
        returnAddress,
        address,
        pendingLogins,
        twins,
        loginLoop,
        sessions,
        lending,
        loginStart,
        takenProvider,
        new FreshStart(cookies, address, settings.browser().loginTimeout()),
        new PostPreservation(
            settings.manners().preservePostSize(),
            clock,
            random,
            new PreservedPosts(
                Seal.of(secureRandom, "form", keys), contextPath, lasting.spentForms()),
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

  /** The hosts that the settings name beside the public URL's. */
  private static Set<String> hosts(Configuration configuration) {
    return configuration.application().choosing().by() == ChooseBy.HOST
        ? configuration.providers().values().stream()
            .flatMap(provider -> provider.taken().hosts().stream())
            .collect(Collectors.toUnmodifiableSet())
        : Set.of();
  }

  /** The application's own house, as it is now. */
  static Vestibule in(ServletContext context) {
    return CurrentVestibule.in(context).get();
  }

  Clock clock() {
    return lasting.clock();
  }

  String contextPath() {
    return lasting.contextPath();
  }

  TokenRefresh refresh() {
    return lasting.refresh();
  }

  /**
   * The rule for a request; null if there is none.
   *
   * @param path of the request
   * @param more what the application asks for itself
   */
  @Nullable AccessRule rule(
      HttpServletRequest request, String path, AuthenticationRequirement more) {
    return choice.narrow(accessRules.of(path, more), request);
  }

  /**
   * The provider that a login began with, even if the settings have changed since.
   *
   * @return empty if nobody knows it any more: what is meant for one server is not for another
   */
  Optional<Provider> provider(PendingAuthorization pending) {
    Provider now = providers.get(pending.provider());
    return now != null && now.registration().equals(pending.registration())
        ? Optional.of(now)
        : former
            .provider(pending.provider(), pending.registration())
            .or(() -> Optional.ofNullable(now).filter(one -> pending.registration().isEmpty()));
  }

  /** The provider that may name itself so as an issuer, the first if there are several. */
  Optional<Provider> provider(String issuer) {
    return providers.values().stream()
        .filter(provider -> provider.settings().endpoints().issuers().accepts(issuer))
        .findFirst();
  }

  /** Where a login starts, as an address that a browser can follow. */
  String loginUrl() {
    return contextPath() + configuration.application().paths().login();
  }

  /** Likewise, for a login that leads back to the page whose script sends the request. */
  String loginUrl(HttpServletRequest request) {
    return callingPage(request)
        .map(page -> loginUrl() + "?return=" + Parameters.encode(page))
        .orElseGet(this::loginUrl);
  }

  /** Likewise, for a login in a tab of its own. */
  String loginInNewTabUrl() {
    return loginUrl() + "?return=" + Parameters.encode(contextPath() + PathRules.SIGNED_IN);
  }

  /** The page of this application that a request was sent from, if a login can lead back to it. */
  Optional<String> callingPage(HttpServletRequest request) {
    return address
        .knownOrigin(request)
        .flatMap(origin -> CallingPage.of(request, origin))
        .map(returnAddress::accepted)
        .filter(page -> !page.equals(returnAddress.root()));
  }

  String logoutUrl() {
    return contextPath() + configuration.application().paths().logout();
  }

  /**
   * The keys for cookies: those that are set, else the client secrets, which all nodes have in
   * common; else one that lives as long as this run.
   */
  private static List<Secret> keys(Configuration configuration, Lasting lasting) {
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
            .flatMap(client -> ownSecret(client).stream())
            .toList();
    return secrets.isEmpty() ? List.of(lasting.runKey()) : secrets;
  }

  /** What all nodes know of a client and nobody else does. */
  private static Optional<Secret> ownSecret(ProviderSettings.Client client) {
    return client.credentials().clientSecret().or(() -> client.key().map(ClientKey::content));
  }

  private static SessionCodec codec(
      ApplicationSettings settings, Former former, SecureRandom random) {
    ApplicationSettings.Session session = settings.session();
    return new SessionCodec(
        session
            .encryptionKey()
            .map(
                key ->
                    Seal.of(
                        random,
                        "session",
                        Stream.of(
                                Stream.of(key),
                                session.previousEncryptionKey().stream(),
                                former.keys().stream())
                            .flatMap(keys -> keys)
                            .distinct()
                            .toList())),
        session.maximumSize());
  }
}
