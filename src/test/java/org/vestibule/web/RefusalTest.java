package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.vestibule.Provokes;
import org.vestibule.protocol.Refusal;

/** A test of the tests: a refusal that no test provokes may as well not be there. */
class RefusalTest {

  private static Set<String> promised() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("org.vestibule")
            .stream()
            .filter(type -> type.getSimpleName().endsWith("Test"))
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.isAnnotatedWith(Provokes.class))
            .map(method -> method.getAnnotationOfType(Provokes.class.getName()))
            .map(annotation -> annotation.get("refusal").orElse(new Object[0]))
            .flatMap(constants -> Arrays.stream((Object[]) constants))
            .map(constant -> ((JavaEnumConstant) constant).name())
            .collect(Collectors.toSet());
  }

  @Test
  void every_refusal_is_provoked_by_a_test() {
    assertThat(promised())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Refusal.values()).map(Refusal::name).toList());
  }
}
