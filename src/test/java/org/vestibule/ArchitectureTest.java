package org.vestibule;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpSession;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;
import org.vestibule.protocol.Secret;
import org.vestibule.protocol.authorization.AuthorizationResponseValidator;
import org.vestibule.protocol.authorization.GrantedAuthorization;
import org.vestibule.protocol.openid.IdTokenValidator;
import org.vestibule.protocol.openid.LogoutTokenValidator;
import org.vestibule.protocol.openid.VerifiedIdToken;
import org.vestibule.protocol.openid.VerifiedLogoutToken;

/** The floors of the house: what each may know, and that nobody looks upwards. */
@AnalyzeClasses(packages = "org.vestibule", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String PROTOCOL = "org.vestibule.protocol";
  private static final String AUTHORIZATION = "org.vestibule.protocol.authorization";
  private static final String TOKEN = "org.vestibule.protocol.token";
  private static final String OPENID = "org.vestibule.protocol.openid";
  private static final String PROVIDER = "org.vestibule.provider";
  private static final String LOGIN = "org.vestibule.login";
  private static final String SESSION = "org.vestibule.session";
  private static final String SHARED = "org.vestibule.shared";
  private static final String DOCTOR = "org.vestibule.doctor";
  private static final String COMMAND = "org.vestibule.command";
  private static final String WEB = "org.vestibule.web";
  private static final String API = "org.vestibule.api";
  private static final String SHOWCASE = "org.vestibule.showcase";

  private static final String[] ANYWHERE = {"java..", "org.jspecify.annotations"};
  private static final String CDI = "jakarta.enterprise..";
  private static final String INJECT = "jakarta.inject..";
  private static final String INTERCEPTOR = "jakarta.interceptor";

  /** They are told by the container which method is called, and read its annotations. */
  private static final DescribedPredicate<JavaClass> ARE_TOLD_OF_A_CALL =
      describe(
          "are told of a call",
          type -> isIn(type, WEB + ".AcrInterceptor") || isIn(type, WEB + ".RestRequirements"));

  private static ArchRule floor(String floor, String... mayKnow) {
    DescribedPredicate<JavaClass> known =
        resideInAnyPackage(ANYWHERE).or(resideInAPackage(floor)).or(resideInAnyPackage(mayKnow));
    return classes().that().resideInAPackage(floor).should().onlyDependOnClassesThat(known);
  }

  // Floor 0: the words

  @ArchTest static final ArchRule protocol_knows_java_alone = floor(PROTOCOL);

  // Floor 1: what is said

  @ArchTest static final ArchRule authorization_knows_the_words = floor(AUTHORIZATION, PROTOCOL);

  @ArchTest
  static final ArchRule token_knows_the_authorization = floor(TOKEN, PROTOCOL, AUTHORIZATION);

  @ArchTest static final ArchRule openid_knows_the_words = floor(OPENID, PROTOCOL, AUTHORIZATION);

  // Floor 2: whom we talk to

  @ArchTest
  static final ArchRule provider_knows_the_protocol_and_the_outer_world =
      floor(
          PROVIDER,
          "org.vestibule.protocol..",
          "org.eclipse.microprofile.config..",
          "com.nimbusds.jose..",
          "com.ibm.websphere.ssl",
          "jakarta.json..",
          "javax.net.ssl");

  @ArchTest
  static final ArchRule shared_knows_the_engines_alone =
      floor(SHARED, "javax.cache..", "javax.naming", "javax.sql");

  // Floor 3: what we remember, and the story

  @ArchTest
  static final ArchRule login_knows_protocol_provider_and_what_is_remembered =
      floor(LOGIN, "org.vestibule.protocol..", PROVIDER, SESSION, SHARED);

  @ArchTest
  static final ArchRule session_knows_the_protocol =
      classes()
          .that()
          .resideInAPackage(SESSION)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(ANYWHERE)
                  .or(resideInAnyPackage(SESSION, SHARED, "org.vestibule.protocol..", CDI, INJECT))
                  .or(resideInAPackage("javax.crypto.."))
                  .or(type(HttpSession.class)));

  /** Without a servlet container: a command line has to make do with it. */
  @ArchTest
  static final ArchRule doctor_knows_protocol_and_provider =
      floor(DOCTOR, "org.vestibule.protocol..", PROVIDER);

  // Floor 4: who calls us

  @ArchTest
  static final ArchRule web_knows_everything_below =
      floor(
          WEB,
          "org.vestibule.protocol..",
          PROVIDER,
          LOGIN,
          SESSION,
          SHARED,
          DOCTOR,
          API,
          "jakarta.servlet..",
          "jakarta.security.enterprise..",
          "jakarta.ws.rs..",
          "jakarta.faces..",
          "jakarta.annotation",
          INTERCEPTOR,
          CDI,
          INJECT,
          "org.eclipse.microprofile.config..");

  /** A program of its own, which no server and no application needs. */
  @ArchTest
  static final ArchRule command_knows_the_doctor =
      floor(
          COMMAND,
          "org.vestibule.protocol..",
          PROVIDER,
          DOCTOR,
          "org.eclipse.microprofile.config..");

  @ArchTest
  static final ArchRule nobody_knows_the_command =
      noClasses()
          .that()
          .resideOutsideOfPackage(COMMAND)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(COMMAND);

  // Beside the floors

  @ArchTest static final ArchRule api_knows_nothing_of_ours = floor(API, CDI, INJECT, INTERCEPTOR);

  @ArchTest
  static final ArchRule showcase_knows_the_api_like_any_application =
      floor(SHOWCASE, API, "jakarta..", "org.eclipse.microprofile.config..");

  @ArchTest
  static final ArchRule nobody_knows_the_showcase =
      noClasses()
          .that()
          .resideOutsideOfPackage(SHOWCASE)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(SHOWCASE);

  @ArchTest
  static final ArchRule no_package_leads_back_to_itself =
      slices().matching("org.vestibule.(**)").should().beFreeOfCycles();

  /** A new package has to be given its place here. */
  @ArchTest
  static void every_package_has_its_floor(JavaClasses house) {
    Set<String> packages = new TreeSet<>();
    house.forEach(type -> packages.add(type.getPackageName()));

    assertThat(packages)
        .containsExactlyInAnyOrder(
            PROTOCOL,
            AUTHORIZATION,
            TOKEN,
            OPENID,
            PROVIDER,
            LOGIN,
            SESSION,
            SHARED,
            DOCTOR,
            COMMAND,
            WEB,
            API,
            SHOWCASE);
  }

  // One place for each library

  private static ArchRule onlyIn(String library, String... places) {
    return noClasses()
        .that(not(resideInAnyPackage(places)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .as(library + " is known in " + List.of(places) + " alone");
  }

  @ArchTest static final ArchRule jose = onlyIn("com.nimbusds..", PROVIDER);

  @ArchTest static final ArchRule http = onlyIn("java.net.http..", PROVIDER, SHOWCASE);

  @ArchTest
  static final ArchRule json =
      noClasses()
          .that(resideInAPackage("org.vestibule..").and(not(resideInAPackage(SHOWCASE))))
          .and(describe("are not Json", type -> !isIn(type, "org.vestibule.provider.Json")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.json..");

  @ArchTest
  static final ArchRule open_libertys_own_api =
      noClasses()
          .that(describe("are not ServerTrust", type -> !isIn(type, PROVIDER + ".ServerTrust")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.ibm..");

  /** The class of this name or one within it. */
  private static boolean isIn(JavaClass type, String name) {
    return type.getName().equals(name) || type.getName().startsWith(name + "$");
  }

  // Proofs

  @ArchTest
  static final ArchRule only_the_validator_proves_an_authorization =
      made(GrantedAuthorization.class, AuthorizationResponseValidator.class);

  @ArchTest
  static final ArchRule only_the_validator_proves_an_id_token =
      made(VerifiedIdToken.class, IdTokenValidator.class);

  @ArchTest
  static final ArchRule only_the_validator_proves_a_logout_token =
      made(VerifiedLogoutToken.class, LogoutTokenValidator.class);

  private static ArchRule made(Class<?> proof, Class<?> validator) {
    return noClasses()
        .that()
        .areNotAssignableTo(validator)
        .should()
        .callConstructorWhere(
            describe(
                "it is that of " + proof.getSimpleName(),
                call -> call.getTarget().getOwner().isEquivalentTo(proof)));
  }

  @ArchTest
  static final ArchRule proofs_cannot_be_made_from_outside =
      constructors()
          .that()
          .areDeclaredIn(GrantedAuthorization.class)
          .or()
          .areDeclaredIn(VerifiedIdToken.class)
          .or()
          .areDeclaredIn(VerifiedLogoutToken.class)
          .should()
          .bePackagePrivate();

  // Habits

  @ArchTest
  static final ArchRule nothing_is_printed =
      noClasses().that().resideOutsideOfPackage(COMMAND).should(ACCESS_STANDARD_STREAMS);

  /** CR-03. */
  @ArchTest
  static final ArchRule randomness_is_secure =
      noClasses()
          .should()
          .dependOnClassesThat(
              describe(
                  "give numbers that can be guessed",
                  type ->
                      type.isEquivalentTo(Random.class)
                          || type.isEquivalentTo(SplittableRandom.class)
                          || type.isEquivalentTo(ThreadLocalRandom.class)
                          || type.isEquivalentTo(UUID.class)))
          .orShould()
          .callMethod(Math.class, "random");

  /** The composition root hands it in. */
  @ArchTest
  static final ArchRule randomness_is_handed_in =
      noClasses()
          .that()
          .resideOutsideOfPackages(WEB, SHOWCASE, COMMAND)
          .should()
          .callConstructor(SecureRandom.class)
          .orShould()
          .callMethod(SecureRandom.class, "getInstanceStrong");

  /** Equality that stops at the first difference tells how much was right. */
  @ArchTest
  static final ArchRule secrets_are_compared_in_constant_time =
      classes()
          .that(type(Secret.class))
          .should()
          .callMethod(MessageDigest.class, "isEqual", byte[].class, byte[].class)
          .andShould(
              ArchConditions.not(ArchConditions.callMethod(String.class, "equals", Object.class)));

  @ArchTest
  static final ArchRule time_is_handed_in =
      noClasses()
          .that()
          .resideOutsideOfPackages(WEB, SHOWCASE, COMMAND)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule only_what_a_container_makes_is_injected_into =
      fields()
          .that()
          .areAnnotatedWith(Inject.class)
          .should()
          .beDeclaredInClassesThat(resideInAnyPackage(WEB, SESSION, SHOWCASE));

  @ArchTest
  static final ArchRule what_goes_wrong_has_a_name =
      noCodeUnits()
          .that()
          .areDeclaredInClassesThat(not(ARE_TOLD_OF_A_CALL))
          .should()
          .declareThrowableOfType(Exception.class)
          .orShould()
          .declareThrowableOfType(Throwable.class);

  @ArchTest
  static final ArchRule nothing_static_changes = fields().that().areStatic().should().beFinal();

  @ArchTest
  static final ArchRule nobody_looks_behind_the_types =
      noClasses()
          .that(not(ARE_TOLD_OF_A_CALL))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.reflect");

  @ArchTest
  static final ArchRule null_is_marked_everywhere =
      classes()
          .should(
              new ArchCondition<JavaClass>("be in a package that is @NullMarked") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                  boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                  events.add(new SimpleConditionEvent(type, marked, type.getPackageName()));
                }
              });
}
