package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.vestibule.doctor.Diagnosis;
import org.vestibule.doctor.HtmlReport;
import org.vestibule.doctor.JsonReport;
import org.vestibule.doctor.Site;
import org.vestibule.doctor.Word;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.SignedIn;
import org.vestibule.provider.ApplicationSettings.DoctorAccess;
import org.vestibule.provider.ApplicationSettings.Operations;

/**
 * Shows the diagnosis to those who may see it; for all others who cannot become one of them by
 * signing in there is nothing at this address.
 */
public final class DoctorServlet extends EndpointServlet {

  private static final long serialVersionUID = 1L;

  private static final String POLICY =
      "default-src 'none'; style-src 'sha256-"
          + Page.hash(HtmlReport.STYLE)
          + "'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  /** Where there is nothing, there is nothing by any method. */
  private static final List<String> ALL =
      List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH");

  /** For the container. */
  public DoctorServlet() {
    super("GET");
  }

  @Override
  List<String> methods(Vestibule house) {
    return house.configuration().application().operations().doctor() == DoctorAccess.OFF
        ? ALL
        : super.methods(house);
  }

  @Override
  void serve(Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Operations operations = house.configuration().application().operations();
    boolean isHere =
        operations.doctor() == DoctorAccess.LOOPBACK
            && house.address().isOnThisMachine()
            && ThisMachine.isOriginOf(request);
    boolean forRole =
        operations.doctor() != DoctorAccess.OFF && operations.doctorRole().isPresent();
    if (isHere) {
      show(house, request, response);
    } else if (!forRole) {
      response.sendError(HttpServletResponse.SC_NOT_FOUND);
    } else {
      showToRole(house, operations.doctorRole().get(), request, response);
    }
  }

  private static void showToRole(
      Vestibule house, String role, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    SignedIn signedIn = house.sessions().signedIn(request);
    if (signedIn == null) {
      LoginFilter.challenge(house, request, response, null);
    } else if (signedIn.identity().roles().contains(role)) {
      show(house, request, response);
    } else {
      throw new LoginException(Refusal.ROLE_MISSING, "doctor-role");
    }
  }

  private static void show(
      Vestibule house, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Site site = house.lasting().site().running(house.address().knownOrigin(request));
    Diagnosis diagnosis = house.lasting().consultation().diagnosis(house.configuration(), site);
    ResponseHeaders.protect(response);
    response.setHeader("Vary", "Accept, Accept-Language");
    if (wantsJson(request)) {
      response.setContentType("application/json");
      write(response, JsonReport.of(diagnosis));
    } else {
      Texts texts = Texts.of(request);
      // An application that adds a language need not translate this page; English is a whole one.
      boolean isTranslated = texts.isTranslated("doctor.title");
      response.setHeader("Content-Security-Policy", POLICY);
      response.setHeader("Content-Language", isTranslated ? texts.language() : "en");
      response.setContentType("text/html;charset=UTF-8");
      write(response, isTranslated ? translated(diagnosis, texts) : HtmlReport.of(diagnosis));
    }
  }

  private static String translated(Diagnosis diagnosis, Texts texts) {
    return HtmlReport.of(
        diagnosis,
        (Word word) -> texts.get("doctor." + word.key()),
        texts.language(),
        texts.direction());
  }

  private static boolean wantsJson(HttpServletRequest request) {
    String accept = Objects.toString(request.getHeader("Accept"), "").toLowerCase(Locale.ROOT);
    return accept.contains("application/json") && !accept.contains("text/html");
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(UTF_8));
  }
}
