package org.vestibule.testing;

/** What certificate a server presents. */
public enum Certificate {
  /** Issued by the authority in {@link TestCertificates#trustStore()}, for the loopback names. */
  TRUSTED,
  /** Issued by that authority, for another name. */
  WRONG_NAME,
  /** Issued by that authority, for the loopback names, a day too old. */
  EXPIRED,
  /** Issued by itself, for the loopback names. */
  SELF_SIGNED
}
