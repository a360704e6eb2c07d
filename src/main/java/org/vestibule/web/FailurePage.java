package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.vestibule.api.PageAttributes;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.RandomValues;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Violation;
import org.vestibule.provider.Json;
import org.vestibule.provider.Setting;

/**
 * Answers failures, and is the only place that maps one to a status and a page. The user reads what
 * they can do and a number to give to whoever helps them; the log has the same number with the
 * cause and the remedy. What exactly was wrong is nothing to tell a stranger.
 */
final class FailurePage {

  private static final Logger LOG = Logger.getLogger("org.vestibule");
  private static final String RETRY_AFTER_SECONDS = "10";
  private static final int CORRELATION_CHARACTERS = 10;
  private static final int SERVER_ERRORS = 500;

  /** How a failure is answered. */
  private record Answer(int status, String page, String action, String error) {

    Answer(int status, String page, String action) {
      this(status, page, action, page);
    }
  }

  private static final String RETRY = "action.retry";
  private static final String SIGN_OUT = "action.signout";
  private static final Answer DENIED = new Answer(403, "denied", RETRY);
  private static final Answer INSUFFICIENT =
      new Answer(403, "insufficient", RETRY, "insufficient_user_authentication");
  private static final Answer OTHER_TENANT = new Answer(403, "tenant", RETRY, "tenant_not_allowed");
  private static final Answer FAILED = new Answer(400, "failed", RETRY);
  private static final Answer BAD_GATEWAY = new Answer(502, "unavailable", RETRY);
  private static final Answer UNAVAILABLE = new Answer(503, "unavailable", RETRY);
  private static final Answer GATEWAY_TIMEOUT = new Answer(504, "unavailable", RETRY);

  private final RandomValues random;
  private final ReturnAddress returnAddress;
  private final String logoutUrl;
  private final Pages pages;
  private final WarningLimit limit;

  FailurePage(
      RandomValues random,
      ReturnAddress returnAddress,
      String logoutUrl,
      Pages pages,
      WarningLimit limit) {
    this.random = random;
    this.returnAddress = returnAddress;
    this.logoutUrl = logoutUrl;
    this.pages = pages;
    this.limit = limit;
  }

  /**
   * Logs the failure and answers the request.
   *
   * @param retry where "try again" leads
   * @return the correlation id
   */
  String write(
      HttpServletRequest request,
      HttpServletResponse response,
      LoginException failure,
      String retry)
      throws IOException {
    Answer answer = answer(failure.failure());
    String correlationId = log(failure, answer);
    response.resetBuffer();
    if (answer.status() > SERVER_ERRORS) {
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    }
    Challenge challenge = Challenge.of(request);
    if (challenge == Challenge.FETCH) {
      writeJson(response, answer, correlationId);
    } else {
      Page page =
          Page.of(answer.page(), request)
              .withButton(answer.action(), answer.action().equals(SIGN_OUT) ? logoutUrl : retry)
              .withNote("note.correlation", correlationId)
              .withAttribute(PageAttributes.RETRY_URL, retry)
              .withAttribute(PageAttributes.CORRELATION_ID, correlationId)
              .withAttribute(PageAttributes.MESSAGE, failure.failure().code());
      pages.write(Setting.ERROR_PAGE, page, request, response, answer.status());
    }
    return correlationId;
  }

  /** With the application's root as the place to try again. */
  String write(HttpServletRequest request, HttpServletResponse response, LoginException failure)
      throws IOException {
    return write(request, response, failure, returnAddress.root());
  }

