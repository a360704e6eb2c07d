package org.vestibule.failover;

import org.vestibule.testing.Cookie;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/** Somebody with a browser and a name of their own, who knows the cluster as one server. */
final class User {

  private final Cluster cluster;
  private final String name;
  private final RawBrowser browser = new RawBrowser();

  User(Cluster cluster, String name) {
    this.cluster = cluster;
    this.name = name;
    String number = Integer.toString(name.hashCode() & Integer.MAX_VALUE);
    browser
        .cookies()
        .put(new Cookie(Balancer.STICKY, number, "localhost", "/", false, false, null, null, null));
  }

  String name() {
    return name;
  }

  RawBrowser browser() {
    return browser;
  }

  /** Opens a page without following wherever it leads. */
  RawResponse get(String path) {
    return browser.get(cluster.url(path));
  }

  /** Opens the page that needs a login, up to the form of the provider. */
  RawResponse challenge() {
    return browser.followAll(get("/page"));
  }

  /** Fills in the form of the provider; the answer that leads back to the application. */
  RawResponse consent(RawResponse form) {
    return browser.submit(form, "username", name, "password", "secret", "decision", "grant");
  }

  /** A whole login; the page at the end of it. */
  RawResponse signIn() {
    return browser.followAll(consent(challenge()));
  }
}
