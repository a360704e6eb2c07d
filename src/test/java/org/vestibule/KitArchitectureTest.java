package org.vestibule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The kit is an archive of its own, for the tests of applications that know nothing of us. */
@AnalyzeClasses(packages = "org.vestibule.testing")
class KitArchitectureTest {

  @ArchTest
  static final ArchRule the_kit_needs_the_jdk_and_the_jose_library =
      classes()
          .that()
          .haveNameNotMatching(".*Test([$].*)?")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "org.vestibule.testing",
              "java..",
              "javax.net..",
              "javax.crypto..",
              "com.sun.net.httpserver..",
              "com.nimbusds.jose..",
              "com.nimbusds.jwt..",
              "org.jspecify..");
}
