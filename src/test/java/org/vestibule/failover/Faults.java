package org.vestibule.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.vestibule.failover.Newcomers.AtTheForm;
import org.vestibule.testing.Answer;
import org.vestibule.testing.Endpoint;

/** What breaks, without sticky sessions, whatever the engine. */
abstract class Faults extends UnderLoad {

  private static final Duration A_WHILE = Duration.ofSeconds(15);
  static final Duration OUTAGE = Duration.ofSeconds(10);
  private static final int AT_THE_FORM = 20;
  private static final int ASKING_FOR_TOKENS = 8;

  Faults(Engine engine, @Nullable Database database) {
    super(engine, "faults-" + engine.directory(), 2, database, null);
  }

  @Test
  void a_node_is_killed_and_comes_back() {
    during(
        "a node is killed (`kill -9`) while people sign in and refresh, and comes back",
        () -> {
          List<AtTheForm> people = crowd().newcomers().begin(AT_THE_FORM);
          // The provider has neither looked at the requests nor answered them.
          whileRefreshing(cluster().node(0)::kill, regular -> Answer::dropped, () -> {});
          crowd().newcomers().finish(people);
          pass(A_WHILE);
          cluster().restart(0);
        });
  }

  /**
   * Some refreshes are at the provider when something breaks, and answered afterwards.
   *
   * @param answer given what the provider would answer by itself
   * @param meanwhile what goes on then, while these people wait for their answers
   */
  void whileRefreshing(
      Runnable breaks, UnaryOperator<Supplier<Answer>> answer, Runnable meanwhile) {
    CountDownLatch refreshing = new CountDownLatch(ASKING_FOR_TOKENS);
    CompletableFuture<Boolean> broken = new CompletableFuture<>();
    provider()
        .on(Endpoint.TOKEN)
        .always(
            (request, regular) -> {
              if (!isRefresh(request)) {
                return regular.get();
              }
              refreshing.countDown();
              boolean unused = broken.join();
              return answer.apply(() -> counted(regular.get(), request)).get();
            });
    crowd()
        .askForTokensDuring(
            ASKING_FOR_TOKENS,
            () -> {
              try {
                await(refreshing);
                breaks.run();
              } finally {
                healthy();
                broken.complete(true);
              }
              meanwhile.run();
            });
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).as("both nodes refresh").isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void all_nodes_are_restarted_one_after_the_other_with_a_new_configuration() {
    cluster().set("OAUTH_LOGIN_TIMEOUT", "PT11M");
    during(
        "all nodes are restarted one after the other, with a new configuration",
        () -> {
          for (int i = 0; i < 2; i++) {
            cluster().balancer().remove(cluster().node(i).port());
            cluster().node(i).stop();
            cluster().restart(i);
            cluster().balancer().add(cluster().node(i).port());
          }
        });
  }

  @Test
  void the_provider_is_slow() {
    during(
        "the provider takes 3 s for a token response",
        () -> {
          provider()
              .on(Endpoint.TOKEN)
              .always(
                  (request, regular) ->
                      counted(regular.get(), request).delayed(Duration.ofSeconds(3)));
          pass(A_WHILE);
          healthy();
        });
  }

  @Test
  void the_provider_fails_and_is_cut_off() {
    during(
        "the provider answers 503, then not at all",
        () -> {
          provider().on(Endpoint.TOKEN).always(Answer.error(503, "temporarily_unavailable"));
          pass(OUTAGE);
          provider().on(Endpoint.TOKEN).always(Answer.dropped());
          pass(OUTAGE);
          healthy();
        });
  }
}
