package org.vestibule.testing;

import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * RSA key pairs that closed servers give back and new ones take over: making one costs more than
 * everything else a server does at its start. Two live servers never hold the same one, so a test
 * may rely on one server's signature being wrong at another.
 */
final class RsaKeyPool {

  private static final Queue<KeyPair> FREE = new ConcurrentLinkedQueue<>();

  private RsaKeyPool() {}

  static KeyPair take() {
    KeyPair free = FREE.poll();
    return free != null
        ? free
        : JwsAlgorithm.generate("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
  }

  /** Takes the pair back, if it is an RSA one. */
  static void giveBack(KeyPair keys) {
    if (keys.getPublic() instanceof RSAPublicKey) {
      FREE.add(keys);
    }
  }
}
