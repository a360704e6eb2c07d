package org.vestibule.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * A form that somebody sent who was not signed in, so that it can be sent again afterwards.
 * Immutable; its text shows nothing of what was typed.
 */
public final class PreservedPost {

  private static final int VERSION = 1;

  private final String id;
  private final Instant since;
  private final String owner;
  private final String target;
  private final String contentType;
  private final byte[] body;

  /**
   * @param id unguessable; by it the form is sent once
   * @param since to the second
   * @param owner the user whose session had ended; empty if nobody knows who typed it
   * @param target path and query that it was sent to, as on the request line
   * @param contentType the header, with the boundary of a multipart form
   * @param body as it came; not to be changed by the caller afterwards
   */
  public PreservedPost(
      String id, Instant since, String owner, String target, String contentType, byte[] body) {
    this.id = id;
    this.since = since;
    this.owner = owner;
    this.target = target;
    this.contentType = contentType;
    this.body = body.clone();
  }

  String id() {
    return id;
  }

  /** Empty if nobody knows. */
  public String owner() {
    return owner;
  }

  /** Path and query, as on the request line. */
  public String target() {
    return target;
  }

  public String contentType() {
    return contentType;
  }

  /** A copy. */
  public byte[] body() {
    return body.clone();
  }

  /** Whether it is older than {@code lifetime}. */
  public boolean isOlder(Duration lifetime, Instant now) {
    return since.plus(lifetime).isBefore(now);
  }

  byte[] encode() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 256);
      DataOutputStream out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      out.writeUTF(id);
      out.writeLong(since.getEpochSecond());
      out.writeUTF(owner);
      out.writeUTF(target);
      out.writeUTF(contentType);
      out.write(body);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The opposite of {@link #encode()}.
   *
   * @throws IllegalArgumentException the bytes were written by another version
   */
  static PreservedPost decode(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      if (in.readByte() != VERSION) {
        throw new IllegalArgumentException("another version");
      }
      return new PreservedPost(
          in.readUTF(),
          Instant.ofEpochSecond(in.readLong()),
          in.readUTF(),
          in.readUTF(),
          in.readUTF(),
          in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalArgumentException("damaged", e);
    }
  }

  @Override
  public String toString() {
    return "PreservedPost[" + body.length + " bytes]";
  }
}
