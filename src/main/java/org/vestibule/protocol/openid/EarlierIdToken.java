package org.vestibule.protocol.openid;

import java.util.Optional;
import org.vestibule.protocol.Secret;

/**
 * What a session's ID token said that one which comes with refreshed tokens may not contradict
 * (OpenID Connect Core section 12.2). It was verified when it came.
 *
 * @param nonce empty if it had none, as after a refresh
 */
public record EarlierIdToken(String issuer, String subject, Optional<Secret> nonce) {}
