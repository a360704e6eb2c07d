package org.vestibule;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.ArchTest;
import java.lang.annotation.Annotation;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/**
 * The tests that there are, as pages of the manual name them: {@code SignInIT.somebody_signs_in}.
 */
public final class KnownTests {

  private static final Set<Class<? extends Annotation>> KINDS =
      Set.of(Test.class, ParameterizedTest.class, RepeatedTest.class, ArchTest.class);

  private static final Set<String> NAMES =
      new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
              .importPackages("org.vestibule")
              .stream()
              .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
              .flatMap(KnownTests::namesIn)
              .collect(Collectors.toUnmodifiableSet());

  private KnownTests() {}

  public static Set<String> names() {
    return NAMES;
  }

  /** Those that it inherits included, as they are run by its name. */
  private static Stream<String> namesIn(JavaClass type) {
    return Stream.concat(type.getAllMethods().stream(), type.getAllFields().stream())
        .filter(KnownTests::isTest)
        .map(member -> type.getSimpleName() + "." + member.getName());
  }

  private static boolean isTest(JavaMember member) {
    return KINDS.stream().anyMatch(member::isAnnotatedWith);
  }
}
