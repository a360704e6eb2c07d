package org.vestibule.container.probe.acr;

import jakarta.servlet.annotation.WebServlet;
import org.vestibule.api.RequiresAcr;
import org.vestibule.container.probe.FormServlet;

/** Takes forms from those who signed in with gold, wherever it is. */
@RequiresAcr("gold")
@WebServlet({"/vault", "/vault/*", "*.gold", "/public/vault/*", "/silver/*"})
public class VaultServlet extends FormServlet {

  private static final long serialVersionUID = 1L;
}
