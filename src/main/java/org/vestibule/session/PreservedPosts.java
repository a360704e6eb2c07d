package org.vestibule.session;

import java.util.Base64;
import java.util.Optional;

/**
 * Preserved forms as text for a hidden field of a page: sealed for the browser that has the page,
 * so that nothing of them stays on the server. Thread-safe.
 */
public final class PreservedPosts {

  private static final int BYTES_BEFORE = 3;
  private static final int CHARACTERS_AFTER = 4;

  /** What sealing, the members beside the body and its end need at most, in characters. */
  private static final int OVERHEAD = 8_192;

  private final Seal seal;
  private final String context;
  private final SpentStates spent;

  /**
   * @param context what tells this application from others that have the same key, such as its
   *     context path
   * @param spent what was used up already
   */
  public PreservedPosts(Seal seal, String context, SpentStates spent) {
    this.seal = seal;
    this.context = context;
    this.spent = spent;
  }

  /** The longest text there can be of a body of so many bytes, in characters. */
  public static int longest(int bodyBytes) {
    return bodyBytes / BYTES_BEFORE * CHARACTERS_AFTER + OVERHEAD;
  }

  /**
   * Text of the base64url alphabet.
   *
   * @param browser what only this browser knows
   */
  public String seal(PreservedPost post, String browser) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(seal.seal(post.encode(), aad(browser)));
  }

  /** The opposite; empty if it is not ours, is damaged, or was sealed for another browser. */
  public Optional<PreservedPost> open(String sealed, String browser) {
    try {
      return seal.open(Base64.getUrlDecoder().decode(sealed), aad(browser))
          .map(PreservedPost::decode);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Uses a form up; false if it was before. */
  public boolean take(PreservedPost post) {
    return spent.spend(post.id());
  }

  private String aad(String browser) {
    return context + "\n" + browser;
  }
}
