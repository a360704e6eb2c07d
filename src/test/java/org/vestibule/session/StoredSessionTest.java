package org.vestibule.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vestibule.session.SessionCodecTest.FULL;
import static org.vestibule.session.SessionCodecTest.assertSame;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.Secret;

class StoredSessionTest {

  private static final SessionCodec PLAIN = new SessionCodec(Optional.empty());
  private static final SessionCodec SEALED = sealed("7Fjfp0ZBr1KtDRbnfVdmIw");

  private static SessionCodec sealed(String key) {
    return new SessionCodec(
        Optional.of(Seal.of(new SecureRandom(), "session", List.of(Secret.of(key)))));
  }

  private static byte[] serialized(StoredSession session) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(session);
    }
    return bytes.toByteArray();
  }

  private static StoredSession deserialized(byte[] bytes)
      throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (StoredSession) in.readObject();
    }
  }

  @Test
  void in_memory_it_is_the_value_itself() {
    assertThat(StoredSession.of(FULL, SEALED).open(PLAIN)).containsSame(FULL);
  }

  @Test
  void it_travels_in_the_clear_without_a_key() throws IOException, ClassNotFoundException {
    StoredSession arrived = deserialized(serialized(StoredSession.of(FULL, PLAIN)));

    assertSame(arrived.open(PLAIN), FULL);
    assertThat(arrived.open(PLAIN).orElseThrow()).isSameAs(arrived.open(PLAIN).orElseThrow());
  }

  @Test
  void it_travels_encrypted_with_one() throws IOException, ClassNotFoundException {
    byte[] bytes = serialized(StoredSession.of(FULL, SEALED));

    assertThat(new String(bytes, ISO_8859_1)).doesNotContain("SlAV32hkKG", "8xLOxBtZp8", "corp");
    assertSame(deserialized(bytes).open(SEALED), FULL);
    assertThat(deserialized(bytes).open(sealed("another key"))).isEmpty();
    assertThat(deserialized(bytes).open(PLAIN)).isEmpty();
  }

  /** A node that only passes sessions on does not have to open them. */
  @Test
  void it_travels_on_unopened_and_opened() throws IOException, ClassNotFoundException {
    byte[] bytes = serialized(StoredSession.of(FULL, SEALED));
    StoredSession unopened = deserialized(bytes);
    StoredSession opened = deserialized(bytes);
    assertThat(opened.open(SEALED)).isPresent();

    assertThat(serialized(unopened)).isEqualTo(bytes);
    assertSame(deserialized(serialized(unopened)).open(SEALED), FULL);
    assertSame(deserialized(serialized(opened)).open(SEALED), FULL);
  }

  @Test
  void with_the_wrong_key_it_can_still_be_opened_with_the_right_one()
      throws IOException, ClassNotFoundException {
    StoredSession arrived = deserialized(serialized(StoredSession.of(FULL, SEALED)));

    assertThat(arrived.open(sealed("another key"))).isEmpty();
    assertSame(arrived.open(SEALED), FULL);
  }

  /** Every class in the stream is one of ours or the platform's own. */
  @Test
  void the_stream_names_no_class_but_its_own() throws IOException {
    String stream = new String(serialized(StoredSession.of(FULL, PLAIN)), ISO_8859_1);

    assertThat(stream).containsOnlyOnce("org.vestibule.").contains(StoredSession.class.getName());
  }

  @Test
  void a_length_that_cannot_be_is_refused_before_anything_is_reserved() throws IOException {
    byte[] bytes = serialized(StoredSession.of(FULL, PLAIN));
    int length = indexOf(bytes, PLAIN.encode(FULL)) - Integer.BYTES;
    bytes[length] = 0x7f;

    assertThatThrownBy(() -> deserialized(bytes)).isInstanceOf(InvalidObjectException.class);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    return new String(bytes, ISO_8859_1).indexOf(new String(part, ISO_8859_1));
  }

  @Test
  void nothing_of_it_is_printed() {
    assertThat(StoredSession.of(FULL, PLAIN)).hasToString("StoredSession");
  }
}
