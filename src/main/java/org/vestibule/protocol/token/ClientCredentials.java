package org.vestibule.protocol.token;

import java.util.Optional;
import org.vestibule.protocol.Secret;

/**
 * Who the client is (RFC 6749 sections 2.2 and 2.3.1).
 *
 * @param clientSecret empty for a public client
 */
public record ClientCredentials(String clientId, Optional<Secret> clientSecret) {}
