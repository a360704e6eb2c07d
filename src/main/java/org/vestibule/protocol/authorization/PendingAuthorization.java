package org.vestibule.protocol.authorization;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.vestibule.protocol.AuthenticationRequirement;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;

/**
 * Step B: what must be remembered of a user who is away at the provider. It belongs to one attempt
 * and one browser, and is used up by the first answer. Immutable.
 *
 * @param provider id of the provider that the user was sent to
 * @param registration which client at which server that was, lest another one that has the same id
 *     by now is taken for it
 * @param issuer the issuer that must answer; empty for a plain OAuth 2.0 provider
 * @param issuerPromised whether the provider announced to identify itself (RFC 9207 section 3)
 * @param redirectUri as sent; the token request repeats it (RFC 6749 section 4.1.3)
 * @param requested the scope asked for, which is granted where the token response is silent
 * @param returnTo path, query and fragment within this application, beginning with one slash
 * @param begunAt to the second
 * @param requirement how the user has to be authenticated, beside what the settings ask of everyone
 * @param silent whether the provider was told to show nothing, and its no is not the last word
 */
public record PendingAuthorization(
    String provider,
    String registration,
    Optional<String> issuer,
    boolean issuerPromised,
    Secret state,
    Optional<Secret> nonce,
    Optional<CodeVerifier> verifier,
    URI redirectUri,
    Scope requested,
    String returnTo,
    Instant begunAt,
    AuthenticationRequirement requirement,
    boolean silent) {

  /** As text, for a sealed cookie. */
  public String encode() {
    Parameters text =
        Parameters.empty()
            .with("p", provider)
            .with("g", registration)
            .with("i", issuer)
            .with("a", issuerPromised ? "1" : "0")
            .with("s", state.value())
            .with("n", nonce.map(Secret::value))
            .with("v", verifier.map(present -> present.value().value()))
            .with("u", redirectUri.toString())
            .with("o", requested.join(" "))
            .with("r", returnTo)
            .with("t", Long.toString(begunAt.getEpochSecond()))
            .with(
                "c",
                Optional.of(String.join(" ", requirement.acrValues()))
                    .filter(values -> !values.isEmpty()))
            .with("m", requirement.maxAge().map(age -> Long.toString(age.toSeconds())))
            .with("q", silent ? Optional.of("1") : Optional.empty());
    return text.encode();
  }

  /**
   * The opposite of {@link #encode()}.
   *
   * @throws IllegalArgumentException the text was written by another version
   */
  public static PendingAuthorization decode(String text) {
    Parameters members = Parameters.parse(text);
    return new PendingAuthorization(
        required(members, "p"),
        members.get("g").orElse(""),
        members.get("i"),
        required(members, "a").equals("1"),
        Secret.of(required(members, "s")),
        members.get("n").map(Secret::of),
        members.get("v").map(Secret::of).map(CodeVerifier::new),
        URI.create(required(members, "u")),
        Scope.parse(members.get("o").orElse("")),
        required(members, "r"),
        Instant.ofEpochSecond(Long.parseLong(required(members, "t"))),
        requirement(members),
        members.contains("q"));
  }

  private static AuthenticationRequirement requirement(Parameters members) {
    return new AuthenticationRequirement(
        members.get("c").map(text -> List.of(text.split(" "))).orElse(List.of()),
        members.get("m").map(Long::parseLong).map(Duration::ofSeconds));
  }

  private static String required(Parameters members, String name) {
    return members.get(name).orElseThrow(() -> new IllegalArgumentException("no member " + name));
  }
}
