package org.vestibule.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.RandomValues;
import org.vestibule.shared.SharedMap;
import org.vestibule.shared.SharedState;
import org.vestibule.shared.TwoNodes;
import org.vestibule.testing.MovableClock;

/** Whether the engine answers is asked by requests with session ids that anybody can make up. */
class EngineAwayTest {

  private static final int STRANGERS = 50;

  private final MovableClock clock = new MovableClock();
  private final TwoNodes engine = new TwoNodes();

  private EndedEverywhere node(SharedState shared) {
    return new EndedEverywhere(
        clock, new RandomValues(new SecureRandom()), shared, Duration.ofHours(12));
  }

  @Test
  void it_is_away_when_it_does_not_answer_and_for_a_moment_after() {
    EndedEverywhere node = node(engine);
    assertThat(node.isAway()).isFalse();

    engine.away(true);
    assertThat(node.isAway()).isTrue();
    engine.away(false);
    assertThat(node.isAway()).isTrue();
    clock.advance(Duration.ofSeconds(6));

    assertThat(node.isAway()).isFalse();
  }

  @Test
  void it_is_asked_once_for_all_who_want_to_know_meanwhile() throws InterruptedException {
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger questions = new AtomicInteger();
    EndedEverywhere node = node(slow(answer, questions));
    List<Thread> strangers =
        IntStream.range(0, STRANGERS).mapToObj(i -> new Thread(node::isAway)).toList();
    strangers.forEach(Thread::start);
    while (strangers.stream().anyMatch(stranger -> !isWaiting(stranger))) {
      Thread.onSpinWait();
    }

    answer.countDown();
    for (Thread stranger : strangers) {
      stranger.join();
    }

    assertThat(questions).hasValueBetween(1, 2);
  }

  private static boolean isWaiting(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING -> true;
      default -> false;
    };
  }

  private SharedState slow(CountDownLatch answer, AtomicInteger questions) {
    return (name, lifetime) -> {
      SharedMap map = engine.map(name, lifetime);
      return (SharedMap)
          Proxy.newProxyInstance(
              SharedMap.class.getClassLoader(),
              new Class<?>[] {SharedMap.class},
              (proxy, method, arguments) -> {
                questions.incrementAndGet();
                answer.await();
                return method.invoke(map, arguments);
              });
    };
  }
}
