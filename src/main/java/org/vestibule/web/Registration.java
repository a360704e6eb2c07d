package org.vestibule.web;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.annotation.WebListener;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.token.ClientCredentials;
import org.vestibule.provider.AdapterFile;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.ModuleConfig;
import org.vestibule.provider.SettingsReader;
import org.vestibule.shared.SharedState;

/**
 * Moves in when an application starts: reads the configuration, says what is wrong with it, and
 * registers the filter and the servlets. By program rather than by annotation, since their paths
 * are settings, and since a filter that is declared nowhere else can be put before all others.
 *
 * <p>Servers find it by its annotation. Where they do not look for any, the application's own
 * descriptor can name it as a listener; until then {@link Doorkeeper} keeps the application closed.
 */
@WebListener
public class Registration implements ServletContextListener {

  private static final String ATTRIBUTE = Registration.class.getName();
  private static final String FILTER = "vestibule";

  @Inject @Nullable Config config;

  private @Nullable Reload reload;
  private @Nullable FirstDiagnosis firstDiagnosis;
  private @Nullable ClusterWatch clusterWatch;
  private @Nullable SharedState shared;

  /**
   * The filter comes first: should anything below fail, the application is closed, not open. Once
   * for an application, even if it is found by its annotation and named in a descriptor.
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    ServletContext context = event.getServletContext();
    if (context.getAttribute(ATTRIBUTE) != null) {
      return;
    }
    context.setAttribute(ATTRIBUTE, this);
    registerFilter(context);
    Supplier<Configuration> reader =
        reader(
            config(),
            Thread.currentThread().getContextClassLoader(),
            AdapterFile.in(context::getResourceAsStream));
    Configuration configuration = reader.get();
    Clock clock = Clock.systemUTC();
    ApplicationSettings.Cluster meeting = configuration.application().cluster();
    SharedState nodes = SharedState.of(meeting.cache(), meeting.dataSource(), clock);
    shared = nodes;
    Vestibule house =
        Vestibule.build(
            configuration,
            Lasting.of(
                context.getContextPath(),
                clock,
                new SecureRandom(),
                provider -> credentials(reader, provider),
                nodes,
                configuration.application().session().maximum()));
    CurrentVestibule current = new CurrentVestibule(house);
    current.moveInto(context);
    context.addListener(new LendingListener(current));
    ConfigurationReport.started(
        configuration,
        house.lasting().consultation().doctor().read(configuration, house.lasting().site()));
    registerServlets(context, configuration.application().paths());
    harden(
        context,
        house.address().isKnownSecure(),
        configuration.application().manners().partitionedCookies());
    reload = new Reload(reader, current);
    reload.start();
    firstDiagnosis = new FirstDiagnosis(current);
    firstDiagnosis.start();
    clusterWatch = new ClusterWatch(house.lasting());
    clusterWatch.start();
  }

  /** Servers do not inject into what they find elsewhere than in a bean archive of the module. */
  private Config config() {
    return config == null ? ConfigProvider.getConfig() : config;
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    if (reload != null) {
      reload.close();
    }
    if (firstDiagnosis != null) {
      firstDiagnosis.close();
    }
    if (clusterWatch != null) {
      clusterWatch.close();
    }
    if (shared != null) {
      shared.close();
    }
  }

  /** For a login that is under way: whether they can be read is told by {@link Reload}. */
  private static Optional<ClientCredentials> credentials(
      Supplier<Configuration> reader, String provider) {
    try {
      return reader.get().provider(provider).map(settings -> settings.client().credentials());
    } catch (RuntimeException unreadable) {
      return Optional.empty();
    }
  }

  private static Supplier<Configuration> reader(
      Config config, ClassLoader classLoader, List<AdapterFile> files) {
    Config settings = ModuleConfig.of(config, classLoader);
    return () -> SettingsReader.read(settings, classLoader, files);
  }

  /** Before all others; once. */
  static void registerFilter(ServletContext context) {
    if (context.getFilterRegistration(FILTER) != null) {
      return;
    }
    FilterRegistration.Dynamic filter = context.addFilter(FILTER, LoginFilter.class);
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR), false, "/*");
  }

  private static void registerServlets(ServletContext context, ApplicationSettings.Paths paths) {
    add(context, CallbackServlet.class, paths.callback());
    add(context, LoginServlet.class, paths.login());
    add(context, LogoutServlet.class, paths.logout());
    add(context, LoggedOutServlet.class, PathRules.LOGGED_OUT);
    add(context, SessionServlet.class, paths.session());
    add(context, BackChannelLogoutServlet.class, ApplicationSettings.Paths.BACK_CHANNEL_LOGOUT);
    add(context, SignedInServlet.class, PathRules.SIGNED_IN);
    add(context, FrontChannelLogoutServlet.class, ApplicationSettings.Paths.FRONT_CHANNEL_LOGOUT);
    add(context, InitiateServlet.class, ApplicationSettings.Paths.INITIATE);
    add(context, FragmentScriptServlet.class, ApplicationSettings.Paths.FRAGMENT_SCRIPT);
    add(context, JwksServlet.class, ApplicationSettings.Paths.JWKS);
    add(context, DoctorServlet.class, ApplicationSettings.Paths.DOCTOR);
  }

  private static void add(ServletContext context, Class<? extends Servlet> servlet, String path) {
    ServletRegistration.Dynamic registration =
        context.addServlet("vestibule-" + servlet.getSimpleName(), servlet);
    registration.setAsyncSupported(true);
    Set<String> taken = registration.addMapping(path);
    if (!taken.isEmpty()) {
      throw new IllegalStateException(path + " belongs to a servlet of the application already");
    }
  }

  /**
   * The container's session cookie is as good as a token: no script, no URL, no plain http, no
   * other application. Some servers give all of theirs the path of the root, and then a login in
   * one, which changes the session's identifier, is the end of the sessions in all others.
   */
  private static void harden(ServletContext context, boolean secure, boolean partitioned) {
    context.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
    SessionCookieConfig cookie = context.getSessionCookieConfig();
    if (isForAllApplications(cookie) && !isForHost(cookie) && !context.getContextPath().isEmpty()) {
      cookie.setPath(context.getContextPath());
    }
    cookie.setHttpOnly(true);
    cookie.setAttribute(Cookies.SAME_SITE, "Lax");
    if (secure) {
      cookie.setSecure(true);
    }
    if (secure && partitioned) {
      cookie.setAttribute(Cookies.SAME_SITE, Cookies.NONE);
      cookie.setAttribute(Cookies.PARTITIONED, "");
    }
  }

  /** Without a path it is the context root or the root, as the server likes. */
  private static boolean isForAllApplications(SessionCookieConfig cookie) {
    return cookie.getPath() == null || cookie.getPath().equals("/");
  }

  /** Of a cookie with such a name browsers want the path of the root (RFC 6265bis, 4.1.3.2). */
  private static boolean isForHost(SessionCookieConfig cookie) {
    return cookie.getName() != null && cookie.getName().startsWith("__Host-");
  }
}
