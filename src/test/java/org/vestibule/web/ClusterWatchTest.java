package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vestibule.protocol.RandomValues;
import org.vestibule.provider.CredentialsSource;
import org.vestibule.session.EndedEverywhere;
import org.vestibule.session.EndedEverywhere.Channel;
import org.vestibule.shared.SharedState;
import org.vestibule.shared.TwoNodes;
import org.vestibule.testing.MovableClock;

class ClusterWatchTest {

  private static final String ISSUER = "https://server.example.com";
  private static final String SID = "08a5019c-17e1-4977-8f42-65a12843ea02";
  private static final Duration LONGEST = Duration.ofHours(12);

  private final MovableClock clock = new MovableClock();
  private final TwoNodes engine = new TwoNodes();
  private final EndedEverywhere told = node(engine);
  private final Lasting lasting =
      Lasting.of("/app", clock, new SecureRandom(), CredentialsSource.NONE, engine, LONGEST);
  private final EndedEverywhere starting = lasting.ended();
  private final ClusterWatch watch = new ClusterWatch(lasting);
  private final Logs logs = new Logs();

  private EndedEverywhere node(SharedState shared) {
    return new EndedEverywhere(clock, new RandomValues(new SecureRandom()), shared, LONGEST);
  }

  @AfterEach
  void stop() {
    watch.close();
    logs.close();
  }

  /** The first request can be for a session that ended while this node was away. */
  @Test
  void a_node_has_caught_up_when_it_has_started() {
    Instant now = clock.instant();
    told.sessions(Channel.BACK).endSession(ISSUER, SID, Optional.empty(), now, now.minus(LONGEST));
    told.tell();

    watch.start();

    assertThat(starting.sessions(Channel.BACK).contains(ISSUER, SID, "jane", now.minusSeconds(1)))
        .isTrue();
  }

  @Test
  void an_engine_that_is_away_is_told_of_once_and_that_it_is_back_once() {
    engine.away(true);
    watch.look();
    watch.look();
    engine.away(false);
    watch.look();
    watch.look();

    assertThat(logs.at(Level.WARNING)).singleElement().asString().startsWith("VEST2014: ");
    assertThat(logs.at(Level.INFO)).singleElement().asString().endsWith("can be reached again");
  }
}
