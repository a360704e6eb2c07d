package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.vestibule.container.probe.ProtectedServlet;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.FormData;
import org.vestibule.testing.Gate;
import org.vestibule.testing.RawResponse;

/** Under attack below a context root. */
@ExtendWith(ArquillianExtension.class)
class AtAppIT extends SpellingSuite {

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("app");
  }

  /**
   * DS-03: more logins than the server has threads wait for a token endpoint that never answers.
   * Those that come when one has waited in vain are turned away at once.
   */
  @Test
  void a_provider_that_hangs_blocks_nobody_who_is_signed_in() throws InterruptedException {
    Visitor jane = signedIn();
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Visitor visitor = Visitor.of(deployment);
      FormData response = response(visitor);
      calls.add(() -> comeBack(visitor, response).status());
    }
    Gate gate = PROVIDER.on(Endpoint.TOKEN).gate();
    PROVIDER.on(Endpoint.TOKEN).always(gate);
    try {
      CompletableFuture<RawResponse> page =
          CompletableFuture.supplyAsync(
              () -> {
                gate.awaitArrival();
                return jane.get(Visitor.PROTECTED);
              });
      List<Integer> first = Parallel.results(calls.subList(0, 60), 60);

      assertThat(page.join().body()).isEqualTo(ProtectedServlet.CANARY);
      assertThat(first).isSubsetOf(503, 504);
      assertThat(Parallel.results(calls.subList(60, 64), 4)).isSubsetOf(503, 504).contains(503);
    } finally {
      gate.open();
      DefectiveAnswers.none(PROVIDER);
    }
    signedIn();
  }
}
