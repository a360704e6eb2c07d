package org.vestibule.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.vestibule.testing.FormData;

/**
 * What the showcase and the authorization servers say to each other: an HTTP proxy that passes
 * everything on as it is and takes a note of it.
 */
final class Wire implements AutoCloseable {

  private static final Set<String> OF_A_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "transfer-encoding",
          "upgrade");

  private final HttpServer proxy;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Message> messages = new CopyOnWriteArrayList<>();

  private Wire(HttpServer proxy) {
    this.proxy = proxy;
  }

  static Wire start() {
    try {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      Wire wire = new Wire(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
      wire.proxy.createContext("/", wire::pass);
      wire.proxy.setExecutor(wire.threads);
      wire.proxy.start();
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The proxy, as the setting of that name has it. */
  String address() {
    return "127.0.0.1:" + proxy.getAddress().getPort();
  }

  /** All that went to that address so far, whatever the query. */
  List<Message> to(Object url) {
    return messages.stream().filter(message -> message.url().equals(url)).toList();
  }

  /** The token requests of that grant so far. */
  List<Message> tokenRequests(String grantType) {
    return messages.stream()
        .filter(message -> grantType.equals(message.form().get("grant_type")))
        .toList();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(exchange.getRequestURI())
              .method(
                  exchange.getRequestMethod(),
                  body.length == 0
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofByteArray(body));
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> values.forEach(value -> copy(request, name, value)));
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      messages.add(message(exchange, body, response));
      answer(exchange, response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(HttpRequest.Builder request, String name, String value) {
    if (!OF_A_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
      request.header(name, value);
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> response)
      throws IOException {
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (!OF_A_CONNECTION.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
              }
            });
    byte[] body = response.body();
    exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private static Message message(
      HttpExchange exchange, byte[] body, HttpResponse<byte[]> response) {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    boolean form = type != null && type.startsWith("application/x-www-form-urlencoded");
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    return new Message(
        exchange.getRequestURI().toString().replaceFirst("[?#].*", ""),
        authorization == null ? "" : authorization,
        FormData.parse(form ? new String(body, UTF_8) : null),
        response.statusCode(),
        new String(response.body(), UTF_8));
  }

  @Override
  public void close() {
    proxy.stop(0);
    threads.shutdownNow();
  }
}
