package org.vestibule.container.probe.places;

import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.OnMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpoint;
import jakarta.websocket.server.ServerEndpointConfig;
import java.security.Principal;

/** A WebSocket that answers everything with who opened it, as the handshake had it. */
@ServerEndpoint(value = "/socket", configurator = Socket.Handshake.class)
public class Socket {

  /** Remembers the caller for as long as the connection lives. */
  public static class Handshake extends ServerEndpointConfig.Configurator {

    @Override
    public void modifyHandshake(
        ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
      Principal principal = request.getUserPrincipal();
      config
          .getUserProperties()
          .put(
              "caller",
              (principal == null ? "" : principal.getName())
                  + ", admin "
                  + request.isUserInRole("admin")
                  + ", pope "
                  + request.isUserInRole("pope"));
    }
  }

  /** Answers. */
  @OnMessage
  public String answer(String question, Session session) {
    return String.valueOf(session.getUserProperties().get("caller"));
  }
}
