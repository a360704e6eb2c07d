package org.vestibule.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of one server: one signs, all are published. Safe for use by several threads. */
final class Keys {

  private final JwsAlgorithm algorithm;
  private final List<SigningKey> published = new ArrayList<>();
  private final List<SigningKey> retired = new ArrayList<>();

  Keys(JwsAlgorithm algorithm) {
    this.algorithm = algorithm;
    published.add(SigningKey.create(algorithm));
  }

  synchronized SigningKey current() {
    return published.get(published.size() - 1);
  }

  synchronized SigningKey rotate() {
    published.add(SigningKey.create(algorithm));
    return current();
  }

  /** Stops publishing all but the current key. */
  synchronized void retireOld() {
    List<SigningKey> old = published.subList(0, published.size() - 1);
    retired.addAll(old);
    old.clear();
  }

  /** The JWK set, newest key first; mutable. */
  synchronized Map<String, Object> jwks() {
    List<Object> keys = new ArrayList<>();
    for (SigningKey key : published) {
      keys.add(0, new LinkedHashMap<>(key.publicJwk()));
    }
    Map<String, Object> jwks = new LinkedHashMap<>();
    jwks.put("keys", keys);
    return jwks;
  }

  synchronized void close() {
    published.forEach(key -> RsaKeyPool.giveBack(key.keys()));
    retired.forEach(key -> RsaKeyPool.giveBack(key.keys()));
    published.clear();
    retired.clear();
  }
}
