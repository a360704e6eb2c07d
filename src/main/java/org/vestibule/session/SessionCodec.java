package org.vestibule.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vestibule.protocol.Authentication;
import org.vestibule.protocol.Identity;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Scope;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.SignedIn;
import org.vestibule.protocol.Tokens;

/**
 * {@link SignedIn} as bytes, for wherever the server stores its sessions: a version, whether what
 * follows is encrypted, and the members, compressed. A format of our own rather than Java's
 * serialization: small, readable by the next release, and nothing in it can make an object of
 * another class.
 *
 * <p>It is made when the server stores a session and when another node is told of a refresh, on no
 * other occasion. That the length tells how well the members compress is of use to nobody: only the
 * user and the provider choose what is in there, and who sees the length has the store.
 *
 * <p>Immutable and thread-safe.
 */
public final class SessionCodec {

  /** The first version knew nothing of {@link Authentication}. */
  private static final int FIRST_VERSION = 1;

  /** The last one with members as they are, and tokens as text. */
  private static final int LAST_UNCOMPRESSED_VERSION = 2;

  private static final byte VERSION = 3;
  private static final byte PLAIN = 0;
  private static final byte SEALED = 1;
  private static final int ABSENT = -1;
  private static final int LONGEST = 1 << 20;
  private static final int MOST_BYTES = 1 << 22;
  private static final int MOST_ELEMENTS = 10_000;
  private static final String CONTEXT = "session";

  private final Optional<Seal> seal;
  private final int largest;

  /**
   * @param seal encrypts; empty to store in the clear
   * @param largest the most bytes that are remembered of anybody
   */
  public SessionCodec(Optional<Seal> seal, int largest) {
    this.seal = seal;
    this.largest = Math.min(largest, LONGEST);
  }

  /** Any size that can be read again. */
  public SessionCodec(Optional<Seal> seal) {
    this(seal, LONGEST);
  }

  /**
   * Refuses what is too large to be remembered: many users with megabytes of groups would take the
   * memory of all, and what is larger than the format allows could not be read again.
   *
   * @throws LoginException {@code USER_TOO_LARGE}
   */
  public void requireRoom(SignedIn signedIn) {
    int size = members(signedIn).length;
    Identity identity = signedIn.identity();
    if (size > largest) {
      throw new LoginException(
          ProviderTrouble.USER_TOO_LARGE,
          "%d bytes, of them %d for claims and %d for %d roles"
              .formatted(
                  size,
                  identity.claims().length(),
                  identity.roles().stream().mapToInt(String::length).sum(),
                  identity.roles().size()));
    }
    if (identity.roles().size() > MOST_ELEMENTS) {
      throw new LoginException(ProviderTrouble.USER_TOO_LARGE, identity.roles().size() + " roles");
    }
  }

  /** The bytes, encrypted if there is a key. */
  public byte[] encode(SignedIn signedIn) {
    byte[] members = Deflated.pack(members(signedIn));
    byte[] rest = seal.map(present -> present.seal(members, CONTEXT)).orElse(members);
    return ByteBuffer.allocate(2 + rest.length).put(VERSION).put(mark()).put(rest).array();
  }

  /** Whether what follows is encrypted. */
  private byte mark() {
    return seal.isPresent() ? SEALED : PLAIN;
  }

