package org.vestibule.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** Files as {@code openssl rand -base64 32} makes them, gone when the tests are over. */
final class KeyFiles {

  private KeyFiles() {}

  static Path newKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    try {
      Path file = Files.createTempFile("key", ".b64");
      file.toFile().deleteOnExit();
      return Files.writeString(file, Base64.getEncoder().encodeToString(key) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
