package org.vestibule.servers;

import java.util.Map;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawResponse;

/** An authorization server that runs, with the showcase as its client and alice as its user. */
interface RealServer extends AutoCloseable {

  String CLIENT_ID = "s6BhdRkqt3";
  String CLIENT_SECRET = "gX1fBat3bV";
  String USER = "alice";

  /** Its version, as it or its package says. */
  String version();

  /** Its issuer identifier. */
  String issuer();

  /** What is set for it, without the prefix {@code oauth.}. */
  default Map<String, String> settings() {
    return Map.of("issuer", issuer(), "client-id", CLIENT_ID, "client-secret", CLIENT_SECRET);
  }

  /**
   * Does what alice does at its pages.
   *
   * @param page the page to which the authorization request led
   * @return where the visitor ends up
   */
  RawResponse signIn(Visitor visitor, RawResponse page);

  /**
   * Confirms at its pages that alice wants to be signed out there, if it asks.
   *
   * @param page to which signing out at the showcase led
   * @return where the visitor ends up
   */
  default RawResponse signOut(Visitor visitor, RawResponse page) {
    return page;
  }

  /** The URL of its metadata. */
  default String metadataUrl() {
    return issuer() + "/.well-known/openid-configuration";
  }

  /** Its metadata. */
  default Map<String, Object> metadata() {
    return new RawBrowser().get(metadataUrl()).json();
  }

  @Override
  void close();
}