  /**
   * Empty if the bytes are of another version, damaged, encrypted with another key, or not
   * encrypted although they have to be: the user signs in again.
   */
  public Optional<SignedIn> decode(byte[] stored) {
    ByteArrayInputStream in = new ByteArrayInputStream(stored);
    int version = in.read();
    if (version < FIRST_VERSION || version > VERSION || in.read() != mark()) {
      return Optional.empty();
    }
    byte[] rest = in.readAllBytes();
    Optional<byte[]> members =
        seal.isPresent() ? seal.get().open(rest, CONTEXT) : Optional.of(rest);
    try {
      return members.isPresent()
          ? Optional.of(signedIn(version, unpacked(version, members.get())))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] unpacked(int version, byte[] members) throws IOException {
    return version > LAST_UNCOMPRESSED_VERSION ? Deflated.unpack(members, MOST_BYTES) : members;
  }

  private static byte[] members(SignedIn signedIn) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try {
      write(new DataOutputStream(bytes), signedIn);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, SignedIn signedIn) throws IOException {
    Identity identity = signedIn.identity();
    write(out, identity.provider());
    write(out, identity.issuer());
    write(out, identity.subject());
    write(out, identity.name());
    write(out, identity.roles());
    write(out, identity.claims());
    Tokens tokens = signedIn.tokens();
    write(out, tokens.accessToken());
    out.writeLong(tokens.expiresAt() == null ? ABSENT : tokens.expiresAt().getEpochSecond());
    write(out, tokens.refreshToken());
    write(out, tokens.idToken());
    write(out, tokens.scope().tokens());
    out.writeLong(signedIn.since().toEpochMilli());
    write(out, signedIn.csrfToken().value());
    write(out, signedIn.authentication());
  }

  private static SignedIn signedIn(int version, byte[] members) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(members));
    Identity identity =
        new Identity(
            readText(in), readText(in), readText(in), readText(in), readSet(in), readText(in));
    Secret accessToken = required(readToken(version, in));
    long expiresAt = in.readLong();
    Tokens tokens =
        new Tokens(
            accessToken,
            expiresAt == ABSENT ? null : Instant.ofEpochSecond(expiresAt),
            readToken(version, in),
            readToken(version, in),
            new Scope(readSet(in)));
    Instant since = Instant.ofEpochMilli(in.readLong());
    Secret csrfToken = Secret.of(readText(in));
    Authentication authentication = version == FIRST_VERSION ? null : readAuthentication(in);
    return new SignedIn(identity, authentication, tokens, since, csrfToken);
  }

  private static void write(DataOutputStream out, @Nullable Authentication authentication)
      throws IOException {
    out.writeBoolean(authentication != null);
    if (authentication != null) {
      write(out, authentication.sessionId());
      write(out, authentication.contextClass());
      Instant time = authentication.time();
      out.writeLong(time == null ? ABSENT : time.getEpochSecond());
    }
  }

  private static @Nullable Authentication readAuthentication(DataInputStream in)
      throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    String sessionId = read(in);
    String contextClass = read(in);
    long time = in.readLong();
    return new Authentication(
        sessionId, contextClass, time == ABSENT ? null : Instant.ofEpochSecond(time));
  }

  /** How many parts it has, and these; none and the text for what has no parts. */
  private static void write(DataOutputStream out, @Nullable Secret token) throws IOException {
    if (token == null) {
      out.writeByte(ABSENT);
      return;
    }
    List<byte[]> parts = CompactToken.split(token.value()).orElse(List.of());
    out.writeByte(parts.size());
    if (parts.isEmpty()) {
      write(out, token.value());
    }
    for (byte[] part : parts) {
      write(out, part);
    }
  }

  private static @Nullable Secret readToken(int version, DataInputStream in) throws IOException {
    int size = version > LAST_UNCOMPRESSED_VERSION ? in.readByte() : 0;
    if (size == ABSENT) {
      return null;
    }
    if (size <= 0) {
      String text = read(in);
      return text == null ? null : Secret.of(text);
    }
    List<byte[]> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      parts.add(required(readBytes(in)));
    }
    return Secret.of(CompactToken.join(parts));
  }

  private static void write(DataOutputStream out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(ABSENT);
      return;
    }
    write(out, text.getBytes(UTF_8));
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void write(DataOutputStream out, Set<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      write(out, text);
    }
  }

  private static @Nullable String read(DataInputStream in) throws IOException {
    byte[] bytes = readBytes(in);
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length == ABSENT) {
      return null;
    }
    if (length < 0 || length > LONGEST) {
      throw new IOException("damaged");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  private static String readText(DataInputStream in) throws IOException {
    return required(read(in));
  }

  private static <T> T required(@Nullable T read) throws IOException {
    if (read == null) {
      throw new IOException("damaged");
    }
    return read;
  }

  private static Set<String> readSet(DataInputStream in) throws IOException {
    int size = in.readInt();
    if (size < 0 || size > MOST_ELEMENTS) {
      throw new IOException("damaged");
    }
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < size; i++) {
      texts.add(readText(in));
    }
    return texts;
  }
}
