package org.vestibule.web;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vestibule.login.TokenRefresh;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.session.EndedEverywhere;
import org.vestibule.session.LentSessions;
import org.vestibule.shared.SharedStateException;

/** Hears several times in a second what other nodes have to tell, and tells what they missed. */
final class ClusterWatch implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger("org.vestibule");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final EndedEverywhere ended;
  private final TokenRefresh refresh;
  private final LentSessions lent;
  private final ScheduledThreadPoolExecutor executor;

  /** Whether the engine did not answer the last time; for nobody but the thread. */
  private boolean isCutOff;

  ClusterWatch(Lasting lasting) {
    this.ended = lasting.ended();
    this.refresh = lasting.refresh();
    this.lent = lasting.lent();
    this.executor = BackgroundThread.named("cluster", lasting.contextPath());
  }

  /**
   * Begins to look. No request is served before the first look is over, since it may be for a
   * session that ended while this node was away; unless the engine does not answer for {@link
   * #PATIENCE}.
   */
  void start() {
    if (!ended.isAlone()) {
      awaitFirst(executor.submit(this::look));
      long interval = EndedEverywhere.INTERVAL.toMillis();
      // It does not fail, and nobody waits for it.
      ScheduledFuture<?> unused =
          executor.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  private static void awaitFirst(Future<?> look) {
    try {
      look.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.FINE, "the first look takes its time", e);
    }
  }

  /** Says once that the engine is away, and once that it is back. */
  void look() {
    try {
      ended.catchUp();
      refresh.catchUp();
      lent.catchUp();
      if (isCutOff) {
        LOG.info("what the nodes of the cluster have in common can be reached again");
      }
      isCutOff = false;
    } catch (SharedStateException e) {
      if (!isCutOff && !executor.isShutdown()) {
        LOG.warning(
            new LoginException(ProviderTrouble.SHARED_STATE, String.valueOf(e.getMessage()), e)
                .getMessage());
      }
      isCutOff = true;
    } catch (RuntimeException | Error e) {
      // An executor does not call again what has failed.
      LOG.log(
          Level.SEVERE, "unexpected " + e.getClass().getName(), EndpointServlet.withoutMessage(e));
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
