package org.vestibule.container.probe;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.vestibule.api.AccessTokenUnavailableException;
import org.vestibule.api.Caller;

/** Asks for the access token (GET) or refreshes it (POST), and says what came of it. */
@WebServlet("/token")
public class TokenServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;
  @Inject private transient Hits hits;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    hits.count("token");
    answer(response);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      caller.refresh();
    } catch (AccessTokenUnavailableException e) {
      unavailable(response, e);
      return;
    }
    answer(response);
  }

  private void answer(HttpServletResponse response) throws IOException {
    try {
      Texts.write(response, "token " + fingerprint(caller.accessToken()));
    } catch (AccessTokenUnavailableException e) {
      unavailable(response, e);
    }
  }

  private static void unavailable(HttpServletResponse response, AccessTokenUnavailableException e)
      throws IOException {
    Texts.write(
        response, "unavailable, login required: " + e.isLoginRequired() + ", " + e.getMessage());
  }

  /** What tells one token from another and is no secret. */
  public static String fingerprint(String token) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
