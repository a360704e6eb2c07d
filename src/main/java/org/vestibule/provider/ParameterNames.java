package org.vestibule.provider;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.authorization.AuthorizationRequest;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Reads what a provider calls what RFC 6749 calls otherwise. */
final class ParameterNames {

  private static final Set<String> OF_REQUESTS = Set.of("client_id", "client_secret", "scope");

  private static final Set<String> OF_RESPONSES =
      Set.of(
          "access_token",
          "token_type",
          "expires_in",
          "refresh_token",
          "id_token",
          "scope",
          "error",
          "error_description");

  private ParameterNames() {}

  /**
   * Ours to theirs. Nothing may be said twice, and the parameters that protect the flow keep their
   * names.
   *
   * @param others that are sent along
   */
  static Map<String, String> ofRequest(Values values, Parameters others) {
    Map<String, String> names = values.map(Setting.PARAMETER_NAMES);
    boolean understood =
        OF_REQUESTS.containsAll(names.keySet())
            && areDistinct(names)
            && names.values().stream().allMatch(name -> isFree(name, others));
    if (!understood) {
      values.report(
          Mistake.MALFORMED,
          Setting.PARAMETER_NAMES,
          "only client_id, client_secret and scope, each with a name of its own");
    }
    return understood ? names : Map.of();
  }

  private static boolean isFree(String name, Parameters others) {
    return name.matches(RequestSettingsReader.PARAMETER_NAME)
        && !AuthorizationRequest.OWN.contains(name)
        && !RequestSettingsReader.OWN_OF_TOKEN_REQUEST.contains(name)
        && !others.contains(name);
  }

  private static boolean areDistinct(Map<String, String> names) {
    return new HashSet<>(names.values()).size() == names.size();
  }

  /** Theirs, which may be paths, to ours. */
  static Map<String, String> ofResponse(Values values) {
    Map<String, String> names = values.map(Setting.TOKEN_RESPONSE_MEMBERS);
    boolean understood = OF_RESPONSES.containsAll(names.values()) && areDistinct(names);
    if (!understood) {
      values.report(
          Mistake.MALFORMED,
          Setting.TOKEN_RESPONSE_MEMBERS,
          "theirs:ours, with each of the names of RFC 6749 section 5 once");
    }
    return understood ? names : Map.of();
  }
}
