package org.vestibule.protocol.openid;

import java.util.Set;
import org.vestibule.protocol.Claims;

/**
 * What a signature was verified for.
 *
 * @param algorithm of the header, such as {@code RS256}; one that is allowed
 * @param type {@code typ} of the header; empty if there is none
 * @param keyIssuers whom the keys that the signature was made with are said to belong to, each by
 *     its member {@code issuer}; empty if one of them does not say
 */
public record VerifiedJws(String algorithm, String type, Claims claims, Set<String> keyIssuers) {

  public VerifiedJws {
    keyIssuers = Set.copyOf(keyIssuers);
  }
}
