package org.vestibule.provider;

import java.net.IDN;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which provider the users of an e-mail domain sign in at. Domains are compared as the DNS does:
 * without regard to case, and in the ASCII form of international names (RFC 5890). Immutable.
 */
public final class EmailDomains {

  private static final int LONGEST_ADDRESS = 254;
  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  /** RFC 1123 section 2.1, in lower case. */
  private static final String NAME = "(?=.{1,253}\\z)" + LABEL + "(\\." + LABEL + ")*";

  private static final String WITH_ALL_BELOW = "*.";

  private final Map<String, String> providers;

  private EmailDomains(Map<String, String> providers) {
    this.providers = Map.copyOf(providers);
  }

  /**
   * @param providers that have each domain once
   */
  public static EmailDomains of(List<ProviderSettings> providers) {
    Map<String, String> ids = new HashMap<>();
    for (ProviderSettings provider : providers) {
      provider.taken().emailDomains().forEach(domain -> ids.put(domain, provider.id()));
    }
    return new EmailDomains(ids);
  }

  /**
   * The provider for an address: the one of its own domain, else of the nearest above it that
   * stands for all below.
   *
   * @param address as a user types it
   * @return the provider's id; empty if there is none, or it is no address
   */
  public Optional<String> provider(String address) {
    return isAddress(address) ? domain(address).flatMap(this::find) : Optional.empty();
  }

  /** Whether somebody could have such an address. */
  public static boolean isAddress(String text) {
    return text.length() <= LONGEST_ADDRESS
        && text.strip().lastIndexOf('@') > 0
        && domain(text).isPresent();
  }

  private static Optional<String> domain(String address) {
    String text = address.strip();
    return inAscii(text.substring(text.lastIndexOf('@') + 1));
  }

  private Optional<String> find(String domain) {
    String id = providers.get(domain);
    int start = 0;
    while (id == null && start >= 0) {
      id = providers.get(WITH_ALL_BELOW + domain.substring(start));
      int dot = domain.indexOf('.', start);
      start = dot < 0 ? -1 : dot + 1;
    }
    return Optional.ofNullable(id);
  }

  static boolean isName(String text) {
    return text.matches(NAME);
  }

  /** Empty for what is no name of a domain. */
  static Optional<String> inAscii(String domain) {
    try {
      return Optional.of(IDN.toASCII(domain).toLowerCase(Locale.ROOT)).filter(EmailDomains::isName);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
