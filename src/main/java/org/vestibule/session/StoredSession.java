package org.vestibule.session;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.SignedIn;

/**
 * {@link SignedIn} as the value of a session attribute. In memory it is the value itself; wherever
 * the server stores or sends it, it is the bytes of {@link SessionCodec}, encrypted if there is a
 * key. Bytes that came from elsewhere are opened when they are first asked for.
 *
 * <p>Immutable as seen from outside, and thread-safe. A change is a new instance, set anew: a value
 * that is merely mutated is not replicated by every server.
 */
public final class StoredSession implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final byte[] NOTHING = {};

  private transient @Nullable SessionCodec codec;
  private transient volatile @Nullable SignedIn value;
  private transient byte[] stored = NOTHING;

  private StoredSession(SignedIn value, SessionCodec codec) {
    this.value = value;
    this.codec = codec;
  }

  public static StoredSession of(SignedIn value, SessionCodec codec) {
    return new StoredSession(value, codec);
  }

  /** What is stored; empty if the bytes cannot be read any more, which is as if nobody had come. */
  public Optional<SignedIn> open(SessionCodec current) {
    SignedIn open = value;
    if (open != null) {
      return Optional.of(open);
    }
    Optional<SignedIn> decoded = current.decode(stored);
    if (decoded.isPresent()) {
      codec = current;
      value = decoded.get();
    }
    return decoded;
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    SignedIn open = value;
    SessionCodec current = codec;
    byte[] bytes = open == null || current == null ? stored : current.encode(open);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    int length = in.readInt();
    if (length < 0 || length > 1 << 22) {
      throw new InvalidObjectException("damaged");
    }
    stored = new byte[length];
    in.readFully(stored);
  }

  @Override
  public String toString() {
    return "StoredSession";
  }
}
