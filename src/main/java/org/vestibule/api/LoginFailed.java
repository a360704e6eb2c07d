package org.vestibule.api;

/**
 * CDI event: a login did not succeed, or was refused.
 *
 * @param provider id of the provider, empty when the answer could not be attributed to one
 * @param code the numbered message of the manual, {@code VESTnnnn}
 * @param correlationId what the failure page shows and the log repeats
 */
public record LoginFailed(String provider, String code, String correlationId) {}
