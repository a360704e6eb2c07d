package org.vestibule.provider;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/**
 * The ids of the providers: names in keys, in addresses and, unlike keys, in the environment too.
 */
final class ProviderIds {

  /** The id of the provider of a configuration that lists none. */
  static final String SINGLE = "default";

  private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private ProviderIds() {}

  static boolean isId(String text) {
    return text.matches(ID);
  }

  /** The listed ids that are well-formed, each once; empty if none are listed. */
  static List<String> listed(Values application) {
    List<String> listed = application.list(Setting.PROVIDERS);
    for (String id : listed) {
      if (!isId(id)) {
        application.report(Mistake.MALFORMED, Setting.PROVIDERS, "ids are like my-provider-2");
      }
    }
    List<String> ids = listed.stream().filter(ProviderIds::isId).toList();
    collisions(ids)
        .forEach(detail -> application.report(Mistake.IDS_COLLIDE, Setting.PROVIDERS, detail));
    return ids.stream().distinct().toList();
  }

  /**
   * The same id twice, or two of which one is the other with the beginning of a key: {@code corp}
   * and {@code corp-metadata} share {@code OAUTH_PROVIDER_CORP_METADATA_REFRESH}, which is the
   * setting {@code metadata-refresh} of the one and {@code refresh} of the other.
   */
  private static Collection<String> collisions(List<String> ids) {
    Map<String, Integer> owners = new HashMap<>();
    Map<String, String> collisions = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      for (Setting setting : KnownKeys.PROVIDER_SETTINGS) {
        String name = KnownKeys.inEnvironment(KnownKeys.of(ids.get(i), setting));
        Integer owner = owners.putIfAbsent(name, i);
        if (owner != null) {
          String pair = ids.get(owner) + " and " + ids.get(i);
          collisions.putIfAbsent(pair, pair + " in " + name);
        }
      }
    }
    return collisions.values();
  }
}
