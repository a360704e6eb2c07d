package org.vestibule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.vestibule.Provoked.assertFails;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Violation;

/** A test of the tests: a rule that no test provokes may as well not be there. */
class ViolationTest {

  /** Tests that the build runs; a promise anywhere else is none. */
  private static final List<JavaMethod> PROMISING =
      new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
              .importPackages("org.vestibule")
              .stream()
              .filter(type -> type.getSimpleName().endsWith("Test"))
              .filter(type -> !type.isAnnotatedWith(Disabled.class))
              .flatMap(type -> type.getMethods().stream())
              .filter(method -> method.isAnnotatedWith(Provokes.class))
              .filter(isTest())
              .toList();

  private static DescribedPredicate<JavaMethod> isTest() {
    return DescribedPredicate.describe(
        "is run",
        method ->
            (method.isAnnotatedWith(Test.class) || method.isAnnotatedWith(ParameterizedTest.class))
                && !method.isAnnotatedWith(Disabled.class));
  }

  private static Set<String> promised(String member) {
    return PROMISING.stream()
        .map(method -> method.getAnnotationOfType(Provokes.class.getName()))
        .flatMap(annotation -> constants(annotation.get(member).orElse(new Object[0])))
        .collect(Collectors.toSet());
  }

  private static Stream<String> constants(Object value) {
    return Arrays.stream((Object[]) value).map(constant -> ((JavaEnumConstant) constant).name());
  }

  @Test
  void every_violation_is_provoked_by_a_test() {
    assertThat(promised("value"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Violation.values()).map(Violation::name).toList());
  }

  @Test
  void every_trouble_of_a_provider_is_provoked_by_a_test() {
    assertThat(promised("trouble"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ProviderTrouble.values()).map(ProviderTrouble::name).toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"STATE_MISSING", "STATE_UNKNOWN"})
  void a_failure_that_was_not_promised_cannot_be_asserted(String name) {
    LoginException thrown = new LoginException(Violation.valueOf(name));

    assertThatThrownBy(
            () ->
                assertFails(
                    thrown.failure(),
                    () -> {
                      throw thrown;
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("@Provokes for " + name);
  }
}
