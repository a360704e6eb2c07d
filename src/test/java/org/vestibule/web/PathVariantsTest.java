package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.testing.PathVariants;

/**
 * Every spelling of a path, as servers of different minds understand it: whatever a server makes of
 * a request line, only what is plainly a public page is served to a stranger.
 */
class PathVariantsTest {

  private static final int SERVED = 299;
  private static final Scene SCENE = Scene.with("public-paths", "/public/*");

  /** How servers get from the request line to the path that they choose the servlet by. */
  private enum Server {
    OF_THE_SPECIFICATION(uri -> resolved(decoded(withoutParameters(uri)))),
    THAT_RESOLVES_FIRST(uri -> decoded(resolved(withoutParameters(uri)))),
    THAT_DECODES_FIRST(uri -> withoutParameters(decoded(uri))),
    THAT_ONLY_DECODES(Server::decoded),
    THAT_DECODES_TWICE(uri -> resolved(decoded(decoded(withoutParameters(uri))))),
    OF_WINDOWS(uri -> resolved(decoded(withoutParameters(uri)).replace('\\', '/')));

    private final UnaryOperator<String> reading;

    Server(UnaryOperator<String> reading) {
      this.reading = reading;
    }

    /** Below the context root; nothing if the request line is refused. */
    Optional<String> servletPath(String uri) {
      try {
        String path = reading.apply(uri);
        return path.startsWith(Houses.CONTEXT_PATH + "/")
            ? Optional.of(path.substring(Houses.CONTEXT_PATH.length()))
            : Optional.empty();
      } catch (IllegalArgumentException refused) {
        return Optional.empty();
      }
    }

    private static String withoutParameters(String path) {
      return path.replaceAll(";[^/]*", "");
    }

    private static String resolved(String path) {
      Deque<String> segments = new ArrayDeque<>();
      for (String segment : path.split("/+", -1)) {
        if (segment.equals("..")) {
          if (segments.size() < 2) {
            throw new IllegalArgumentException("above the root");
          }
          segments.removeLast();
        } else if (!segment.equals(".")) {
          segments.addLast(segment);
        }
      }
      return String.join("/", segments);
    }

    private static String decoded(String path) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (int i = 0; i < path.length(); i++) {
        char c = path.charAt(i);
        if (c == '%') {
          if (i + 2 >= path.length()) {
            throw new IllegalArgumentException("half an escape");
          }
          bytes.write(Integer.parseUnsignedInt(path.substring(i + 1, i + 3), 16));
          i += 2;
        } else {
          bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        }
      }
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }

  static Stream<Arguments> targets() {
    return Stream.of("orders/page", "public/page", "oauth/callback", "oauth/logout")
        .flatMap(
            target -> Arrays.stream(Server.values()).map(server -> Arguments.of(target, server)));
  }

  /** Thousands of refusals are no news. */
  private final Logs logs = new Logs();

  @AfterEach
  void speakAgain() {
    logs.close();
  }

  @AfterAll
  static void close() {
    SCENE.close();
  }

  @Test
  void there_are_more_than_two_hundred_spellings_and_none_twice() {
    assertThat(PathVariants.of("orders", "page")).hasSizeGreaterThan(200).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void only_what_is_plainly_public_is_served_to_a_stranger(String target, Server server) {
    String[] segments = target.split("/");
    for (String variant : PathVariants.of(segments[0], segments[1])) {
      String uri = Houses.CONTEXT_PATH + variant.replaceFirst("[?#].*", "");
      server.servletPath(uri).ifPresent(path -> judge(uri, path));
    }
  }

  @Test
  void the_plain_spellings_are_served() {
    for (Server server : Server.values()) {
      String path = server.servletPath("/app/public/page").orElseThrow();
      assertThat(path).isEqualTo("/public/page");
      assertThat(isServed("/app/public/page", path)).isTrue();
      assertThat(isServed("/app/orders/page", "/orders/page")).isFalse();
    }
  }

  private static void judge(String uri, String path) {
    for (String method : List.of("GET", "POST")) {
      if (isServed(method, uri, path)) {
        assertThat(path)
            .as(method + " " + uri)
            .matches("(?s)/public|/public/.*|/oauth/(callback|login|logout|logged-out|session)")
            .isEqualTo(plainlyDecoded(uri));
      }
    }
  }

  private static String plainlyDecoded(String uri) {
    return Server.decoded(uri.substring(Houses.CONTEXT_PATH.length()));
  }

  private static boolean isServed(String uri, String path) {
    return isServed("GET", uri, path);
  }

  private static boolean isServed(String method, String uri, String path) {
    MockHttpServletRequest request = Requests.raw(method, uri, path);
    MockHttpServletResponse response = new MockHttpServletResponse();
    FilterChain chain = (q, a) -> ((MockHttpServletResponse) a).setStatus(SERVED);
    try {
      new LoginFilter(new CurrentVestibule(SCENE.house())).doFilter(request, response, chain);
    } catch (ServletException | IOException e) {
      throw new AssertionError(e);
    }
    return response.getStatus() == SERVED;
  }
}
