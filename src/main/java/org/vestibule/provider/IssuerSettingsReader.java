package org.vestibule.provider;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.vestibule.protocol.IssuerRule;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** Reads whom a provider may name as its issuer. */
final class IssuerSettingsReader {

  private static final String GUID = "\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}";
  private static final String PRINTABLE = "[\\x21-\\x7E]+";

  private IssuerSettingsReader() {}

  /**
   * @param issuer empty if there is none
   */
  static IssuerRule read(Values values, String issuer) {
    Set<String> aliases = aliases(values, issuer);
    Optional<String> template = template(values);
    Set<String> tenants = tenants(values);
    boolean hasTemplate = values.isSet(Setting.ISSUER_TEMPLATE);
    boolean hasTenants = values.isSet(Setting.ALLOWED_TENANTS);
    if (hasTemplate && !hasTenants) {
      values.report(Mistake.TENANTS_NEEDED, Setting.ALLOWED_TENANTS, "");
    } else if (hasTenants && !hasTemplate) {
      values.report(Mistake.TEMPLATE_NEEDED, Setting.ISSUER_TEMPLATE, "");
    }
    if (hasTemplate && !aliases.isEmpty()) {
      values.report(Mistake.MALFORMED, Setting.ISSUER_ALIASES, "not with issuer-template");
    }
    if (issuer.isEmpty()) {
      return IssuerRule.NONE;
    }
    return template
        .map(text -> IssuerRule.ofTenants(issuer, text, tenants))
        .orElseGet(() -> IssuerRule.exactly(issuer, aliases));
  }

  private static Set<String> aliases(Values values, String issuer) {
    List<String> aliases = values.list(Setting.ISSUER_ALIASES);
    boolean understood = aliases.stream().allMatch(alias -> alias.matches(PRINTABLE));
    if (!understood || aliases.contains(issuer)) {
      values.report(Mistake.MALFORMED, Setting.ISSUER_ALIASES, "other names than issuer");
    }
    if (!aliases.isEmpty() && !values.isSet(Setting.ISSUER)) {
      values.report(Mistake.MISSING, Setting.ISSUER, "issuer-aliases is set");
    }
    return new HashSet<>(aliases);
  }

  private static Optional<String> template(Values values) {
    Optional<String> template = values.text(Setting.ISSUER_TEMPLATE);
    if (template.isPresent() && !values.isSet(Setting.ISSUER)) {
      values.report(Mistake.MISSING, Setting.ISSUER, "issuer-template is set");
    }
    Optional<String> usable = template.filter(IssuerSettingsReader::isTemplate);
    if (template.isPresent() && usable.isEmpty()) {
      values.report(Mistake.TEMPLATE_UNUSABLE, Setting.ISSUER_TEMPLATE, "");
    }
    return usable;
  }

  /** In the path alone: a host that tokens choose would be no provider's. */
  private static boolean isTemplate(String text) {
    int placeholder = text.indexOf(IssuerRule.PLACEHOLDER);
    int path = text.indexOf('/', text.indexOf("//") + 2);
    return path > 0
        && placeholder > path
        && placeholder == text.lastIndexOf(IssuerRule.PLACEHOLDER)
        && BackChannelUrl.parse(text.replace(IssuerRule.PLACEHOLDER, "t"))
            .filter(BackChannelUrl::isAcceptable)
            .filter(url -> url.getRawQuery() == null)
            .isPresent();
  }

  private static Set<String> tenants(Values values) {
    List<String> tenants = values.list(Setting.ALLOWED_TENANTS);
    boolean any = tenants.contains(IssuerRule.ANY);
    boolean understood =
        any ? tenants.size() == 1 : tenants.stream().allMatch(IssuerRule::isTenant);
    if (!understood) {
      values.report(Mistake.MALFORMED, Setting.ALLOWED_TENANTS, "tenants' identifiers, or * alone");
    } else if (any) {
      values.report(Mistake.ANY_TENANT, Setting.ALLOWED_TENANTS, "");
    }
    return tenants.stream().map(IssuerSettingsReader::canonical).collect(Collectors.toSet());
  }

  /** A GUID is written in lower case (RFC 9562 section 4); anything else is taken as it stands. */
  private static String canonical(String tenant) {
    return tenant.matches(GUID) ? tenant.toLowerCase(Locale.ROOT) : tenant;
  }
}
