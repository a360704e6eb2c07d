package org.vestibule.protocol.openid;

import java.util.Set;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Violation;

/**
 * "The Issuer Identifier … MUST exactly match the value of the iss Claim" (OpenID Connect Core
 * section 3.1.3.7 rule 2), for whatever the provider signs. Where it speaks for many tenants the
 * token's own tenant has to be the one that it names as its issuer, and a key that is one tenant's
 * signs for no other.
 */
final class TokenIssuer {

  /** The tenant's identifier. */
  private static final String TENANT = "tid";

  private TokenIssuer() {}

  /**
   * @param otherwise the rule that is broken by another issuer
   * @param tenantTold whether the token has to tell its tenant beside its issuer
   * @return the issuer, even if the token has an alias of it
   * @throws LoginException {@code otherwise}; {@code TENANT_NOT_ALLOWED}
   */
  static String require(
      IssuerRule issuers, VerifiedJws jws, Violation otherwise, boolean tenantTold) {
    String named = jws.claims().string("iss").orElse("");
    if (issuers.template().isPresent()) {
      requireTenant(issuers, jws.claims(), named, otherwise, tenantTold);
      requireKey(issuers, jws.keyIssuers(), named, otherwise);
    }
    return issuers.require(named, otherwise);
  }

  private static void requireTenant(
      IssuerRule issuers, Claims claims, String named, Violation otherwise, boolean told) {
    String tenant = claims.string(TENANT).orElse("");
    if ((told || claims.has(TENANT)) && !issuers.isOf(named, tenant)) {
      throw new LoginException(
          otherwise, "iss is \"" + named + "\" but " + TENANT + " is \"" + tenant + "\"");
    }
  }

  /** Microsoft Entra ID says of each key whose it is. */
  private static void requireKey(
      IssuerRule issuers, Set<String> keyIssuers, String named, Violation otherwise) {
    boolean right =
        keyIssuers.isEmpty()
            || keyIssuers.contains(named)
            || keyIssuers.contains(issuers.published());
    if (!right) {
      throw new LoginException(otherwise, "the key is that of another issuer");
    }
  }
}
