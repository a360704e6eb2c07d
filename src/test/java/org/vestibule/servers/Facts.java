package org.vestibule.servers;

/**
 * What a server was seen to do. These are words for people, compared as a whole: a newer version
 * that does something else is noticed.
 *
 * @param authentication how the client authenticated
 * @param pkce what the server says of PKCE, and whether it looks at the verifier (RFC 7636)
 * @param iss what the server says of the parameter {@code iss}, and whether it sends it (RFC 9207)
 * @param identity where claims came from
 * @param refresh what a refresh brought
 * @param logout what happened when alice signed out, and what became of her refresh token
 */
record Facts(
    String authentication,
    String pkce,
    String iss,
    String identity,
    String refresh,
    String logout) {}