  private static Answer answer(Failure failure) {
    if (failure instanceof Violation violation) {
      return answer(violation);
    }
    if (failure instanceof ProviderTrouble trouble) {
      return switch (trouble) {
        case TIMEOUT -> GATEWAY_TIMEOUT;
        case BUSY, SHARED_STATE -> UNAVAILABLE;
        case CODE_REFUSED -> FAILED;
        case USER_TOO_LARGE -> new Answer(500, "error", RETRY);
        default -> BAD_GATEWAY;
      };
    }
    return switch ((Refusal) failure) {
      case ACCESS_DENIED -> DENIED;
      case PROVIDER_UNAVAILABLE -> UNAVAILABLE;
      case NOT_CONFIGURED -> new Answer(503, "unconfigured", "action.home");
      case PUBLIC_URL_UNKNOWN -> new Answer(400, "unconfigured", "action.home");
      case AUTHORIZATION_REFUSED -> FAILED;
      case PROVIDER_UNKNOWN -> new Answer(404, "unknown", "action.home");
      case PATH_REFUSED, LOGOUT_UNATTRIBUTED -> new Answer(400, "rejected", "action.home");
      case TOKEN_MISSING -> new Answer(403, "rejected", "action.home");
      case SESSION_COOKIE_TWICE -> new Answer(400, "rejected", "action.signin");
      case METHOD_NOT_ALLOWED -> new Answer(405, "rejected", "action.home");
      case NOT_SIGNED_IN, NO_REFRESH_TOKEN, REFRESH_OFF ->
          new Answer(401, "silent", "action.signin");
      case FORM_UNREADABLE -> new Answer(400, "formlost", "action.page");
      case FORM_SENT -> new Answer(409, "formsent", "action.page");
      case SECOND_PROVIDER -> new Answer(403, "second", SIGN_OUT);
      case ROLE_MISSING -> new Answer(403, "forbidden", "action.home", "insufficient_role");
      case SCOPE_INSUFFICIENT -> new Answer(403, "forbidden", "action.home", "insufficient_scope");
      case UNEXPECTED,
          PAGE_FAILED,
          ROLES_UNAVAILABLE,
          AUTHENTICATION_CONTRADICTORY,
          ADDRESS_DIFFERS,
          SESSION_LOST ->
          new Answer(500, "error", RETRY);
    };
  }

  /** A provider whose answers cannot be used is broken; everything else may be an attack. */
  private static Answer answer(Violation violation) {
    return switch (violation) {
      case TOKEN_RESPONSE_MALFORMED,
          TOKEN_RESPONSE_STATUS,
          ACCESS_TOKEN_MISSING,
          TOKEN_TYPE_MISSING,
          TOKEN_TYPE_UNSUPPORTED,
          EXPIRES_IN_INVALID,
          ID_TOKEN_MISSING,
          USERINFO_MALFORMED,
          METADATA_MALFORMED,
          METADATA_ISSUER,
          METADATA_ENDPOINT,
          PARAMETER_TWICE ->
          BAD_GATEWAY;
      case STEP_UP_ACR, STEP_UP_AUTH_TIME -> INSUFFICIENT;
      case TENANT_NOT_ALLOWED -> OTHER_TENANT;
      default -> FAILED;
    };
  }

  /** One line; the stack is for those who ask for it. */
  private String log(LoginException failure, Answer answer) {
    String correlationId = correlationId();
    boolean ours =
        answer.status() >= SERVER_ERRORS || failure.failure() == Refusal.PUBLIC_URL_UNKNOWN;
    Level level = ours ? limit.level(failure) : Level.INFO;
    LOG.log(level, () -> failure.getMessage() + " [correlation id " + correlationId + "]");
    LOG.log(Level.FINE, correlationId, failure);
    return correlationId;
  }

  /** Letters and digits: it is read out on the phone, and searched for in logs. */
  private String correlationId() {
    return random.next().value().replaceAll("[-_]", "").substring(0, CORRELATION_CHARACTERS);
  }

  private static void writeJson(HttpServletResponse response, Answer answer, String correlationId)
      throws IOException {
    ResponseHeaders.protect(response);
    response.setStatus(answer.status());
    response.setContentType("application/json");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("error", answer.error());
    body.put("correlation_id", correlationId);
    response.getOutputStream().write(Json.write(body).getBytes(UTF_8));
  }
}
