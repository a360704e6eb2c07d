package org.vestibule.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vestibule.showcase.ShowcaseServer;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;

/** Somebody with a browser of their own, and a note of each address that it was led to. */
final class Visitor {

  static final String PROTECTED = "/account/";

  private final ShowcaseServer showcase;
  private final boolean keepsAnswers;
  private final RawBrowser browser = new RawBrowser();
  private final List<String> redirections = new ArrayList<>();

  private Visitor(ShowcaseServer showcase, boolean keepsAnswers) {
    this.showcase = showcase;
    this.keepsAnswers = keepsAnswers;
  }

  static Visitor at(ShowcaseServer showcase) {
    return new Visitor(showcase, false);
  }

  /** One whose browser does not deliver the provider's answer to the showcase. */
  static Visitor whoKeepsAnswers(ShowcaseServer showcase) {
    return new Visitor(showcase, true);
  }

  RawBrowser browser() {
    return browser;
  }

  /** Where the browser was led to, in order. */
  List<String> redirections() {
    return List.copyOf(redirections);
  }

  /**
   * The query of the latest redirection to that address.
   *
   * @param url without a query
   */
  FormData redirectionTo(String url) {
    String latest =
        redirections.stream()
            .filter(address -> address.startsWith(url + "?"))
            .reduce((earlier, later) -> later)
            .orElseThrow(() -> new AssertionError("never led to " + url));
    return FormData.parse(latest.substring(url.length() + 1).replaceFirst("(?s)#.*", ""));
  }

  /** Whether there was a redirection to that address, whatever its query. */
  boolean wasLedTo(String url) {
    return redirections.stream()
        .anyMatch(address -> address.replaceFirst("(?s)[?#].*", "").equals(url));
  }

  /** Where the showcase sends whoever opens a protected page; nowhere if that is shown. */
  String challenge() {
    RawResponse answer = browser.get(showcase.url(PROTECTED));
    return answer.isRedirect() ? answer.location() : "";
  }

  /** Types in the address of a page of the showcase. */
  RawResponse open(String path) {
    return follow(browser.get(showcase.url(path)));
  }

  /** Submits the first form of a page, and goes wherever that leads. */
  RawResponse submit(RawResponse page, String... namesAndValues) {
    return follow(browser.submit(page, namesAndValues));
  }

  /** Goes wherever this leads. */
  RawResponse follow(RawResponse response) {
    RawResponse last = response;
    for (int i = 0; last.isRedirect() && !isKept(last); i++) {
      assertThat(i).as("redirected without end: %s", last).isLessThan(20);
      redirections.add(last.location());
      last = browser.follow(last);
    }
    return last;
  }

  private boolean isKept(RawResponse response) {
    return keepsAnswers && response.location().startsWith(showcase.url("/oauth/callback"));
  }

  Map<String, Object> session() {
    return browser
        .request("GET", showcase.url("/oauth/session"))
        .from(showcase.url("/"))
        .asFetch()
        .send()
        .json();
  }

  boolean isSignedIn() {
    return Boolean.TRUE.equals(session().get("authenticated"));
  }

  RawResponse refresh() {
    return post("/showcase/refresh").asFetch().header("X-CSRF-Token", csrfToken()).send();
  }

  /** Signs out at the showcase, and goes wherever that leads. */
  RawResponse signOut() {
    return follow(post("/oauth/logout").form(FormData.of("csrf_token", csrfToken())).send());
  }

  private RawRequest post(String path) {
    return browser.request("POST", showcase.url(path)).from(showcase.url(PROTECTED));
  }

  private String csrfToken() {
    return session().get("csrf_token").toString();
  }
}
