package org.vestibule.protocol;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whom a provider's tokens and answers may name as their issuer: one issuer, under its own name or
 * an exact alias; or, of a provider with many tenants, whose metadata have a template in place of
 * an issuer, those tenants of it that are allowed. Everything is compared to the letter. Immutable.
 *
 * <p>Who somebody is, is told by issuer and subject together, so each tenant keeps an issuer of its
 * own, while an alias is another name of the same one.
 *
 * @param issuer as it is set; empty for a provider that has none
 * @param template with one {@value #PLACEHOLDER}; empty for a provider that has one issuer
 * @param named what is accepted: the issuer and its aliases, or those of the allowed tenants
 * @param anyTenant whether every tenant of the template is allowed
 */
public record IssuerRule(
    String issuer, Optional<String> template, Set<String> named, boolean anyTenant) {

  /** What stands for the tenant in a template. */
  public static final String PLACEHOLDER = "{tenantid}";

  /** The word that allows every tenant. */
  public static final String ANY = "*";

  /** Of a provider that is known by its endpoints alone. */
  public static final IssuerRule NONE = new IssuerRule("", Optional.empty(), Set.of(), false);

  private static final int LONGEST_TENANT = 128;

  public IssuerRule {
    named = Set.copyOf(named);
  }

  /** One issuer, which may go by other names. */
  public static IssuerRule exactly(String issuer, Set<String> aliases) {
    Set<String> named = new HashSet<>(aliases);
    named.add(issuer);
    named.remove("");
    return new IssuerRule(issuer, Optional.empty(), named, false);
  }

  /**
   * Tenants of one provider.
   *
   * @param issuer where the metadata are found, which is nobody's own
   * @param tenants identifiers, or {@value #ANY}
   */
  public static IssuerRule ofTenants(String issuer, String template, Set<String> tenants) {
    Set<String> named = new HashSet<>();
    for (String tenant : tenants) {
      if (isTenant(tenant)) {
        named.add(template.replace(PLACEHOLDER, tenant));
      }
    }
    return new IssuerRule(issuer, Optional.of(template), named, tenants.contains(ANY));
  }

  /** Whether a text can be a tenant's identifier: a GUID, or a name without a slash. */
  public static boolean isTenant(String text) {
    return isTenant(text, 0, text.length());
  }

  /** What the provider's metadata have to say for {@code issuer}. */
  public String published() {
    return template.orElse(issuer);
  }

  /** Whether a token or an answer may name this issuer. */
  public boolean accepts(String name) {
    return named.contains(name) || (anyTenant && isOfSomeTenant(name));
  }

  /**
   * Whether somebody who signed in at this issuer is still known; asked on every request. An alias
   * is nobody's issuer.
   */
  public boolean knows(String identityIssuer) {
    return template.isPresent() ? accepts(identityIssuer) : issuer.equals(identityIssuer);
  }

  /** Whether it is the template with this tenant. */
  public boolean isOf(String name, String tenant) {
    return isTenant(tenant)
        && template.filter(text -> text.replace(PLACEHOLDER, tenant).equals(name)).isPresent();
  }

  /** Who it is that is named by what is {@linkplain #accepts accepted}. */
  public String identity(String name) {
    return template.isPresent() ? name : issuer;
  }

  /**
   * Who it is that is named.
   *
   * @param otherwise the rule that a stranger's name breaks
   * @return the issuer, even if an alias of it was named
   * @throws LoginException {@code otherwise}; {@code TENANT_NOT_ALLOWED}
   */
  public String require(String name, Violation otherwise) {
    if (accepts(name)) {
      return identity(name);
    }
    if (isOfSomeTenant(name)) {
      throw new LoginException(Violation.TENANT_NOT_ALLOWED, "it is " + name);
    }
    throw LoginException.differs(otherwise, published(), name);
  }

  private boolean isOfSomeTenant(String name) {
    if (template.isEmpty()) {
      return false;
    }
    String text = template.get();
    int before = text.indexOf(PLACEHOLDER);
    int after = text.length() - before - PLACEHOLDER.length();
    int end = name.length() - after;
    return name.regionMatches(0, text, 0, before)
        && name.regionMatches(end, text, text.length() - after, after)
        && isTenant(name, before, end);
  }

  private static boolean isTenant(String text, int from, int to) {
    if (to <= from || to - from > LONGEST_TENANT) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!isOfTenant(text.charAt(i), i == from || i == to - 1)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfTenant(char c, boolean outermost) {
    boolean alphanumeric =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return alphanumeric || (!outermost && (c == '-' || c == '.' || c == '_'));
  }
}
