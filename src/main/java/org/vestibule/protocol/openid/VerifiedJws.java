package org.vestibule.protocol.openid;

import org.vestibule.protocol.Claims;

/**
 * What a signature was verified for.
 *
 * @param algorithm of the header, such as {@code RS256}; one that is allowed
 * @param type {@code typ} of the header; empty if there is none
 */
public record VerifiedJws(String algorithm, String type, Claims claims) {}
