package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.vestibule.protocol.Identity;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.Gate;
import org.vestibule.testing.User;

/** Many at once, some of them up to no good. */
class CrowdTest {

  private static final int USERS = 20;
  private static final int THREADS = 8;

  /** A million with {@code -Dvestibule.crowd=1000000}. */
  private static final int REQUESTS = Integer.getInteger("vestibule.crowd", 20_000);

  private static final int STRANGERS = 100_000;

  private final Scene scene = Scene.with("public-paths", "/public/*");
  private final LoginFilter filter = new LoginFilter(new CurrentVestibule(scene.house()));
  private final Logger logger = Logger.getLogger("org.vestibule");

  /** A hundred thousand refusals are no news. */
  @BeforeEach
  void hush() {
    logger.setLevel(Level.OFF);
  }

  @AfterEach
  void close() {
    logger.setLevel(null);
    scene.close();
  }

  private MockHttpSession sessionOf(String subject) {
    scene.server().approving(User.named(subject));
    Visitor visitor = scene.visitor().neighbour();
    visitor.signIn("/orders");
    MockHttpSession session = visitor.session();
    assertThat(session).isNotNull();
    return session;
  }

  private static MockHttpServletRequest request(String path, MockHttpSession session) {
    MockHttpServletRequest request = Requests.get(path);
    request.setSession(session);
    request.setRequestedSessionId(session.getId());
    session.setNew(false);
    return request;
  }

  private int send(HttpServletRequest request, FilterChain application) {
    MockHttpServletResponse response = new MockHttpServletResponse();
    try {
      filter.doFilter(request, response, application);
    } catch (ServletException | IOException e) {
      throw new AssertionError(e);
    }
    return response.getStatus();
  }

