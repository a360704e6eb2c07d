package org.vestibule.showcase;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.Map;
import org.vestibule.testing.FormData;
import org.vestibule.testing.RawBrowser;
import org.vestibule.testing.RawRequest;
import org.vestibule.testing.RawResponse;

/** Administers the realm of a {@link KeycloakServer} by its admin API. */
final class KeycloakAdmin {

  static final String NAME = "admin";
  static final String PASSWORD = "for-tests-only";

  /** The ids in {@code keycloak/realm.json}. */
  private static final String ALICE = "248289761001";

  private static final String CLIENT = "s6BhdRkqt3-showcase";

  private final String server;

  KeycloakAdmin(String server) {
    this.server = server;
  }

  /** Ends all sessions of a user, as an administrator does who has lost trust in them. */
  void signOutAlice() {
    send("POST", "/users/" + ALICE + "/logout", "{}");
  }

  /** Has the showcase signed out through browsers, or by messages from server to server. */
  void signOutThroughBrowsers(boolean wanted) {
    send(
        "PUT",
        "/clients/" + CLIENT,
        "{\"clientId\":\""
            + KeycloakServer.CLIENT_ID
            + "\",\"frontchannelLogout\":"
            + wanted
            + "}");
  }

  /** Gives users a stronger way to sign in: gold by a second password, silver by one. */
  void addStepUp() {
    String flows = "/authentication/flows";
    send(
        "POST",
        flows,
        "{\"alias\":\"step-up\",\"providerId\":\"basic-flow\",\"topLevel\":true,\"builtIn\":false}");
    execution("step-up", "auth-cookie");
    subflow("step-up", "step-up-forms");
    subflow("step-up-forms", "step-up-silver");
    execution("step-up-silver", "conditional-level-of-authentication");
    execution("step-up-silver", "auth-username-password-form");
    subflow("step-up-forms", "step-up-gold");
    execution("step-up-gold", "conditional-level-of-authentication");
    execution("step-up-gold", "auth-password-form");
    int level = 0;
    for (JsonObject execution : executions().getValuesAs(JsonObject.class)) {
      require(execution);
      if (execution.getString("providerId", "").startsWith("conditional-level")) {
        level++;
        send(
            "POST",
            "/authentication/executions/" + execution.getString("id") + "/config",
            ("{\"alias\":\"level %d\",\"config\":{\"loa-condition-level\":\"%d\","
                    + "\"loa-max-age\":\"300\"}}")
                .formatted(level, level));
      }
    }
    send("PUT", "", "{\"browserFlow\":\"step-up\"}");
  }

  private void execution(String flow, String provider) {
    send(
        "POST",
        "/authentication/flows/" + flow + "/executions/execution",
        "{\"provider\":\"" + provider + "\"}");
  }

  private void subflow(String flow, String alias) {
    send(
        "POST",
        "/authentication/flows/" + flow + "/executions/flow",
        "{\"alias\":\"" + alias + "\",\"type\":\"basic-flow\",\"description\":\"\"}");
  }

  private void require(JsonObject execution) {
    String requirement =
        switch (execution.getString("displayName")) {
          case "Cookie", "step-up-forms" -> "ALTERNATIVE";
          case "step-up-silver", "step-up-gold" -> "CONDITIONAL";
          default -> "REQUIRED";
        };
    send(
        "PUT",
        "/authentication/flows/step-up/executions",
        Json.createObjectBuilder(execution).add("requirement", requirement).build().toString());
  }

  private JsonArray executions() {
    RawResponse answer = request("GET", "/authentication/flows/step-up/executions").send();
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readArray();
    }
  }

  private void send(String method, String path, String json) {
    RawResponse answer = request(method, path).body("application/json", json).send();
    assertThat(answer.status()).as("%s\n%s", answer, answer.body()).isBetween(200, 299);
  }

  private RawRequest request(String method, String path) {
    return new RawBrowser()
        .request(method, server + "/admin/realms/vestibule" + path)
        .header("Authorization", "Bearer " + token());
  }

  private String token() {
    Map<String, Object> answer =
        new RawBrowser()
            .request("POST", server + "/realms/master/protocol/openid-connect/token")
            .form(
                FormData.of(
                    "grant_type",
                    "password",
                    "client_id",
                    "admin-cli",
                    "username",
                    NAME,
                    "password",
                    PASSWORD))
            .send()
            .json();
    return String.valueOf(answer.get("access_token"));
  }
}
