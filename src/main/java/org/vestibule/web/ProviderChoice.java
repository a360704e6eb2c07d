package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Scope;
import org.vestibule.provider.AccessRule;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.ApplicationSettings.ChooseBy;
import org.vestibule.provider.Provider;

/**
 * Which provider a request is for, where its host or a header says so: somebody who is signed in by
 * another one is a stranger there. Asking costs nothing where neither chooses. Immutable.
 */
final class ProviderChoice {

  private final ChooseBy by;
  private final String header;
  private final Map<String, AccessRule> hosts;
  private final Map<String, AccessRule> ids;
  private final PublicAddress address;

  ProviderChoice(
      ApplicationSettings.Choosing settings,
      Map<String, Provider> providers,
      PublicAddress address) {
    this.by = settings.by();
    this.header = settings.header().orElse("");
    Map<String, AccessRule> rules = new HashMap<>();
    Map<String, AccessRule> ruleOfHost = new HashMap<>();
    providers.forEach(
        (id, provider) -> {
          rules.put(id, only(id));
          provider.settings().taken().hosts().forEach(host -> ruleOfHost.put(host, rules.get(id)));
        });
    this.ids = Map.copyOf(rules);
    this.hosts = Map.copyOf(ruleOfHost);
    this.address = address;
  }

  /** For all paths, and for nobody but the users of one provider. */
  private static AccessRule only(String id) {
    return new AccessRule(
        0, "/*", Set.of(), Scope.NONE, AuthenticationRequirement.NONE, Optional.of(id), false);
  }

  /**
   * A rule, for the users of the provider that a request is for.
   *
   * @param rule as the path has it; null for none
   */
  @Nullable AccessRule narrow(@Nullable AccessRule rule, HttpServletRequest request) {
    AccessRule own = of(request);
    if (own == null || (rule != null && rule.provider().isPresent())) {
      return rule;
    }
    return rule == null ? own : rule.by(own.provider().orElseThrow());
  }

  private @Nullable AccessRule of(HttpServletRequest request) {
    return switch (by) {
      case HOST -> hosts.get(address.host(request));
      case HEADER -> ofHeader(request.getHeader(header));
      default -> null;
    };
  }

  /** What is no provider's id is for none: it must not become the default one. */
  private @Nullable AccessRule ofHeader(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return null;
    }
    AccessRule known = ids.get(id);
    return known == null ? only(id) : known;
  }
}