  private static <T> List<T> atOnce(int times, Callable<T> call)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < times; i++) {
        futures.add(threads.submit(call));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  /** SE-13: users and strangers in turn on the same threads, and applications that throw. */
  @Test
  void nobody_is_ever_taken_for_somebody_else() throws Exception {
    List<MockHttpSession> sessions =
        IntStream.range(0, USERS).mapToObj(user -> sessionOf("user-" + user)).toList();
    AtomicInteger next = new AtomicInteger();
    AtomicInteger seen = new AtomicInteger();

    atOnce(
        THREADS,
        () -> {
          for (int i = next.getAndIncrement(); i < REQUESTS; i = next.getAndIncrement()) {
            if (i % 5 == 0) {
              assertThat(whoIs(Requests.get("/public/page"), seen)).isEqualTo("nobody");
            } else {
              int user = i % USERS;
              assertThat(whoIs(request("/orders", sessions.get(user)), seen))
                  .isEqualTo("user-" + user);
            }
          }
          return null;
        });

    assertThat(seen).hasValue(REQUESTS);
  }

  private String whoIs(HttpServletRequest request, AtomicInteger seen) {
    String[] who = {""};
    FilterChain application =
        (http, response) -> {
          Principal principal = ((HttpServletRequest) http).getUserPrincipal();
          who[0] = principal == null ? "nobody" : ((Identity) principal).subject();
          if (seen.incrementAndGet() % 3 == 0) {
            throw new IllegalStateException("the application's own trouble");
          }
        };
    try {
      send(request, application);
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("the application's own trouble");
    }
    return who[0];
  }

  /** DS-01, with room for what the virtual machine itself keeps. */
  @Test
  void a_hundred_thousand_strangers_leave_nothing_behind() throws Exception {
    FilterChain nothing =
        (request, response) -> {
          throw new AssertionError("something behind the filter ran");
        };
    IntStream.range(0, 1_000).forEach(i -> send(Requests.get("/orders/" + i), nothing));
    long before = heap();

    for (int i = 0; i < STRANGERS; i++) {
      MockHttpServletRequest request = Requests.get("/orders/" + i + "?x=" + i);
      if (i % 2 == 0) {
        request.setServerName("host-" + i + ".example");
      }
      send(request, nothing);
      assertThat(request.getSession(false)).isNull();
    }

    assertThat(heap() - before).isLessThan(4L << 20);
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** FB-17: whatever bytes they are made of, requests are answered and open nothing. */
  @Test
  void requests_of_any_bytes_are_answered_and_open_nothing() {
    SplittableRandom random = new SplittableRandom(42);
    List<String> headers =
        List.of(
            "Cookie",
            "Accept",
            "Referer",
            "Origin",
            "Sec-Fetch-Mode",
            "Forwarded",
            "X-Forwarded-Proto",
            "HX-Request",
            "HX-Current-URL",
            "Faces-Request",
            "Accept-Language");
    FilterChain application =
        (request, response) ->
            assertThat(((HttpServletRequest) request).getServletPath())
                .matches("(?s)/public|/public/.*|/oauth/[a-z.-]+");
    for (int i = 0; i < 20_000; i++) {
      MockHttpServletRequest request =
          Requests.raw("GET", "/app/" + text(random, 12), "/" + text(random, 12));
      request.setQueryString(text(random, 20));
      for (int j = 0; j < 3; j++) {
        request.addHeader(headers.get(random.nextInt(headers.size())), text(random, 30));
      }
      request.setCookies(new Cookie("vestibule-app-login-" + i, text(random, 40)));

      assertThat(send(request, application)).isIn(200, 302, 303, 400, 401, 403);
    }
  }

  private static String text(SplittableRandom random, int longest) {
    String syntax = "/.;%2e\\?&=#,\"<>: \n\0ab1";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(longest); i > 0; i--) {
      text.append(
          random.nextInt(3) == 0
              ? (char) random.nextInt(0x100)
              : syntax.charAt(random.nextInt(syntax.length())));
    }
    return text.toString();
  }

  /** DS-03: a token endpoint that does not answer, and thirty logins that wait for it. */
  @Test
  void a_provider_that_hangs_blocks_nobody_who_is_signed_in() throws Exception {
    MockHttpSession jane = sessionOf("jane");
    Visitor[] waiting =
        Stream.generate(() -> scene.visitor().neighbour()).limit(30).toArray(Visitor[]::new);
    String[] callbacks =
        Arrays.stream(waiting).map(v -> v.atProvider(v.get("/orders"))).toArray(String[]::new);
    int before = scene.server().requests(Endpoint.TOKEN).size();
    Gate gate = scene.server().on(Endpoint.TOKEN).gate();
    AtomicInteger next = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(waiting.length);
    try {
      List<Future<Integer>> logins = new ArrayList<>();
      for (int i = 0; i < waiting.length; i++) {
        logins.add(
            threads.submit(
                () -> {
                  int me = next.getAndIncrement();
                  return waiting[me].goTo(callbacks[me]).getStatus();
                }));
      }
      gate.awaitArrival();

      AtomicInteger seen = new AtomicInteger();
      assertThat(whoIs(request("/orders", jane), seen)).isEqualTo("jane");
      assertThat(whoIs(Requests.get("/public/page"), seen)).isEqualTo("nobody");
      assertThat(scene.visitor().get("/orders").getStatus()).isEqualTo(302);
      gate.open();

      for (Future<Integer> login : logins) {
        assertThat(login.get()).isIn(303, 503);
      }
      assertThat(scene.server().requests(Endpoint.TOKEN)).hasSizeGreaterThan(before);
    } finally {
      gate.open();
      threads.shutdownNow();
    }
  }

  /** SE-16. */
  @Test
  void no_endpoint_lets_scripts_of_other_sites_read_it() {
    Visitor jane = scene.visitor();
    jane.signIn("/orders");
    for (Visitor visitor : List.of(jane, jane.neighbour())) {
      for (String path :
          List.of(
              "/orders",
              "/public/page",
              "/oauth/login",
              "/oauth/callback?code=x&state=y",
              "/oauth/session",
              "/oauth/logout",
              "/oauth/logged-out",
              "/oauth/initiate?iss=x")) {
        for (String method : List.of("GET", "OPTIONS")) {
          MockHttpServletRequest request = Requests.request(method, path);
          request.addHeader("Origin", "https://evil.example");
          request.addHeader("Access-Control-Request-Method", "GET");

          assertThat(visitor.send(request).getHeaderNames())
              .as(method + " " + path)
              .noneMatch(name -> name.startsWith("Access-Control-"));
        }
      }
    }
  }
}
