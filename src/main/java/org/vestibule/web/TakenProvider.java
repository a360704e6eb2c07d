package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.AccessRule;
import org.vestibule.provider.Configuration;
import org.vestibule.provider.Provider;

/** Finds the provider that a login is by. Immutable. */
final class TakenProvider {

  private final String contextPath;
  private final Map<String, Provider> providers;
  private final String defaultProvider;
  private final boolean secondRefused;
  private final AccessRules accessRules;
  private final ProviderChoice choice;
  private final Sessions sessions;

  TakenProvider(
      String contextPath,
      Configuration configuration,
      Map<String, Provider> providers,
      AccessRules accessRules,
      ProviderChoice choice,
      Sessions sessions) {
    this.contextPath = contextPath;
    this.providers = Map.copyOf(providers);
    this.defaultProvider = configuration.defaultProvider();
    this.secondRefused = configuration.application().choosing().secondRefused();
    this.accessRules = accessRules;
    this.choice = choice;
    this.sessions = sessions;
  }

  /**
   * A login for which the provider is named if something decides: the page that it leads to, or
   * what the request is for. It would be asked for at once if another one signed in.
   *
   * @param returnTo within this application
   */
  WantedLogin named(WantedLogin wanted, HttpServletRequest request, String returnTo) {
    if (wanted.provider() != null) {
      return wanted;
    }
    AccessRule rule = choice.narrow(accessRules.of(path(returnTo)), request);
    Optional<String> provider = rule == null ? Optional.empty() : rule.provider();
    return provider.map(wanted::at).orElse(wanted);
  }

  /** Below the context root, as the container decodes it; the root for what has no such path. */
  private String path(String returnTo) {
    try {
      @Nullable String path = new URI(returnTo).getPath();
      return path != null && path.startsWith(contextPath + "/")
          ? path.substring(contextPath.length())
          : "/";
    } catch (URISyntaxException e) {
      return "/";
    }
  }

  /**
   * The provider of a login; the default one where none is named.
   *
   * @throws LoginException there is none, or somebody is signed in by another
   */
  Provider of(WantedLogin wanted, HttpServletRequest request) {
    String named = wanted.provider();
    Provider provider = providers.get(named == null ? defaultProvider : named);
    if (provider == null) {
      throw new LoginException(
          providers.isEmpty() ? Refusal.NOT_CONFIGURED : Refusal.PROVIDER_UNKNOWN);
    }
    requireNoOther(provider, request);
    return provider;
  }

  /**
   * Lets nobody sign in at a second provider who has not signed out, if the settings say so.
   *
   * @throws LoginException {@code SECOND_PROVIDER}
   */
  void requireNoOther(Provider provider, HttpServletRequest request) {
    SignedIn signedIn = secondRefused ? sessions.signedIn(request) : null;
    if (signedIn != null && !signedIn.identity().provider().equals(provider.settings().id())) {
      throw new LoginException(Refusal.SECOND_PROVIDER);
    }
  }
}
