package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.vestibule.protocol.Identity;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.User;

/** Settings and keys of the provider change while requests come in on all threads. */
class ReloadUnderLoadTest {

  private static final int USERS = 10;
  private static final int THREADS = 3;
  private static final int CHANGES = 5;

  private final AuthorizationServer server =
      AuthorizationServer.start(c -> c.client(Houses.CLIENT_ID, Houses.CLIENT_SECRET));
  private final Map<String, String> settings =
      new ConcurrentHashMap<>(Houses.usualSettings("issuer", server.issuer()));
  private final CurrentVestibule current =
      new CurrentVestibule(Houses.with(Clock.systemUTC(), Map.copyOf(settings)));
  private final Reload reload = new Reload(() -> Houses.read(settings), current);
  private final LoginFilter filter = new LoginFilter(current);
  private final Visitor visitor = new Visitor(current);
  private final Logs logs = new Logs();

  @AfterEach
  void close() {
    reload.close();
    logs.close();
    server.close();
  }

  private MockHttpSession sessionOf(String subject) {
    server.approving(User.named(subject));
    Visitor somebody = visitor.neighbour();
    somebody.signIn("/orders");
    MockHttpSession session = somebody.session();
    if (session == null) {
      throw new AssertionError("not signed in");
    }
    session.setNew(false);
    return session;
  }

  private String whoIs(MockHttpSession session) throws ServletException, IOException {
    MockHttpServletRequest request = Requests.get("/orders");
    request.setSession(session);
    request.setRequestedSessionId(session.getId());
    MockHttpServletResponse response = new MockHttpServletResponse();
    String[] who = {"nobody, " + response.getStatus()};
    FilterChain application =
        (http, answer) -> {
          Principal principal = ((HttpServletRequest) http).getUserPrincipal();
          who[0] = principal instanceof Identity identity ? identity.subject() : "a stranger";
        };
    filter.doFilter(request, response, application);
    assertThat(response.getStatus()).isEqualTo(200);
    return who[0];
  }

  @Test
  void nobody_is_signed_out_or_taken_for_somebody_else() throws Exception {
    List<MockHttpSession> sessions =
        IntStream.range(0, USERS).mapToObj(user -> sessionOf("user-" + user)).toList();
    Vestibule first = current.get();
    AtomicBoolean changing = new AtomicBoolean(true);
    Semaphore served = new Semaphore(0);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> requests = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int own = thread;
        requests.add(
            threads.submit(
                () -> {
                  for (int i = own; changing.get(); i++) {
                    int user = i % USERS;
                    assertThat(whoIs(sessions.get(user))).isEqualTo("user-" + user);
                    served.release();
                  }
                  return null;
                }));
      }
      for (int change = 1; change <= CHANGES; change++) {
        settings.put("name-claim", "claim-" + change);
        settings.put("clock-skew", "PT" + change + "S");
        if (change == CHANGES) {
          server.rotateKey();
        }
        reload.look();
        served.drainPermits();
        assertThat(served.tryAcquire(2 * USERS, 60, TimeUnit.SECONDS)).as("they go on").isTrue();
        assertThat(sessionOf("late-" + change)).as("a login by the new key").isNotNull();
      }
      changing.set(false);
      for (Future<?> request : requests) {
        request.get();
      }
    } finally {
      changing.set(false);
      threads.shutdownNow();
    }

    assertThat(current.get()).isNotSameAs(first);
    assertThat(logs.text().split("have changed and are in effect", -1)).hasSize(CHANGES + 1);
  }
}
