package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.RawResponse;

/** What must be true of an answer, in words that many tests share. */
final class Verdicts {

  private static final Set<Integer> REFUSALS = Set.of(400, 403);

  private Verdicts() {}

  /** A login begins: the browser is sent to the provider and sees nothing of what it asked for. */
  static void assertSentToProvider(RawResponse answer, AuthorizationServer provider) {
    assertThat(answer.status()).as(answer.toString()).isIn(302, 303);
    assertThat(answer.location()).startsWith(provider.url(Endpoint.AUTHORIZATION) + "?");
    assertThat(answer.body()).isEmpty();
    assertProtected(answer);
  }

  /** A callback is refused: a neutral page with protective headers, and nobody is signed in. */
  static void assertRefused(RawResponse answer, Visitor visitor) {
    assertThat(REFUSALS).as(answer.toString()).contains(answer.status());
    assertNeutralPage(answer);
    assertThat(visitor.isSignedIn()).as("somebody is signed in").isFalse();
  }

  /** A page of the library: for people, without a script, without anything from elsewhere. */
  static void assertNeutralPage(RawResponse answer) {
    assertProtected(answer);
    assertThat(answer.header("Content-Type")).matches("(?i)text/html; ?charset=UTF-8");
    assertThat(answer.body())
        .contains("<h1>")
        .doesNotContain("<script", "http://", "https://", "Exception", ProtectedServlet.CANARY);
  }

  /** Not stored, not framed, not guessed at, nothing of its address told to others. */
  static void assertProtected(RawResponse answer) {
    assertThat(answer.headers("Cache-Control"))
        .as(answer.toString())
        .singleElement()
        .asString()
        .startsWith("no-store");
    assertThat(answer.headers("Referrer-Policy")).containsExactly("no-referrer");
    assertThat(answer.headers("X-Content-Type-Options")).containsExactly("nosniff");
    assertThat(answer.headers("Content-Security-Policy"))
        .singleElement()
        .asString()
        .contains("default-src 'none'", "frame-ancestors 'none'");
    assertThat(answer.headers("Access-Control-Allow-Origin")).isEmpty();
  }
}
