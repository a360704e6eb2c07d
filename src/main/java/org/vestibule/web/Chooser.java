package org.vestibule.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vestibule.api.PageAttributes;
import org.vestibule.protocol.Parameters;
import org.vestibule.provider.ApplicationSettings;
import org.vestibule.provider.ApplicationSettings.ChooseBy;
import org.vestibule.provider.BackChannelUrl;
import org.vestibule.provider.EmailDomains;
import org.vestibule.provider.Provider;
import org.vestibule.provider.ProviderSettings;
import org.vestibule.provider.Setting;

/**
 * The pages on which a user says where they sign in: links to {@link LoginServlet}, in the order of
 * the setting {@code providers}, or a form for the e-mail address, whose domain decides. Immutable.
 */
final class Chooser {

  /** The field of the form. */
  static final String EMAIL = "email";

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;

  private final ChooseBy by;
  private final List<ProviderSettings> providers;
  private final Optional<String> otherwise;
  private final EmailDomains domains;
  private final Set<String> forwarded;
  private final String loginUrl;
  private final Pages pages;

  /**
   * @param defaultProvider who signs in users whose domain is not known, if it was chosen for that
   */
  Chooser(
      ApplicationSettings.Choosing choosing,
      String defaultProvider,
      Collection<Provider> providers,
      String loginUrl,
      Pages pages) {
    this.by = providers.size() > 1 ? choosing.by() : ChooseBy.DEFAULT;
    this.providers = providers.stream().map(Provider::settings).toList();
    this.otherwise = choosing.defaultChosen() ? Optional.of(defaultProvider) : Optional.empty();
    this.domains = EmailDomains.of(this.providers);
    this.forwarded =
        this.providers.stream()
            .flatMap(provider -> provider.request().forwardParameters().stream())
            .collect(Collectors.toUnmodifiableSet());
    this.loginUrl = loginUrl;
    this.pages = pages;
  }

  /** Whether somebody who has not named a provider is asked something. */
  boolean isAsking() {
    return by == ChooseBy.PAGE || isAskingForEmail();
  }

  boolean isAskingForEmail() {
    return by == ChooseBy.EMAIL_DOMAIN;
  }

  /**
   * Where the page is.
   *
   * @param wanted which login it is to be
   * @param returnTo within this application
   */
  String url(WantedLogin wanted, String returnTo) {
    return wanted.url(loginUrl + "?return=" + Parameters.encode(returnTo));
  }

  /** The provider for the users of an e-mail address. */
  Optional<String> provider(String email) {
    return domains.provider(email).or(() -> otherwise.filter(id -> EmailDomains.isAddress(email)));
  }

  /** Answers with the page. */
  void write(
      HttpServletRequest request, HttpServletResponse response, WantedLogin wanted, String returnTo)
      throws IOException {
    Page page =
        isAskingForEmail()
            ? emailPage("email", request, wanted, returnTo)
            : choices(request, wanted, returnTo);
    pages.write(Setting.CHOOSER_PAGE, page, request, response, OK);
  }

  /** Asks for another e-mail address, since nobody signs in the users of the one that was given. */
  void writeUnknown(
      HttpServletRequest request, HttpServletResponse response, WantedLogin wanted, String returnTo)
      throws IOException {
    Page page = emailPage("emailunknown", request, wanted, returnTo);
    pages.write(Setting.CHOOSER_PAGE, page, request, response, BAD_REQUEST);
  }

  private Page choices(HttpServletRequest request, WantedLogin wanted, String returnTo) {
    List<Page.Choice> choices =
        providers.stream()
            .map(
                provider ->
                    new Page.Choice(
                        url(request, wanted.at(provider.id()), returnTo),
                        provider.displayName(),
                        provider.taken().logo()))
            .toList();
    List<Map<String, String>> attribute =
        Stream.iterate(0, i -> i < choices.size(), i -> i + 1)
            .map(i -> attribute(providers.get(i).id(), choices.get(i)))
            .toList();
    return Page.of("chooser", request)
        .withChoices(choices)
        .withAttribute(PageAttributes.PROVIDERS, attribute);
  }

  private static Map<String, String> attribute(String id, Page.Choice choice) {
    return Map.of(
        "id", id,
        "name", choice.name(),
        "login_url", choice.location(),
        "logo", choice.picture().orElse(""));
  }

  private Page emailPage(
      String key, HttpServletRequest request, WantedLogin wanted, String returnTo) {
    String location = url(request, wanted, returnTo);
    return Page.of(key, request)
        .withEmailForm(location, EMAIL)
        .withFormTargets(formTargets())
        .withAttribute(PageAttributes.LOGIN_URL, location);
  }

  /** Browsers want to be told where a form's answer may redirect to: the providers are on https. */
  private String formTargets() {
    Stream<String> onThisMachine =
        providers.stream()
            .map(ProviderSettings::endpoints)
            .flatMap(
                endpoints ->
                    endpoints
                        .authorization()
                        .or(() -> endpoints.issuer().map(URI::create))
                        .stream())
            .filter(url -> BackChannelUrl.isLoopback(url.getHost()))
            .map(PublicAddress::origin);
    return Stream.concat(Stream.of("https:"), onThisMachine)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private String url(HttpServletRequest request, WantedLogin wanted, String returnTo) {
    Parameters more = ForwardedParameters.of(forwarded, request, "");
    String url = url(wanted, returnTo);
    return more.isEmpty() ? url : url + "&" + more.encode();
  }
}
