package org.vestibule.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes each request in, records it, finds out what to answer, and sends that. */
final class Dispatcher implements HttpHandler {

  private static final long CHUNKED = 0;
  private static final long NO_BODY = -1;

  private final ServerAddress address;
  private final RequestLog log;
  private final Map<Endpoint, EndpointScript> scripts;
  private final Map<Endpoint, EndpointHandler> handlers;

  Dispatcher(
      ServerAddress address,
      RequestLog log,
      Map<Endpoint, EndpointScript> scripts,
      Map<Endpoint, EndpointHandler> handlers) {
    this.address = address;
    this.log = log;
    this.scripts = Map.copyOf(scripts);
    this.handlers = Map.copyOf(handlers);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      RecordedRequest request = received(exchange);
      log.add(request);
      Answer answer = answer(request);
      BodyWriter.pause(answer.delay());
      if (!answer.isDropped()) {
        send(exchange, answer);
      }
    }
  }

  private RecordedRequest received(HttpExchange exchange) throws IOException {
    List<Header> headers = new ArrayList<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> values.forEach(value -> headers.add(new Header(name, value))));
    String path = exchange.getRequestURI().getRawPath();
    return new RecordedRequest(
        address.endpointAt(path),
        exchange.getRequestMethod(),
        path,
        exchange.getRequestURI().getRawQuery(),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), UTF_8));
  }

  private Answer answer(RecordedRequest request) {
    EndpointScript script = scripts.get(request.endpoint());
    try {
      return script == null ? regular(request) : script.answer(request, () -> regular(request));
    } catch (RuntimeException | AssertionError e) {
      // A mistake in a test's script: a dropped connection would hide it.
      return Answer.of(500, "text/plain", "The script of this endpoint failed: " + e + "\n");
    }
  }

  private Answer regular(RecordedRequest request) {
    EndpointHandler handler = handlers.get(request.endpoint());
    if (handler == null) {
      return Answer.of(404, "text/plain", "There is nothing at this path.\n");
    }
    try {
      return handler.answer(request);
    } catch (OAuthProblem problem) {
      return problem.answer();
    } catch (IllegalArgumentException malformed) {
      return OAuthProblem.invalidRequest("cannot be decoded").answer();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    for (Header header : answer.headers()) {
      exchange.getResponseHeaders().add(header.name(), header.value());
    }
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), NO_BODY);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), length(answer));
    if (answer.isStreamed() || answer.announcedLength() > 0) {
      OutputStream out = exchange.getResponseBody();
      answer.writer().write(out);
      // Newer JDKs keep the headers back and drop them with a body that is shorter than announced.
      out.flush();
      out.close();
    }
  }

  private static long length(Answer answer) {
    if (answer.isStreamed()) {
      return CHUNKED;
    }
    return answer.announcedLength() == 0 ? NO_BODY : answer.announcedLength();
  }
}
