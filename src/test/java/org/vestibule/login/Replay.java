package org.vestibule.login;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vestibule.protocol.Claims;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.provider.Json;
import org.vestibule.testing.Answer;
import org.vestibule.testing.JwsAlgorithm;

/** What a provider is documented to answer, from {@code replays/<preset>.json}. */
record Replay(String preset, Claims file) {

  /** A refusal of the token endpoint, and what it has to be taken for. */
  record Refusal(ProviderTrouble trouble, Answer answer) {}

  static Replay of(String preset) {
    String name = "replays/" + preset + ".json";
    try (InputStream file = Replay.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new AssertionError(name + " is missing");
      }
      return new Replay(preset, new Claims(Json.read(new String(file.readAllBytes(), UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> sources() {
    return file.strings("source");
  }

  /** What has to be set beside the client. */
  Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    object("settings").members().forEach((key, value) -> settings.put(key, value.toString()));
    return settings;
  }

  JwsAlgorithm algorithm() {
    return JwsAlgorithm.valueOf(file.string("algorithm").orElse("RS256"));
  }

  Claims object(String name) {
    return new Claims(map(file.members().get(name)));
  }

  boolean has(String name) {
    return file.has(name);
  }

  Optional<String> cancelled() {
    return file.string("cancelled");
  }

  /** The token response. */
  Answer token(String idToken) {
    return answer(object("token"), idToken);
  }

  List<Refusal> refusals() {
    return ((List<?>) file.members().get("refusals"))
        .stream()
            .map(refusal -> new Claims(map(refusal)))
            .map(
                refusal ->
                    new Refusal(
                        ProviderTrouble.valueOf(refusal.string("trouble").orElseThrow()),
                        answer(refusal, "")))
            .toList();
  }

  private static Answer answer(Claims answer, String idToken) {
    long status = answer.members().get("status") instanceof Long number ? number : 200;
    String type = answer.string("contentType").orElse("application/json");
    String body = text(answer.members().get("body")).replace("{id_token}", idToken);
    Answer plain = Answer.of((int) status, type, body);
    return type.isEmpty() ? plain.withoutHeader("Content-Type") : plain;
  }

  private static String text(Object body) {
    return body instanceof String text ? text : Json.write(map(body));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }

  /** For the name of the test. */
  @Override
  public String toString() {
    return preset;
  }
}
