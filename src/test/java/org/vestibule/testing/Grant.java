package org.vestibule.testing;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a user has allowed a client to do, and what the client's authorization request said.
 *
 * @param id links everything that was issued for it, so that all of it can be ended together
 */
record Grant(
    String id,
    String clientId,
    String redirectUri,
    Set<String> scope,
    @Nullable String nonce,
    @Nullable String codeChallenge,
    User user,
    Instant authTime) {}
