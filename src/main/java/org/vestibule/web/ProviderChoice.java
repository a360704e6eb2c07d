package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vestibule.provider.AccessRule;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.ApplicationSettings.ChooseBy;
import org.vestibule.provider.Provider;

/**
 * Which provider a request is for, where its host or a header says so: somebody who is signed in by
 * another one is a stranger there. Asking costs nothing where neither chooses. Immutable.
 */
final class ProviderChoice {

  /** No provider has an empty id. */
  private static final AccessRule NOBODY = AccessRule.only("/*", "");

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
          rules.put(id, AccessRule.only("/*", id));
          provider.settings().taken().hosts().forEach(host -> ruleOfHost.put(host, rules.get(id)));
        });
    this.ids = Map.copyOf(rules);
    this.hosts = Map.copyOf(ruleOfHost);
    this.address = address;
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
      case HOST -> ofHost(request);
      case HEADER -> ofHeader(request.getHeaders(header));
      default -> null;
    };
  }

  /**
   * The application may go by the name that the server tells it, and a proxy may forward what a
   * browser made up: where the two are of different providers the request is for none.
   */
  private @Nullable AccessRule ofHost(HttpServletRequest request) {
    AccessRule used = hosts.get(address.host(request));
    AccessRule told = hosts.get(PublicAddress.serverName(request));
    return told == null || told.equals(used) ? used : NOBODY;
  }

  /**
   * What is no provider's id is for none: it must not become the default one. Two values are one
   * that a browser sent and one that a proxy has added.
   */
  private @Nullable AccessRule ofHeader(Enumeration<String> values) {
    String id = values.hasMoreElements() ? values.nextElement() : "";
    if (values.hasMoreElements()) {
      return NOBODY;
    }
    if (id.isEmpty()) {
      return null;
    }
    AccessRule known = ids.get(id);
    return known == null ? NOBODY : known;
  }
}
