package org.vestibule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Parameters;
import org.vestibule.protocol.Secret;
import org.vestibule.provider.IpNetwork;
import org.vestibule.testing.Answer;
import org.vestibule.testing.AuthorizationServer;
import org.vestibule.testing.Endpoint;
import org.vestibule.testing.IdTokenSigner;
import org.vestibule.testing.RecordedRequest;

/** LG-01: whatever prints a value, or an exception with all its causes, prints no secret. */
class NothingSecretIsPrintedTest {

  private static final String CANARY = "SplxlOBeZQQYbYS6WxSbIA";

  /** All values below the web floor, those of tomorrow included. */
  static final List<Class<?>> VALUES =
      new ClassFileImporter()
              .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
              .importPackages(
                  "org.vestibule.protocol",
                  "org.vestibule.provider",
                  "org.vestibule.login",
                  "org.vestibule.doctor",
                  "org.vestibule.session")
              .stream()
              .<Class<?>>map(JavaClass::reflect)
              .filter(NothingSecretIsPrintedTest::isValue)
              .filter(NothingSecretIsPrintedTest::holdsSecrets)
              .toList();

  private static boolean isValue(Class<?> type) {
    return type.isRecord() || type == Parameters.class || type == Secret.class;
  }

  private static boolean holdsSecrets(Type type) {
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments())
          .anyMatch(NothingSecretIsPrintedTest::holdsSecrets);
    }
    return type == Secret.class
        || type == Parameters.class
        || type == Claims.class
        || (type instanceof Class<?> record
            && record.isRecord()
            && Arrays.stream(record.getRecordComponents())
                .anyMatch(component -> holdsSecrets(component.getGenericType())));
  }

  @ParameterizedTest
  @FieldSource("VALUES")
  void a_value_that_holds_a_secret_does_not_print_it(Class<?> type) {
    assertThat(String.valueOf(canary(type))).isNotEmpty().doesNotContain(CANARY);
  }

  /** LG-08: what makes JSON of objects looks for getters, fields and components. */
  @Test
  void nothing_of_the_api_becomes_a_member_of_json_that_is_secret() {
    Set<String> members = new TreeSet<>();
    for (JavaClass type :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.vestibule.api")) {
      members.addAll(members(type.reflect()));
    }

    assertThat(members)
        .containsExactly(
            "authenticated",
            "claims",
            "code",
            "correlationId",
            "loginRequired",
            "name",
            "provider",
            "reason");
  }

  private static Set<String> members(Class<?> type) {
    Set<String> members = new TreeSet<>();
    if (type.isRecord()) {
      Arrays.stream(type.getRecordComponents()).forEach(c -> members.add(c.getName()));
    }
    for (Method method : type.getDeclaredMethods()) {
      Matcher getter = Pattern.compile("(?:get|is)([A-Z])(.*)").matcher(method.getName());
      if (method.getParameterCount() == 0 && getter.matches()) {
        members.add(getter.group(1).toLowerCase(Locale.ROOT) + getter.group(2));
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if (Modifier.isPublic(field.getModifiers()) && !Modifier.isStatic(field.getModifiers())) {
        members.add(field.getName());
      }
    }
    return members;
  }

  @Test
  void there_are_such_values() {
    assertThat(VALUES).hasSizeGreaterThan(15);
  }

  /** A value in which every secret is the canary. */
  private static Object canary(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Object first = canary(arguments[0]);
      return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
        case "Optional" -> Optional.of(first);
        case "List" -> List.of(first);
        case "Set" -> Set.of(first);
        case "CompletableFuture" -> CompletableFuture.completedFuture(first);
        case "Map" -> Map.of(first, canary(arguments[1]));
        default -> throw new AssertionError("teach this test about " + generic);
      };
    }
    return canary((Class<?>) type);
  }

  private static Object canary(Class<?> type) {
    Map<Class<?>, Object> known =
        Map.of(
            Secret.class, Secret.of(CANARY),
            Parameters.class, Parameters.empty().with("name", CANARY),
            Claims.class, new Claims(Map.of("name", CANARY)),
            String.class, "text",
            URI.class, URI.create("https://server.example.com/"),
            Instant.class, Instant.EPOCH,
            Duration.class, Duration.ofSeconds(1),
            Path.class, Path.of("file"),
            InetSocketAddress.class, InetSocketAddress.createUnresolved("proxy", 1),
            boolean.class, true);
    if (known.containsKey(type)) {
      return known.get(type);
    }
    if (type == IpNetwork.class) {
      return IpNetwork.parse("10.0.0.0/8").orElseThrow();
    }
    if (type == int.class) {
      return 1;
    }
    if (type == OptionalInt.class) {
      return OptionalInt.of(1);
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    return type.isSealed() ? canary(type.getPermittedSubclasses()[0]) : made(type);
  }

  private static Object made(Class<?> type) {
    try {
      Constructor<?> constructor = type.getDeclaredConstructors()[0];
      constructor.setAccessible(true);
      return constructor.newInstance(
          Arrays.stream(constructor.getGenericParameterTypes())
              .map(NothingSecretIsPrintedTest::canary)
              .toArray());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("teach this test about " + type, e);
    }
  }

  /** Ways in which a provider can fail while it holds, or sends, secrets. */
  static Stream<Consumer<AuthorizationServer>> failures() {
    String tokens =
        "{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"token_type\":\"%s\""
            .formatted(CANARY, CANARY, "Bearer");
    return Stream.of(
        token(Answer.json(200, tokens)),
        token(Answer.json(200, tokens + ",\"access_token\":\"" + CANARY + "\"}")),
        token(Answer.json(200, tokens + "} " + CANARY)),
        token(Answer.json(201, tokens + "}")),
        token(Answer.json(200, tokens + ",\"expires_in\":\"" + CANARY + "\"}")),
        token(Answer.json(200, tokens + ",\"id_token\":\"" + CANARY + "\"}")),
        token(Answer.json(200, tokens + ",\"id_token\":\"" + CANARY + "." + CANARY + ".A\"}")),
        token(
            Answer.json(
                200, "{\"access_token\":\"" + CANARY + "\\r\\n\",\"token_type\":\"Bearer\"}")),
        token(Answer.html(200, "<p>" + CANARY)),
        token(Answer.of(200, "application/x-www-form-urlencoded", "access_token=" + CANARY)),
        token(Answer.empty(503)),
        token(Answer.dropped()),
        token(Answer.redirect(302, "https://server.example.com/?code=" + CANARY)),
        server ->
            server
                .on(Endpoint.TOKEN)
                .always((request, regular) -> Answer.json(400, quoting(request))),
        server -> server.idTokenSigner(IdTokenSigner.unsigned("none")),
        server -> server.idTokenSigner(IdTokenSigner.hs256(key -> CANARY.getBytes(UTF_8))),
        server -> server.idTokenClaims(claims -> claims.put("nonce", CANARY)),
        server -> server.idTokenClaims(claims -> claims.put("at_hash", CANARY)),
        server -> server.tokenResponse(response -> response.put("access_token", CANARY)),
        server -> server.on(Endpoint.USERINFO).always(Answer.empty(401)),
        server -> server.on(Endpoint.USERINFO).always(Answer.dropped()),
        server -> server.on(Endpoint.JWKS).always(Answer.html(200, CANARY)));
  }

  private static Consumer<AuthorizationServer> token(Answer answer) {
    return server -> server.on(Endpoint.TOKEN).always(answer);
  }

  /** As some servers do. */
  private static String quoting(RecordedRequest request) {
    return "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid authorization code: %s\"}"
        .formatted(request.form().get("code"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_login_that_fails_prints_no_secret(Consumer<AuthorizationServer> failing) {
    try (TestClient client = TestClient.openId()) {
      failing.accept(client.server());

      Throwable failure = catchThrowable(client::login);

      assertThat(failure).isInstanceOf(LoginException.class);
      assertThat(printed(failure)).doesNotContain(secrets(client.server()));
    }
  }

  private static String printed(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static List<String> secrets(AuthorizationServer server) {
    RecordedRequest authorization = server.lastRequest(Endpoint.AUTHORIZATION);
    RecordedRequest token = server.lastRequest(Endpoint.TOKEN);
    Stream<String> bearer =
        server.requests(Endpoint.USERINFO).stream().map(request -> request.bearerToken());
    return Stream.concat(
            bearer,
            Stream.of(
                CANARY,
                TestClient.SECRET,
                authorization.query().get("state"),
                authorization.query().get("nonce"),
                token.form().get("code"),
                token.form().get("code_verifier"),
                token.header("Authorization")))
        .toList();
  }
}
