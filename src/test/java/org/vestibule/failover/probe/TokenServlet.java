package org.vestibule.failover.probe;

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

/** Says whose request it is, which node answers, and which access token there is. */
@WebServlet("/token")
public class TokenServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Inject private transient Caller caller;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain");
    response
        .getWriter()
        .print(request.getRemoteUser() + " " + request.getLocalPort() + " " + token());
  }

  private String token() {
    try {
      return fingerprint(caller.accessToken());
    } catch (AccessTokenUnavailableException e) {
      return "unavailable" + (e.isLoginRequired() ? ", login required" : ", for the moment");
    }
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
