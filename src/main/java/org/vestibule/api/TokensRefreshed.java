package org.vestibule.api;

/**
 * CDI event: the tokens of a signed-in user were refreshed (RFC 6749 section 6).
 *
 * @param provider id of the provider
 * @param name the caller's name
 */
public record TokensRefreshed(String provider, String name) {}
