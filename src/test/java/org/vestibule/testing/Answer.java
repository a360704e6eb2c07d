package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the server sends back: right or wrong, whole or broken, in one go or never ending.
 * Immutable.
 */
public final class Answer {

  private enum Delivery {
    WHOLE,
    STREAMED,
    DROPPED
  }

  private final int status;
  private final List<Header> headers;
  private final String text;
  private final BodyWriter writer;
  private final long announcedLength;
  private final Delivery delivery;
  private final Duration delay;

  private Answer(
      int status,
      List<Header> headers,
      String text,
      BodyWriter writer,
      long announcedLength,
      Delivery delivery,
      Duration delay) {
    this.status = status;
    this.headers = List.copyOf(headers);
    this.text = text;
    this.writer = writer;
    this.announcedLength = announcedLength;
    this.delivery = delivery;
    this.delay = delay;
  }

  private static Answer whole(int status, List<Header> headers, byte[] body) {
    return new Answer(
        status,
        headers,
        new String(body, UTF_8),
        BodyWriter.bytes(body),
        body.length,
        Delivery.WHOLE,
        Duration.ZERO);
  }

  /** Any status, content type and bytes. */
  public static Answer of(int status, String contentType, byte[] body) {
    return whole(status, List.of(new Header("Content-Type", contentType)), body);
  }

  /** Any status, content type and text, sent as UTF-8. */
  public static Answer of(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(UTF_8));
  }

  /** A JSON object. */
  public static Answer json(int status, Map<String, ?> object) {
    return json(status, Json.write(object));
  }

  /** Any text that claims to be JSON. */
  public static Answer json(int status, String body) {
    return of(status, "application/json", body);
  }

  /** A page. */
  public static Answer html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page);
  }

  /** A status without a body and without a content type. */
  public static Answer empty(int status) {
    return whole(status, List.of(), new byte[0]);
  }

  /** A redirect; the location is sent as it is. */
  public static Answer redirect(int status, String location) {
    return empty(status).withHeader("Location", location);
  }

  /** The error response of RFC 6749 section 5.2, without a description. */
  public static Answer error(int status, String error) {
    return json(status, Map.of("error", error)).notStored();
  }

  /** No answer: the connection is closed after the request was read. */
  public static Answer dropped() {
    return new Answer(
        0, List.of(), "", BodyWriter.bytes(new byte[0]), 0, Delivery.DROPPED, Duration.ZERO);
  }

  /** A body of unknown length, written bit by bit. */
  public static Answer streamed(int status, String contentType, BodyWriter writer) {
    return new Answer(
        status,
        List.of(new Header("Content-Type", contentType)),
        "",
        writer,
        0,
        Delivery.STREAMED,
        Duration.ZERO);
  }

  /** A body that never ends: the piece again and again. */
  public static Answer endless(String contentType, String piece) {
    return streamed(200, contentType, BodyWriter.endless(piece.getBytes(UTF_8)));
  }

  /** The header fields and then nothing, for ever. */
  public static Answer stalled(int status, String contentType) {
    return streamed(status, contentType, BodyWriter.stalling());
  }

  /** With one more header field line; an existing one of that name stays. */
  public Answer withHeader(String name, String value) {
    List<Header> longer = new ArrayList<>(headers);
    longer.add(new Header(name, value));
    return new Answer(status, longer, text, writer, announcedLength, delivery, delay);
  }

  /** Without the named header field. */
  public Answer withoutHeader(String name) {
    List<Header> shorter = headers.stream().filter(header -> !header.is(name)).toList();
    return new Answer(status, shorter, text, writer, announcedLength, delivery, delay);
  }

  /** With another content type. */
  public Answer withContentType(String contentType) {
    return withoutHeader("Content-Type").withHeader("Content-Type", contentType);
  }

  /** With another status. */
  public Answer withStatus(int other) {
    return new Answer(other, headers, text, writer, announcedLength, delivery, delay);
  }

  /** With its JSON object changed. */
  public Answer withJson(Consumer<Map<String, Object>> change) {
    Map<String, Object> object = Json.read(text);
    change.accept(object);
    return withBody(Json.write(object));
  }

  /** With another body. */
  public Answer withBody(String body) {
    Answer changed = whole(status, headers, body.getBytes(UTF_8));
    return changed.delayed(delay);
  }

  /** Marked as RFC 6749 section 5.1 asks for answers that contain tokens. */
  public Answer notStored() {
    return withHeader("Cache-Control", "no-store").withHeader("Pragma", "no-cache");
  }

  /** The same after a delay. To wait for a condition rather than for time see {@link Gate}. */
  public Answer delayed(Duration time) {
    return new Answer(status, headers, text, writer, announcedLength, delivery, time);
  }

  /** The same body a byte at a time. */
  public Answer dribbled(Duration pauseBetweenBytes) {
    BodyWriter slow = BodyWriter.dribbling(text.getBytes(UTF_8), pauseBetweenBytes);
    return new Answer(status, headers, text, slow, 0, Delivery.STREAMED, delay);
  }

  /**
   * The same body under a {@code Content-Length} that promises more; then the connection closes.
   */
  public Answer announcing(long length) {
    return new Answer(status, headers, text, writer, length, Delivery.WHOLE, delay);
  }

  /** The status. */
  public int status() {
    return status;
  }

  /** The header fields. */
  public List<Header> headers() {
    return headers;
  }

  /** The body as text; empty for one that is streamed. */
  public String text() {
    return text;
  }

  boolean isDropped() {
    return delivery == Delivery.DROPPED;
  }

  boolean isStreamed() {
    return delivery == Delivery.STREAMED;
  }

  long announcedLength() {
    return announcedLength;
  }

  BodyWriter writer() {
    return writer;
  }

  Duration delay() {
    return delay;
  }

  @Override
  public String toString() {
    return isDropped() ? "dropped connection" : "answer " + status;
  }
}
