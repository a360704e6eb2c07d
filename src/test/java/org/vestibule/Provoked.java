package org.vestibule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.URL;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.LoginException;

/**
 * The only way to assert that a rule was broken or that a provider is in trouble. It works in tests
 * that {@linkplain Provokes promise} that very failure, and a test that did not provoke all that it
 * promised fails: to mention a constant is not enough.
 */
public final class Provoked implements BeforeEachCallback, AfterEachCallback {

  private record Promise(Set<Failure> made, Set<Failure> kept) {}

  private static final ThreadLocal<Promise> PROMISE = new ThreadLocal<>();

  /** Asserts that the action fails in this way. */
  public static LoginException assertFails(Failure expected, ThrowingCallable action) {
    Throwable thrown = catchThrowable(action);
    assertThat(thrown).as("what is thrown").isInstanceOf(LoginException.class);
    LoginException failure = (LoginException) thrown;
    assertThat(failure.failure()).as(failure.getMessage()).isEqualTo(expected);
    keep(expected);
    assertThat(isThrownByTheProduct(failure)).as("thrown by the product, not a test").isTrue();
    return failure;
  }

  /** Asserts that a message says that it failed in this way, where no exception gets out. */
  public static void assertReported(Failure expected, String message) {
    assertThat(message).contains(expected.code() + ": ");
    keep(expected);
  }

  private static boolean isThrownByTheProduct(LoginException failure) {
    URL product = LoginException.class.getProtectionDomain().getCodeSource().getLocation();
    String thrower =
        Arrays.stream(failure.getStackTrace())
            .map(StackTraceElement::getClassName)
            .filter(name -> !name.equals(LoginException.class.getName()))
            .findFirst()
            .orElseThrow();
    try {
      return product.equals(
          Class.forName(thrower).getProtectionDomain().getCodeSource().getLocation());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static void keep(Failure failure) {
    Promise promise = PROMISE.get();
    if (promise == null || !promise.made().contains(failure)) {
      throw new AssertionError("the test is not annotated with @Provokes for " + failure);
    }
    promise.kept().add(failure);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Provokes promised = context.getRequiredTestMethod().getAnnotation(Provokes.class);
    Set<Failure> made = new HashSet<>(List.of(promised.value()));
    made.addAll(List.of(promised.trouble()));
    made.addAll(List.of(promised.refusal()));
    PROMISE.set(new Promise(made, new HashSet<>()));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Promise promise = PROMISE.get();
    PROMISE.remove();
    if (context.getExecutionException().isEmpty()) {
      assertThat(promise.kept()).as("what the test provoked").isEqualTo(promise.made());
    }
  }
}
